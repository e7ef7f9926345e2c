/**
 * The language tool. While nobody has begun every language has a button of its own: who cannot read finds it at once. Where
 * the steps need the room, more than two stand behind one button.
 */
import { useState } from 'preact/hooks';
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';

export interface LanguagesProps {
  readonly t: KioskTranslate;
  readonly languages: readonly { readonly id: string; readonly name: string }[];
  readonly language: string;
  /** How many buttons there is room for. */
  readonly room: number;
  readonly onLanguage: (id: string) => void;
}

export function Languages(props: LanguagesProps) {
  const { t, languages, language } = props;
  const [isOpen, setOpen] = useState(false);
  if (languages.length <= props.room) return <Choices {...props} />;
  return (
    <>
      <button
        type="button"
        class="k-tool k-language"
        aria-expanded={isOpen}
        aria-label={t('language')}
        onClick={() => setOpen(!isOpen)}
      >
        <b aria-hidden="true">{language.toUpperCase()}</b>
        <span>{t('language')}</span>
      </button>
      {isOpen && (
        <div class="k-language-panel">
          <Choices
            {...props}
            onLanguage={(id) => {
              setOpen(false);
              props.onLanguage(id);
            }}
          />
        </div>
      )}
    </>
  );
}

function Choices({ t, languages, language, onLanguage }: LanguagesProps) {
  return (
    <fieldset class="k-languages" aria-label={t('language')}>
      {languages.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          class="k-tool k-language"
          lang={id}
          aria-pressed={id === language}
          onClick={() => onLanguage(id)}
        >
          <b aria-hidden="true">{id.toUpperCase()}</b>
          <span>{name}</span>
        </button>
      ))}
    </fieldset>
  );
}
