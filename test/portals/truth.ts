/**
 * One dossier's truth from what the portals rendered, by the official rules (host-pages §6.3, DESIGN §3 "dates are
 * bounded"). Written apart from lib/ on purpose: it is what lib/ is measured against.
 */
import { localDay } from './calendar.ts';
import type { PortalKind, Shown, StatusCode } from './types.ts';

/** One rendering of one dossier. */
export interface Rendering {
  readonly portal: PortalKind;
  readonly at: number;
  readonly shown: Shown;
}

export type Timeliness = 'early' | 'onTime' | 'inTime' | 'late' | 'undecided';

export interface Truth {
  readonly codes: readonly string[];
  readonly status: StatusCode | null;
  readonly procedure: string | null;
  readonly channel: 'counter' | 'online' | 'post' | null;
  /** The day counted as received; null when it never was. */
  readonly receivedDay: string | null;
  /** undefined: never on a screen; null: shown to be none. */
  readonly due: string | null | undefined;
  readonly fee: boolean | null;
  readonly payment: Shown['payment'] | null;
  readonly digitised: boolean | null;
  readonly resultFile: boolean | null;
  readonly agency: string | null;
  /** The day counted as finished, and how it stands to the due day. */
  readonly finished: { readonly day: string; readonly timeliness: Timeliness } | null;
}

const OPEN: readonly StatusCode[] = [2, 4, 5, 6];
const OVER: readonly StatusCode[] = [9, 10];

/** The day inside a dossier code, `…-yyMMdd-…`. */
export function codeDay(code: string): string | null {
  const found = /-(\d\d)(\d\d)(\d\d)-\d+$/.exec(code);
  return found ? `20${found[1]}-${found[2]}-${found[3]}` : null;
}

/** Renderings sorted into dossiers: the same code, or a code printed as the other's national code, is one dossier. */
export function sortDossiers(renderings: readonly Rendering[]): Rendering[][] {
  const groups: { codes: Set<string>; members: Rendering[] }[] = [];
  for (const one of renderings) {
    const codes = [one.shown.code, one.shown.nationCode].flatMap((code) => (code ? [plain(code)] : []));
    const met = groups.filter((group) => codes.some((code) => group.codes.has(code)));
    const home = met[0] ?? { codes: new Set<string>(), members: [] };
    if (met.length === 0) groups.push(home);
    for (const other of met.slice(1)) {
      home.members.push(...other.members);
      for (const code of other.codes) home.codes.add(code);
      groups.splice(groups.indexOf(other), 1);
    }
    home.members.push(one);
    for (const code of codes) home.codes.add(code);
  }
  return groups.map((group) => group.members);
}

function plain(code: string): string {
  return code.replace(/\s/g, '').toUpperCase();
}

/** A date before the code's own day cannot be true and is set aside (DESIGN §3: year 2001). */
function isPossible(date: string, day: string | null): boolean {
  return day === null || date.slice(0, 10) >= day;
}

/** The truth of one dossier; the later rendering wins, fact by fact. */
export function truthOf(members: readonly Rendering[]): Truth {
  const inOrder = [...members].sort((a, b) => a.at - b.at);
  const last = <T>(pick: (shown: Shown) => T | undefined): T | undefined =>
    inOrder.map((one) => pick(one.shown)).findLast((value) => value !== undefined);
  const codes = [...new Set(inOrder.flatMap((one) => [one.shown.code, one.shown.nationCode ?? []].flat()))];
  const day = codes.map(codeDay).find((found) => found !== null) ?? null;
  const dated = (pick: (shown: Shown) => string | null | undefined) =>
    last((shown) => {
      const value = pick(shown);
      return value && !isPossible(value, day) ? undefined : value;
    });
  const status = statusOf(inOrder);
  const received = dated((shown) => shown.received);
  const due = dated((shown) => shown.due);
  const printed = dated((shown) => shown.finished)?.slice(0, 10);
  return {
    codes,
    status,
    procedure: last((shown) => shown.procedure) ?? null,
    channel: last((shown) => shown.channel) ?? null,
    receivedDay: status === 1 || status === 3 ? null : (received?.slice(0, 10) ?? day),
    due: due === undefined || due === null ? due : due.slice(0, 10),
    fee: last((shown) => shown.fee) ?? null,
    payment: paymentOf(inOrder),
    digitised: last((shown) => shown.digitised) ?? null,
    resultFile: last((shown) => shown.resultFile) ?? null,
    agency: last((shown) => shown.agency) ?? null,
    finished: finishOf(inOrder, status, due?.slice(0, 10) ?? due, printed),
  };
}

/** The latest status; once shown as finished, a stale "unfinished" (another system, an old tab) changes nothing. */
function statusOf(inOrder: readonly Rendering[]): StatusCode | null {
  let status: StatusCode | null = null;
  for (const { shown } of inOrder) {
    if (shown.status === undefined) continue;
    if (status !== null && OVER.includes(status) && OPEN.includes(shown.status)) continue;
    status = shown.status;
  }
  return status;
}

/** The latest payment; "paid" without the means does not unsay a means shown before. */
function paymentOf(inOrder: readonly Rendering[]): Shown['payment'] | null {
  let payment: Shown['payment'] | null = null;
  for (const { shown } of inOrder) {
    if (shown.payment === undefined) continue;
    const isKnown = payment === 'online' || payment === 'transfer' || payment === 'cash';
    if (shown.payment !== 'unknownMeans' || !isKnown) payment = shown.payment;
  }
  return payment;
}

function finishOf(
  inOrder: readonly Rendering[],
  status: StatusCode | null,
  due: string | null | undefined,
  printed: string | undefined,
): Truth['finished'] {
  if (status === null || !OVER.includes(status)) return null;
  if (printed !== undefined) return { day: printed, timeliness: compare(due, printed, printed) };
  const firstOver = inOrder.find((one) => one.shown.status !== undefined && OVER.includes(one.shown.status))!;
  const lastOpen = inOrder.findLast(
    (one) =>
      one.portal === firstOver.portal &&
      one.at < firstOver.at &&
      one.shown.status !== undefined &&
      OPEN.includes(one.shown.status),
  );
  const day = localDay(firstOver.at);
  return { day, timeliness: compare(due, lastOpen ? localDay(lastOpen.at) : null, day) };
}

/** Where a finishing day in [`first`, `last`] lies to the due day; `first` null = any day before. */
function compare(due: string | null | undefined, first: string | null, last: string): Timeliness {
  if (due === undefined) return 'undecided';
  if (due === null) return 'onTime';
  if (last < due) return 'early';
  if (first !== null && first > due) return 'late';
  if (last === due) return first === due ? 'onTime' : 'inTime';
  return 'undecided';
}
