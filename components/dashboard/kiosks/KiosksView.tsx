/** The feedback devices of a unit: their state, counters and placement, questionnaires, recorded voices, thresholds. */
import { useState } from 'preact/hooks';
import { Banner } from '../../shared/Banner.tsx';
import { useWords } from '../words.ts';
import { Clips } from './Clips.tsx';
import { Counters } from './Counters.tsx';
import { Kiosks } from './Kiosks.tsx';
import type { KiosksViewProps } from './model.ts';
import { Questionnaires } from './Questionnaires.tsx';
import { Rules } from './Rules.tsx';
import './kiosks.css';

const PARTS = ['devices', 'counters', 'questionnaires', 'clips', 'rules'] as const;
type Part = (typeof PARTS)[number];

export function KiosksView(props: KiosksViewProps) {
  const { t } = useWords();
  const [part, setPart] = useState<Part>('devices');
  const isHub = props.source === 'hub';
  return (
    <div class="d-stack">
      <header class="d-view-head">
        <div>
          <h2>{t('kiosks.title')}</h2>
          <p class="d-quiet">{t('kiosks.lead')}</p>
        </div>
      </header>
      {!isHub && (
        <Banner kind="info" name="no-hub" title={t('kiosks.noHub')}>
          {t('kiosks.noHubDo')}
        </Banner>
      )}
      {isHub && (
        <fieldset class="d-segments q-parts">
          <legend class="n-hidden">{t('kiosks.part')}</legend>
          {PARTS.map((one) => (
            <label key={one} class={`d-segment ${part === one ? 'is-on' : ''}`}>
              <input
                type="radio"
                class="n-hidden"
                name="kiosk-part"
                value={one}
                checked={part === one}
                onChange={() => {
                  props.onForget();
                  setPart(one);
                }}
              />
              {t(`kiosks.part.${one}`)}
            </label>
          ))}
        </fieldset>
      )}
      {isHub && !props.rights.canChangeKiosks && <p class="d-note">{t('kiosks.readOnly')}</p>}
      {part === 'devices' && <Kiosks {...props} />}
      {part === 'counters' && <Counters {...props} />}
      {part === 'questionnaires' && <Questionnaires {...props} />}
      {part === 'clips' && <Clips {...props} />}
      {part === 'rules' && <Rules {...props} />}
    </div>
  );
}
