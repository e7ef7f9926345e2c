/** Questions, reasons and the message, one step at a time. Nothing is chosen beforehand. */

import { PHONE_COMMENT } from '../../lib/domain/public-form.ts';
import type { Question } from '../../lib/domain/questionnaire.ts';
import { wordsIn } from '../../lib/domain/questionnaire.ts';
import type { FormKey, FormTranslate } from '../../lib/i18n/form/index.ts';
import { Face } from '../kiosk/Face.tsx';
import { ReasonPicture } from '../kiosk/ReasonPicture.tsx';
import { Step } from './Frame.tsx';

type FaceLevel = 1 | 2 | 3 | 4 | 5;
/** Which of the five faces a level of a shorter scale has. */
const FACES: Readonly<Record<3 | 4 | 5, readonly FaceLevel[]>> = {
  3: [1, 3, 5],
  4: [1, 2, 4, 5],
  5: [1, 2, 3, 4, 5],
};

export function QuestionStep(props: {
  readonly t: FormTranslate;
  readonly question: Question;
  readonly language: string;
  readonly number: number;
  readonly of: number;
  readonly onAnswer: (level: number) => void;
  readonly onBack: (() => void) | null;
}) {
  const { t, question, language, number, of } = props;
  const { scale } = question;
  return (
    <Step
      title={wordsIn(question.title, language)}
      lead={wordsIn(question.text, language)}
      name={question.id}
    >
      <p class="f-progress">{t('step', { n: number, of })}</p>
      {scale === 10 ? <Numbers {...props} /> : <Faces {...props} faces={FACES[scale]} />}
      <Back {...props} />
    </Step>
  );
}

interface ChoiceProps {
  readonly t: FormTranslate;
  readonly question: Question;
  readonly language: string;
  readonly onAnswer: (level: number) => void;
}

function Faces({ t, question, language, onAnswer, faces }: ChoiceProps & { faces: readonly FaceLevel[] }) {
  const title = wordsIn(question.title, language);
  return (
    <fieldset class="f-faces" aria-label={t('answers')}>
      {faces
        .map((face, index) => {
          const own = question.levels?.[index];
          const text = own === undefined ? t(`level${face}` as FormKey) : wordsIn(own, language);
          return (
            <button
              key={face}
              type="button"
              class="f-choice"
              data-level={index + 1}
              aria-label={`${title}: ${text}`}
              onClick={() => onAnswer(index + 1)}
            >
              <Face level={face} />
              <span>{text}</span>
            </button>
          );
        })
        .reverse()}
    </fieldset>
  );
}

function Numbers({ t, question, language, onAnswer }: ChoiceProps) {
  const title = wordsIn(question.title, language);
  return (
    <>
      <fieldset class="f-numbers" aria-label={t('answers')}>
        {Array.from({ length: 10 }, (_, index) => (
          <button
            key={index}
            type="button"
            class="f-choice"
            data-level={index + 1}
            aria-label={`${title}: ${t('number', { n: index + 1 })}`}
            onClick={() => onAnswer(index + 1)}
          >
            {index + 1}
          </button>
        ))}
      </fieldset>
      <p class="f-ends">
        <span>{t('lowest')}</span>
        <span>{t('highest')}</span>
      </p>
    </>
  );
}

export function ReasonsStep(props: {
  readonly t: FormTranslate;
  readonly reasons: readonly {
    readonly id: string;
    readonly picture: Parameters<typeof ReasonPicture>[0]['name'];
    readonly text: string;
  }[];
  readonly chosen: readonly string[];
  readonly max: number;
  readonly onChoose: (id: string) => void;
  readonly onDone: (isSkipped: boolean) => void;
  readonly onBack: () => void;
}) {
  const { t, chosen, max } = props;
  const isFull = chosen.length >= max;
  return (
    <Step title={t('reasonsTitle')} name="reasons">
      <p class="f-lead" aria-live="polite">
        {t(isFull ? 'reasonsFull' : 'reasonsText', { max })}
      </p>
      <fieldset class="f-reasons" aria-label={t('reasonsTitle')}>
        {props.reasons.map(({ id, picture, text }) => {
          const isChosen = chosen.includes(id);
          return (
            <button
              key={id}
              type="button"
              class="f-choice"
              data-reason={id}
              aria-pressed={isChosen}
              aria-disabled={isFull && !isChosen}
              onClick={() => props.onChoose(id)}
            >
              <ReasonPicture name={picture} />
              <span>{text}</span>
            </button>
          );
        })}
      </fieldset>
      <button
        type="button"
        class={chosen.length > 0 ? 'f-button f-primary' : 'f-button'}
        data-act="done"
        onClick={() => props.onDone(chosen.length === 0)}
      >
        {t(chosen.length > 0 ? 'go' : 'skip')}
      </button>
      <Back {...props} />
    </Step>
  );
}

export function CommentStep(props: {
  readonly t: FormTranslate;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onSend: (isSkipped: boolean) => void;
  readonly onBack: () => void;
}) {
  const { t, text } = props;
  const left = PHONE_COMMENT - text.length;
  const isEmpty = text.trim() === '';
  return (
    <Step title={t('commentTitle')} name="comment">
      <p class="f-lead" id="f-comment-hint">
        {t('commentText')}
      </p>
      <textarea
        class="f-input"
        name="comment"
        rows={4}
        maxLength={PHONE_COMMENT}
        value={text}
        aria-label={t('commentLabel')}
        aria-describedby="f-comment-hint"
        autocomplete="off"
        onInput={(event) => props.onText(event.currentTarget.value)}
      />
      <p class="f-count" aria-live="polite">
        {left <= 100 ? t('left', { n: left }) : ''}
      </p>
      <button
        type="button"
        class={isEmpty ? 'f-button' : 'f-button f-primary'}
        data-act="send"
        onClick={() => props.onSend(isEmpty)}
      >
        {t(isEmpty ? 'skip' : 'send')}
      </button>
      <Back {...props} />
    </Step>
  );
}

function Back({ t, onBack }: { readonly t: FormTranslate; readonly onBack: (() => void) | null }) {
  if (onBack === null) return null;
  return (
    <button type="button" class="f-button f-quiet" data-act="back" onClick={onBack}>
      ← {t('back')}
    </button>
  );
}
