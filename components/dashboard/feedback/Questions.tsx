/** Each question: low answers first, then the highest levels, the levels as a bar and as counts, and the grounds. */
import { showDay } from '../../../lib/domain/dates.ts';
import { groupBy } from '../../../lib/domain/group.ts';
import { type Questionnaire, wordsIn } from '../../../lib/domain/questionnaire.ts';
import type { FeedbackCell } from '../../../lib/indicators/feedback.ts';
import { Figure } from '../Figure.tsx';
import { useWords } from '../words.ts';
import { levelName, questionnaireName, questionTitle, usePlaces } from './places.ts';
import { placeId, type QuestionSum, questionSums } from './sums.ts';

export function Questions(props: {
  readonly cells: readonly FeedbackCell[];
  readonly questionnaires: readonly Questionnaire[];
  /** Below so many answers the counts lead and the shares follow. */
  readonly small: number;
}) {
  const words = useWords();
  const { t } = words;
  const sums = questionSums(props.cells, props.questionnaires);
  return (
    <section class="d-stack" aria-labelledby="f-questions">
      <div class="f-head">
        <h3 id="f-questions">{t('feedback.questions')}</h3>
        <p class="d-note">{t('feedback.ceiling')}</p>
      </div>
      {[...groupBy(sums, (sum) => sum.questionnaire)].map(([ref, some]) => (
        <div key={ref} class="d-stack">
          <h4 class="f-form">{questionnaireName(words, props.questionnaires, ref)}</h4>
          <div class="f-questions">
            {some.map((sum) => (
              <QuestionCard key={sum.question} sum={sum} cells={props.cells} small={props.small} />
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

function QuestionCard(props: {
  readonly sum: QuestionSum;
  readonly cells: readonly FeedbackCell[];
  readonly small: number;
}) {
  const words = useWords();
  const { t } = words;
  const { sum } = props;
  const name = `feedback.${sum.questionnaire}.${sum.question}`;
  const isSmall = sum.all < props.small;
  const title = questionTitle(words, sum.asked, sum.question);
  return (
    <article class="d-card f-question" data-question={`${sum.questionnaire}.${sum.question}`}>
      <h5>{title}</h5>
      {sum.asked && <p class="d-quiet">{wordsIn(sum.asked.text, words.language)}</p>}
      <Share
        name={`${name}.low`}
        label={t('feedback.lowShare')}
        n={sum.low}
        all={sum.all}
        isSmall={isSmall}
      />
      <Share
        name={`${name}.top`}
        label={t(sum.topLevel === sum.scale ? 'feedback.topOne' : 'feedback.topShare')}
        n={sum.top}
        all={sum.all}
        isSmall={isSmall}
        isQuiet
      />
      <LevelBar sum={sum} />
      <Levels sum={sum} name={name} />
      <details class="d-grounds">
        <summary>{t('feedback.grounds')}</summary>
        <Definition sum={sum} />
        <Places sum={sum} cells={props.cells} />
      </details>
    </article>
  );
}

/** A share with its counts: the counts lead where there are few. */
function Share(props: {
  readonly name: string;
  readonly label: string;
  readonly n: number;
  readonly all: number;
  readonly isSmall: boolean;
  readonly isQuiet?: boolean;
}) {
  const { t, number, percent } = useWords();
  const counts = t('feedback.ofAll', { n: number(props.n), all: number(props.all) });
  const share = percent(props.n / Math.max(1, props.all));
  return (
    <p class={`f-share ${props.isQuiet ? 'is-quiet' : ''}`}>
      <span class="f-share-label">{props.label}</span>{' '}
      <strong data-figure={props.name} data-value={String(props.n)}>
        {props.isSmall ? counts : share}
      </strong>{' '}
      <span class="d-quiet">{props.isSmall ? share : counts}</span>
    </p>
  );
}

/** The levels side by side, worst first; the table below says the same in numbers. */
function LevelBar({ sum }: { readonly sum: QuestionSum }) {
  const words = useWords();
  const { t, number } = words;
  const label = sum.levels
    .map((n, at) =>
      t('feedback.levelBar', { name: levelName(words, sum.asked, sum.scale, at + 1), count: number(n) }),
    )
    .join('; ');
  return (
    <div class="d-bar f-bar" role="img" aria-label={label}>
      {sum.levels.map((n, at) =>
        n === 0 ? null : <span key={at} class={toneOf(sum, at + 1)} style={{ flexGrow: n }} />,
      )}
    </div>
  );
}

function toneOf(sum: QuestionSum, level: number): string {
  if (level <= sum.lowLevel) return level === 1 ? 'f-worst' : 'f-low';
  if (level >= sum.topLevel) return level === sum.scale ? 'f-best' : 'f-top';
  return 'f-middle';
}

function Levels({ sum, name }: { readonly sum: QuestionSum; readonly name: string }) {
  const words = useWords();
  return (
    <table class="d-levels f-levels">
      <caption class="n-hidden">{words.t('feedback.levelCounts')}</caption>
      <tbody>
        {sum.levels.map((n, at) => (
          <tr key={at}>
            <th scope="row" class="d-level-name">
              <span class={`f-key ${toneOf(sum, at + 1)}`} aria-hidden="true" />
              {levelName(words, sum.asked, sum.scale, at + 1)}
            </th>
            <td class="is-number">
              <Figure name={`${name}.${at + 1}`} value={n} />
            </td>
            <td class="is-number d-quiet">{words.percent(n / Math.max(1, sum.all))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Definition({ sum }: { readonly sum: QuestionSum }) {
  const { t, number } = useWords();
  const { lowLevel, topLevel, scale } = sum;
  const isOne = topLevel === scale;
  return (
    <ul class="f-why">
      <li>{t('feedback.def.low', { level: lowLevel, scale })}</li>
      <li>
        {isOne
          ? t('feedback.def.topOne', { to: scale, scale })
          : t('feedback.def.top', { from: topLevel, to: scale, scale })}
      </li>
      <li>
        {t('feedback.def.n', {
          all: number(sum.all),
          groups: number(sum.groups),
          from: showDay(sum.firstDay),
          to: showDay(sum.lastDay),
        })}
      </li>
    </ul>
  );
}

/** The same question per counter and source: each line is itself at least one closed group. */
function Places({ sum, cells }: { readonly sum: QuestionSum; readonly cells: readonly FeedbackCell[] }) {
  const { t, number } = useWords();
  const nameOf = usePlaces();
  const of = cells.filter(
    (cell) => cell.questionnaire === sum.questionnaire && cell.levels[sum.question] !== undefined,
  );
  const count = (cell: FeedbackCell, from: number, to: number) =>
    cell.levels[sum.question]!.slice(from - 1, to).reduce((all, n) => all + n, 0);
  return (
    <table class="d-mini">
      <caption class="n-hidden">{t('feedback.def.byCounter')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('feedback.counter')}</th>
          <th scope="col" class="is-number">
            {t('feedback.lowShare')}
          </th>
          <th scope="col" class="is-number">
            {t('feedback.size')}
          </th>
        </tr>
      </thead>
      <tbody>
        {of.map((cell) => (
          <tr key={`${placeId(cell)}|${cell.source}`}>
            <th scope="row">
              {nameOf(cell)}
              <span class="d-sub">{t(`feedback.source.${cell.source}`)}</span>
            </th>
            <td class="is-number">{number(count(cell, 1, sum.lowLevel))}</td>
            <td class="is-number">{number(count(cell, 1, sum.scale))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
