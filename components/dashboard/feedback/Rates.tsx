/** Ratings per confirmed return, counter by counter, with the days it is made of. Unknown returns are never 0. */
import type { CounterRate, FeedbackPlace, RateSpan } from '../../../lib/indicators/feedback.ts';
import { type Column, Table } from '../../shared/Table.tsx';
import { Figure } from '../Figure.tsx';
import { useWords } from '../words.ts';
import { usePlaces } from './places.ts';
import { placeId } from './sums.ts';

export function Rates(props: {
  readonly rates: readonly CounterRate[];
  readonly spans: readonly RateSpan[];
}) {
  const { t } = useWords();
  const { rates, spans } = props;
  const isUnknown = rates.some(({ denominator }) => denominator === null);
  const isOver = rates.some(({ numerator, denominator }) => denominator !== null && numerator > denominator);
  return (
    <section class="d-stack">
      <div class="f-head">
        <h3 id="f-rates">{t('feedback.rates')}</h3>
        <p class="d-note">{t('feedback.ratesWhat')}</p>
      </div>
      {rates.length === 0 ? (
        <p class="d-few">{t('feedback.ratesNone')}</p>
      ) : (
        <>
          <RateTable rates={rates} spans={spans} />
          <p class="d-note">
            {t('feedback.rateRule')} {isOver && t('feedback.rateOver')}{' '}
            {isUnknown && t('feedback.rateUnknownDo')}
          </p>
        </>
      )}
    </section>
  );
}

function RateTable({
  rates,
  spans,
}: {
  readonly rates: readonly CounterRate[];
  readonly spans: readonly RateSpan[];
}) {
  const { t, number } = useWords();
  const nameOf = usePlaces();
  const columns: Column<CounterRate>[] = [
    {
      id: 'counter',
      head: t('feedback.counter'),
      isRowHead: true,
      cell: (one) => (
        <>
          {nameOf(one)}
          <span class="d-sub">{one.unitName}</span>
        </>
      ),
    },
    {
      id: 'rate',
      head: t('feedback.rate'),
      cell: (one) => (
        <>
          <Rate name={`feedback.rate.${placeId(one)}`} n={one.numerator} of={one.denominator} />
          <Days rate={one} spans={spans.filter((span) => placeId(span) === placeId(one))} />
        </>
      ),
    },
    {
      id: 'ratings',
      head: t('feedback.ratings'),
      isNumber: true,
      cell: (one) => (
        <>
          {number(one.ratings)}
          {one.phone > 0 && (
            <span class="d-sub">
              {t('feedback.ofPhone')}: {number(one.phone)}
            </span>
          )}
        </>
      ),
    },
    { id: 'flagged', head: t('feedback.ofFlagged'), isNumber: true, cell: (one) => number(one.flagged) },
    { id: 'abandoned', head: t('feedback.abandoned'), isNumber: true, cell: (one) => number(one.abandoned) },
  ];
  return <Table caption={t('feedback.rates')} hideCaption columns={columns} rows={rates} rowKey={placeId} />;
}

/** `12/40 · 30,0 %`, or that it is not known. */
function Rate(props: { readonly name: string; readonly n: number; readonly of: number | null }) {
  const { t, percent } = useWords();
  if (props.of === null) {
    return (
      <span data-figure={props.name} data-value="" class="d-quiet">
        {t('feedback.rateUnknown')}
      </span>
    );
  }
  return (
    <span class="d-figure">
      <strong>
        <Figure name={`${props.name}.numerator`} value={props.n} />/
        <Figure name={`${props.name}.denominator`} value={props.of} />
      </strong>
      {props.of > 0 && (
        <span class="d-quiet" data-figure={props.name} data-value={String(props.n / props.of)}>
          {' · '}
          {percent(props.n / props.of)}
        </span>
      )}
    </span>
  );
}

/** The spans of days under one counter's rate. */
function Days({ rate, spans }: { readonly rate: FeedbackPlace; readonly spans: readonly RateSpan[] }) {
  const { t, number, span } = useWords();
  const nameOf = usePlaces();
  if (spans.length === 0) return null;
  return (
    <details class="f-days">
      <summary aria-label={t('feedback.rateGroundsOf', { name: nameOf(rate) })}>
        {t('feedback.rateGrounds')}
      </summary>
      <table class="d-mini">
        <thead>
          <tr>
            <th scope="col">{t('feedback.days')}</th>
            <th scope="col" class="is-number">
              {t('feedback.ratings')}
            </th>
            <th scope="col" class="is-number">
              {t('feedback.returns')}
            </th>
          </tr>
        </thead>
        <tbody>
          {spans.map((one) => (
            <tr key={one.firstDay}>
              <th scope="row">{span({ from: one.firstDay, to: one.lastDay })}</th>
              <td class="is-number">{number(one.ratings)}</td>
              <td class="is-number">
                {one.returns === null ? (
                  <span title={t('feedback.rateUnknown')}>{t('app.unknown')}</span>
                ) : (
                  number(one.returns)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
