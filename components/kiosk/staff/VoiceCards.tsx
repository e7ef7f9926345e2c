/** Beside the recorder: what is silent, and which language is recorded. */
import { useState } from 'preact/hooks';
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { Banner } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { TextField } from '../../shared/Field.tsx';
import './recorder.css';

export interface VoiceNoticesProps {
  readonly t: StaffTranslate;
  /** Sentences with a clip that cannot be heard here. */
  readonly notices: readonly {
    readonly language: string;
    readonly text: string;
    readonly why: 'missing' | 'damaged' | 'unplayable' | 'noSpace';
  }[];
}

/** How many of the silent sentences are named. */
const NAMED = 4;

export function VoiceNotices({ t, notices }: VoiceNoticesProps) {
  if (notices.length === 0) return null;
  return (
    <Banner kind="warn" title={t('voiceNotices', { n: notices.length })} name="voice-notices">
      <ul>
        {notices.slice(0, NAMED).map(({ language, text, why }) => (
          <li key={`${language} ${text}`}>
            {language}, “{text}”: {t(`voiceWhy_${why}`)}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

export interface VoiceLanguagesProps {
  readonly t: StaffTranslate;
  readonly languages: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: string;
  /** Sentences that can be heard in the chosen language. */
  readonly done: number;
  readonly of: number;
  /** False: not a language code. */
  readonly onChoose: (id: string) => boolean;
}

export function VoiceLanguages({ t, languages, chosen, done, of, onChoose }: VoiceLanguagesProps) {
  const [code, setCode] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <section class="s-card" data-card="voice-language">
      <h2>{t('voiceTitle')}</h2>
      <p>{t('voiceText')}</p>
      <p>{t('voiceConsent')}</p>
      <h3>{t('voiceLanguage')}</h3>
      <div class="s-choices">
        {languages.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            data-language={id}
            aria-pressed={id === chosen}
            onClick={() => onChoose(id)}
          >
            {name}
          </button>
        ))}
      </div>
      <details class="s-other">
        <summary>{t('voiceOtherLanguage')}</summary>
        <form
          class="s-inline"
          onSubmit={(event) => {
            event.preventDefault();
            const isTaken = onChoose(code.trim().toLowerCase());
            setWrong(!isTaken);
            if (isTaken) setCode('');
          }}
        >
          <TextField
            label={t('voiceOtherLanguage')}
            hint={t('voiceOtherHint')}
            error={isWrong ? t('voiceOtherWrong') : undefined}
            name="voice-code"
            value={code}
            maxLength={3}
            code
            onInput={setCode}
          />
          <Button type="submit" disabled={code.trim() === ''}>
            {t('voiceOtherAdd')}
          </Button>
        </form>
      </details>
      <label class="s-progress">
        <b>{t('voiceProgress', { n: done, of })}</b>
        <progress value={done} max={of} />
      </label>
    </section>
  );
}
