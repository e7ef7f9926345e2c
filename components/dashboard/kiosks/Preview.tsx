/** A questionnaire screen by screen as text: what a citizen is asked, in which order, and when. */
import {
  type Condition,
  LOW,
  type Question,
  type Questionnaire,
  wordsIn,
} from '../../../lib/domain/questionnaire.ts';
import { levelName, questionTitle } from '../feedback/places.ts';
import { useWords } from '../words.ts';

export function Preview({ questionnaire }: { readonly questionnaire: Questionnaire }) {
  const { t, language } = useWords();
  const { questions, reasons, maxReasons, comment } = questionnaire;
  const hasReasons = maxReasons > 0 && reasons.length > 0;
  return (
    <div class="q-preview" data-part="preview">
      <p class="d-note">{t('kiosks.qLanguages', { list: languagesOf(questionnaire).join(', ') })}</p>
      <ol>
        {questions.map((question, at) => (
          <li key={question.id} data-screen={question.id}>
            <Screen question={question} questionnaire={questionnaire} n={at + 1} />
          </li>
        ))}
        {hasReasons && (
          <li data-screen="reasons">
            <h3 class="q-screen">{t('kiosks.qScreenReasons')}</h3>
            <p class="d-note">{t('kiosks.qReasonsMax', { max: maxReasons })}</p>
            <ul>
              {reasons.map(({ id, text }) => (
                <li key={id}>{wordsIn(text, language)}</li>
              ))}
            </ul>
          </li>
        )}
        <li data-screen="comment">
          <h3 class="q-screen">{t('kiosks.qScreenComment')}</h3>
          <p class="d-note">{t(`kiosks.qComment.${comment}`)}</p>
        </li>
      </ol>
    </div>
  );
}

function Screen(props: {
  readonly question: Question;
  readonly questionnaire: Questionnaire;
  readonly n: number;
}) {
  const words = useWords();
  const { t, language } = words;
  const { question } = props;
  const low = question.low ?? LOW[question.scale];
  return (
    <>
      <h3 class="q-screen">
        {t('kiosks.qScreen', { n: props.n })}: {wordsIn(question.title, language)}
      </h3>
      <p>{wordsIn(question.text, language)}</p>
      <p class="q-levels">
        {Array.from({ length: question.scale }, (_, at) => (
          <span key={at} class="d-chip q-level">
            {levelName(words, question, question.scale, at + 1)}
          </span>
        ))}
      </p>
      {question.when && <p class="d-note">{whenText(words, question.when, props.questionnaire)}</p>}
      <p class="d-note">{low === 0 ? t('kiosks.qLowNever') : t('kiosks.qLow', { level: low })}</p>
    </>
  );
}

function whenText(
  words: ReturnType<typeof useWords>,
  { question, atLeast, atMost }: Condition,
  { questions }: Questionnaire,
): string {
  const asked = questions.find(({ id }) => id === question) ?? null;
  return words.t('kiosks.qWhenBetween', {
    question: questionTitle(words, asked, question),
    from: atLeast ?? 1,
    to: atMost ?? asked?.scale ?? 10,
  });
}

/** Languages in which every text is there. */
function languagesOf({ name, questions, reasons }: Questionnaire): string[] {
  const texts = [
    name,
    ...questions.flatMap(({ title, text, levels }) => [title, text, ...(levels ?? [])]),
    ...reasons.map(({ text }) => text),
  ];
  return Object.keys(name).filter((language) => texts.every((one) => one[language] !== undefined));
}
