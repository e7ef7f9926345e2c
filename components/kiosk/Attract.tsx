/** What stands there while nobody is there: one thing to tap, and how to do it from home next time. */
import { useRef } from 'preact/hooks';
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { useDrawn } from './drawn.ts';
import { Face, LEVELS } from './Face.tsx';
import { Icon } from './icons.tsx';
import { Loudspeaker } from './Loudspeaker.tsx';

export interface AttractProps {
  readonly t: KioskTranslate;
  /** The loudspeaker; `onListen` is null where this screen cannot be heard. */
  readonly voice: { readonly isSpeaking: boolean; readonly onListen: (() => void) | null };
  /** How many taps a visit takes. */
  readonly taps: number;
  readonly onStart: () => void;
  readonly onGuide: (topic: 'filing' | 'payment') => void;
}

export function Attract({ t, voice, taps, onStart, onGuide }: AttractProps) {
  const isDrawn = useDrawn();
  // Nothing stood before the first screen of a page: it is not held back and does not fade in.
  const isFirst = useRef(!isDrawn).current;
  return (
    <div class={isFirst ? 'k-attract' : 'k-attract k-guard'} data-drawn={isDrawn}>
      <h1 class="k-unseen">{t('attractTitle')}</h1>
      <button type="button" class="k-hero" onClick={onStart}>
        <span class="k-hero-title">{t('attractTitle')}</span>
        <span class="k-hero-faces">
          {LEVELS.map((level) =>
            isDrawn ? <Face key={level} level={level} /> : <span key={level} class="k-face" />,
          )}
        </span>
        <span class="k-hero-call">
          <Icon name="tap" />
          {t('attractStart')}
        </span>
        <span class="k-hero-text">
          <Icon name="lock" />
          {t('attractText', { n: taps })}
        </span>
      </button>
      {voice.onListen && <Loudspeaker t={t} isBig isSpeaking={voice.isSpeaking} onListen={voice.onListen} />}
      <section class="k-cards" aria-label={t('guideLead')}>
        {isDrawn && <Cards t={t} onGuide={onGuide} />}
      </section>
    </div>
  );
}

function Cards({ t, onGuide }: Pick<AttractProps, 't' | 'onGuide'>) {
  return (
    <>
      <h2>{t('guideLead')}</h2>
      <button type="button" class="k-card" onClick={() => onGuide('filing')}>
        <Icon name="file" />
        <span>
          <b>{t('guideFiling')}</b>
          <span>{t('guideFilingShort')}</span>
        </span>
      </button>
      <button type="button" class="k-card" onClick={() => onGuide('payment')}>
        <Icon name="pay" />
        <span>
          <b>{t('guidePayment')}</b>
          <span>{t('guidePaymentShort')}</span>
        </span>
      </button>
    </>
  );
}
