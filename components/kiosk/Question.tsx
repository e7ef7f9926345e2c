/** One question, five faces, one tap. Nothing is chosen beforehand and an earlier answer is never shown again. */
import type { KioskKey, KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { Face, LEVELS } from './Face.tsx';
import { Heading } from './Heading.tsx';

export interface QuestionProps {
  readonly t: KioskTranslate;
  readonly title: string;
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
  readonly of: number;
  readonly onAnswer: (level: number) => void;
}

export function Question({ t, title, text, number, of, onAnswer }: QuestionProps) {
  return (
    <div class="k-question k-guard">
      <Progress t={t} number={number} of={of} />
      <Heading>{title}</Heading>
      <p class="k-lead">{text}</p>
      <fieldset class="k-faces" aria-label={t('answers')}>
        {LEVELS.map((level) => (
          <button
            key={level}
            type="button"
            class={`k-answer k-answer-${level}`}
            data-choice
            aria-keyshortcuts={String(level)}
            onClick={() => onAnswer(level)}
          >
            <Face level={level} />
            <span>{t(`level${level}` as KioskKey)}</span>
          </button>
        ))}
      </fieldset>
    </div>
  );
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
