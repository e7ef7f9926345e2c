/** One question, one tap. Nothing is chosen beforehand and an earlier answer is never shown again. */
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { Face } from './Face.tsx';
import { Heading } from './Heading.tsx';
import type { ShownLevel } from './levels.ts';

export interface QuestionProps {
  readonly t: KioskTranslate;
  readonly title: string;
  readonly text: string;
  readonly levels: readonly ShownLevel[];
  /** Counted from 1. */
  readonly number: number;
  readonly of: number;
  readonly onAnswer: (level: number) => void;
}

export function Question({ t, title, text, levels, number, of, onAnswer }: QuestionProps) {
  const isNumbers = levels.some(({ face }) => face === null);
  return (
    <div class="k-question k-guard">
      <Progress t={t} number={number} of={of} />
      <Heading>{title}</Heading>
      <p class="k-lead">{text}</p>
      <div class="k-scale k-choices">
        <fieldset
          class={isNumbers ? 'k-numbers' : 'k-faces'}
          data-scale={levels.length}
          aria-label={t('answers')}
        >
          {levels.map((one) => (
            <button
              key={one.level}
              type="button"
              class={`k-answer k-answer-${one.face ?? 'number'}`}
              data-choice
              data-level={one.level}
              aria-label={nameOf(t, title, one, levels.length)}
              aria-keyshortcuts={one.level < 10 ? String(one.level) : '0'}
              onClick={() => onAnswer(one.level)}
            >
              {one.face === null ? <b>{one.level}</b> : <Face level={one.face} />}
              {one.words !== null && one.face !== null && <span>{one.words}</span>}
            </button>
          ))}
        </fieldset>
        {isNumbers && (
          <p class="k-ends" aria-hidden="true">
            <span>
              {levels[0]?.level} · {levels[0]?.words}
            </span>
            <span>
              {levels.length} · {levels.at(-1)?.words}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}

/** What a screen reader says: the question and the level, with the words that stand there. */
function nameOf(t: KioskTranslate, title: string, { level, words, face }: ShownLevel, of: number): string {
  const number = face === null ? t('levelOf', { n: level, of }) : '';
  return `${title}: ${[number, words].filter(Boolean).join(', ')}`;
}

function Progress({ t, number, of }: { t: KioskTranslate; number: number; of: number }) {
  return (
    <p class="k-progress">
      {Array.from({ length: of }, (_, index) => (
        <i key={index} data-done={index < number ? '' : undefined} />
      ))}
      <span>{t('step', { n: number, of })}</span>
    </p>
  );
}
