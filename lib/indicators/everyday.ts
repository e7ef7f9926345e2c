/**
 * The everyday rates (Biểu 06 definitions, domain §4.2; counting rules of host-pages §6.3). Decision 766 defines other
 * rates under the same names: see `decision-766.ts`; the two are never mixed.
 * Each rate sorts dossiers into yes, no and "chưa đủ căn cứ xác định"; what is undecided stays visible as bounds.
 */
import type { FlowCount, Measure } from '../domain/flows.ts';
import { type Procedure, type ProcedureFinder, procedureFinder } from '../domain/procedure.ts';
import { type Indicator, type IndicatorContext, indicatorOf, type Tally } from './result.ts';

/** Version of these definitions, stored with every figure. */
export const EVERYDAY_VERSION = 'everyday-1';

/** Where a dossier under this measure falls for one rate; null = not part of the rate. */
type Sorter = (measure: Measure, procedure: Procedure | null) => keyof Tally | null;

/** Hồ sơ nộp trực tuyến = online ÷ received in the period by any channel; carried-over dossiers are not in it. */
const onlineFiling: Sorter = (measure) => {
  if (measure === 'received:online') return 'yes';
  if (measure === 'received:counter' || measure === 'received:post') return 'no';
  return measure === 'received:unknown' ? 'undecided' : null;
};

/** Hồ sơ trực tuyến toàn trình = online ÷ received, over full-process procedures of the catalogue only. */
const fullProcess: Sorter = (measure, procedure) => {
  const filed = onlineFiling(measure, procedure);
  if (filed === null || procedure === null) return filed === null ? null : 'undecided';
  return procedure.online === 'full' ? filed : null;
};

/**
 * Thanh toán trực tuyến = paid online ÷ dossiers with a fee. A bank transfer is not online; paid by means not shown, or a
 * fee not shown where the catalogue has one (or does not know the procedure), is undecided.
 */
const onlinePayment: Sorter = (measure, procedure) => {
  switch (measure) {
    case 'payment:online':
      return 'yes';
    case 'payment:notOnline':
      return 'no';
    case 'payment:unknownMeans':
      return 'undecided';
    case 'payment:unknown':
      return procedure !== null && !procedure.hasFee ? null : 'undecided';
    default:
      return null;
  }
};

/** Giải quyết đúng hạn = finished before or on the due day ÷ finished in the period. */
const onTime: Sorter = (measure) => {
  switch (measure) {
    case 'finished:early':
    case 'finished:onTime':
    case 'finished:inTime':
      return 'yes';
    case 'finished:late':
      return 'no';
    case 'finished:undecided':
      return 'undecided';
    default:
      return null;
  }
};

/** Số hoá thành phần hồ sơ = dossiers with at least one digitised component ÷ received. */
const digitisedComponents: Sorter = (measure) => {
  if (measure === 'digitised:yes') return 'yes';
  if (measure === 'digitised:no') return 'no';
  return measure === 'digitised:unknown' ? 'undecided' : null;
};

/** Số hoá kết quả = finished with a result file, or of a procedure that returns none ÷ finished. */
const digitalResults: Sorter = (measure, procedure) => {
  if (measure === 'result:yes') return 'yes';
  if (measure !== 'result:no' && measure !== 'result:unknown') return null;
  if (procedure !== null && !procedure.returnsResult) return 'yes';
  return measure === 'result:no' && procedure !== null ? 'no' : 'undecided';
};

/** The everyday rates in the order they are shown. */
export const EVERYDAY: readonly (readonly [string, Sorter])[] = [
  ['onlineFiling', onlineFiling],
  ['fullProcess', fullProcess],
  ['onlinePayment', onlinePayment],
  ['onTime', onTime],
  ['digitisedComponents', digitisedComponents],
  ['digitalResults', digitalResults],
];

/** The everyday rates over flows already limited to the units and days asked for. */
export function everydayIndicators(
  flows: readonly FlowCount[],
  catalogue: readonly Procedure[],
  context: IndicatorContext,
): Indicator[] {
  const find = procedureFinder(catalogue);
  return EVERYDAY.map(([id, sort]) => indicatorOf(id, EVERYDAY_VERSION, tally(flows, find, sort), context));
}

function tally(flows: readonly FlowCount[], find: ProcedureFinder, sort: Sorter): Tally {
  const sums = { yes: 0, no: 0, undecided: 0 };
  for (const flow of flows) {
    const place = sort(flow.measure, flow.procedure === '' ? null : find(flow.procedure, flow.day));
    if (place !== null) sums[place] += flow.n;
  }
  return sums;
}
