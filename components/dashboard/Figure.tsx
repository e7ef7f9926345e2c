/**
 * Every number of the dashboard that a test or a script may read. The text is for people (`1.234`, `62,5 %`); the exact
 * value is in `data-value`, as JavaScript prints it, '' where there is none. Names, stable:
 *
 *   <rate>.value · .low · .high          ratio 0..1; `.value` is '' when bounds are shown, `.low`/`.high` exist only then
 *   <rate>.numerator · .denominator · .undecided
 *   <rate>.transport.complete · .transport.devices · .transport.missing · .coverage.seen · .coverage.official
 *       <rate> = onlineFiling, fullProcess, onlinePayment, onTime, digitisedComponents, digitalResults
 *   transport.devices · .complete · .missing · .silent      coverage.seen · .official ('' = unknown)
 *   received.online · .counter · .post · .unknown · .total
 *   stock.inTime · .overdue · .noDue · .unknownDue · .total
 *   documents.XLC.waiting · .overdue     documents.PH.waiting · .overdue
 *   visits.completed · .abandoned
 *   ratings.<question>.answers · ratings.<question>.<level>   levels only from five answers on
 *   feedback.released · .flagged · .waitingAtLeast (in fives) · .reason.<id> · .source.<source> · .flag.<flag>
 *   feedback.<id@version>.<question>.<level> · .low · .top (counts)
 *   feedback.rate.<unit>|<counter> (ratio, '' = returns unknown) · .numerator · .denominator
 *   day.<yyyy-MM-dd>.received · .online · .finished · .paidOnline   (bucket's first day; '' = nothing recorded)
 */
import { useWords } from './words.ts';

/** One number. `null` reads "Chưa có số liệu", or `dash` where a table has no room. */
export function Figure(props: {
  readonly name: string;
  readonly value: number | null;
  readonly as?: 'count' | 'percent';
  readonly dash?: boolean;
}) {
  const { t, number, percent } = useWords();
  const { value } = props;
  const unknown = props.dash ? <span title={t('app.unknown')}>–</span> : t('app.unknown');
  return (
    <span class="d-figure" data-figure={props.name} data-value={value === null ? '' : String(value)}>
      {value === null ? unknown : props.as === 'percent' ? percent(value) : number(value)}
    </span>
  );
}
