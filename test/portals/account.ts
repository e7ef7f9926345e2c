/**
 * The account: what must be counted, what stays undecided and what must not count, from the portals' logs alone, over all
 * portals together, by the official rules (host-pages §6.3, domain §4.2) and independent of lib/.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Rendering, sortDossiers, type Truth, truthOf } from './truth.ts';
import type { ActionName, LogEntry, PortalKind } from './types.ts';

export interface Tally {
  yes: number;
  no: number;
  undecided: number;
}

export interface ExpectedUnit {
  readonly received: { online: number; counter: number; post: number; unknown: number };
  readonly digitised: { yes: number; no: number; unknown: number };
  /** `unknown`: no page showed whether a fee is owed; `notOnline`: cash, transfer or not yet paid. */
  readonly payment: {
    online: number;
    notOnline: number;
    unknownMeans: number;
    noFee: number;
    unknown: number;
  };
  readonly finished: { early: number; onTime: number; inTime: number; late: number; undecided: number };
  readonly result: { yes: number; no: number; unknown: number };
  withdrawn: number;
  readonly stock: { inTime: number; overdue: number; noDue: number; unknownDue: number };
  /** The everyday rates as counts: received, full-process procedures, dossiers with a fee, finished, received, finished. */
  readonly rates: {
    readonly onlineFiling: Tally;
    readonly fullProcess: Tally;
    readonly onlinePayment: Tally;
    readonly onTime: Tally;
    readonly digitisedComponents: Tally;
    readonly digitalResults: Tally;
  };
}

export interface ExpectedFigures {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly total: ExpectedUnit;
  /** By unit id of units.csv, and `unassigned`. */
  readonly units: Readonly<Record<string, ExpectedUnit>>;
  /** Open documents by role as of `asOf`; `overdue` is part of `waiting`. */
  readonly documents: readonly {
    readonly role: 'XLC' | 'PH';
    readonly waiting: number;
    readonly overdue: number;
  }[];
  /** What each person did, confirmed by a page; `times` confirmations standing for `n` dossiers or documents. */
  readonly actions: readonly {
    readonly person: string | null;
    readonly action: ActionName;
    readonly n: number;
    readonly times: number;
  }[];
  readonly seen: {
    readonly dossiers: number;
    readonly documents: number;
    readonly otherPeoplesDocuments: number;
  };
  /** Things that look like work and must not count, as the portals know of them. */
  readonly notWork: number;
}

/** What the account needs of a portal: its kind and its log. */
export interface Logged {
  readonly kind: PortalKind;
  log(): readonly LogEntry[];
}

interface UnitRow {
  readonly id: string;
  readonly names: readonly string[];
  readonly codes: readonly string[];
}

interface ProcedureRow {
  readonly code: string;
  readonly online: string;
  readonly hasFee: boolean;
  readonly returnsResult: boolean;
}

function csv(name: string): string[][] {
  const text = readFileSync(join(import.meta.dirname, name), 'utf8');
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

const UNITS: readonly UnitRow[] = csv('units.csv').map((cells) => ({
  id: cells[0]!,
  names: [cells[2]!, ...cells[5]!.split(';')].filter((name) => name !== '').map(bare),
  codes: cells[4]!.split(';'),
}));

const PROCEDURES: readonly ProcedureRow[] = csv('catalogue.csv').map((cells) => ({
  code: cells[0]!,
  online: cells[3]!,
  hasFee: cells[4] === '1',
  returnsResult: cells[5] === '1',
}));

function bare(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** The agency inside a dossier code, left to right (Decision 20/2020/QĐ-TTg): `000.00.51.H99-…` is `H99.51`. */
export function agencyInCode(code: string): string {
  const prefix = code.slice(0, code.search(/-\d{6}-/));
  const groups = prefix.split('.');
  const isOldForm = /^[A-Z]/.test(groups.at(-1)!) && groups.length > 1;
  const [head, ...rest] = isOldForm ? groups.reverse() : groups;
  return [head!, ...rest.filter((group) => Number(group) !== 0)].join('.');
}

/** The unit a dossier belongs to: the agency's printed name, else the agency in its code, else `unassigned`. */
export function unitOf(truth: Pick<Truth, 'agency' | 'codes'>): string {
  if (truth.agency !== null) {
    const name = bare(truth.agency);
    const named = UNITS.find((unit) => unit.names.includes(name));
    if (named) return named.id;
  }
  // The province's own code says more than a national one.
  for (const code of [...truth.codes].sort((a, b) => Number(/^G/.test(a)) - Number(/^G/.test(b)))) {
    for (let agency = agencyInCode(code); agency !== ''; agency = agency.split('.').slice(0, -1).join('.')) {
      const found = UNITS.find((unit) => unit.codes.includes(agency));
      if (found) return found.id;
    }
  }
  return 'unassigned';
}

function emptyUnit(): ExpectedUnit {
  const tally = (): Tally => ({ yes: 0, no: 0, undecided: 0 });
  return {
    received: { online: 0, counter: 0, post: 0, unknown: 0 },
    digitised: { yes: 0, no: 0, unknown: 0 },
    payment: { online: 0, notOnline: 0, unknownMeans: 0, noFee: 0, unknown: 0 },
    finished: { early: 0, onTime: 0, inTime: 0, late: 0, undecided: 0 },
    result: { yes: 0, no: 0, unknown: 0 },
    withdrawn: 0,
    stock: { inTime: 0, overdue: 0, noDue: 0, unknownDue: 0 },
    rates: {
      onlineFiling: tally(),
      fullProcess: tally(),
      onlinePayment: tally(),
      onTime: tally(),
      digitisedComponents: tally(),
      digitalResults: tally(),
    },
  };
}

function procedureOf(code: string | null): ProcedureRow | null {
  if (code === null) return null;
  return PROCEDURES.find((one) => one.code === code || one.code === code.slice(0, 8)) ?? null;
}

function paymentOf(truth: Truth): keyof ExpectedUnit['payment'] {
  if (truth.payment === 'online') return 'online';
  if (truth.payment === 'unknownMeans') return 'unknownMeans';
  if (truth.payment !== null) return 'notOnline';
  if (truth.fee === null) return 'unknown';
  return truth.fee ? 'unknownMeans' : 'noFee';
}

const threeWay = (value: boolean | null) => (value === null ? 'unknown' : value ? 'yes' : 'no');

function addReceived(unit: ExpectedUnit, truth: Truth): void {
  const procedure = procedureOf(truth.procedure);
  unit.received[truth.channel ?? 'unknown'] += 1;
  unit.digitised[threeWay(truth.digitised)] += 1;
  const payment = paymentOf(truth);
  unit.payment[payment] += 1;
  const filed = truth.channel === null ? 'undecided' : truth.channel === 'online' ? 'yes' : 'no';
  unit.rates.onlineFiling[filed] += 1;
  if (procedure === null) unit.rates.fullProcess.undecided += 1;
  else if (procedure.online === 'full') unit.rates.fullProcess[filed] += 1;
  if (payment === 'online') unit.rates.onlinePayment.yes += 1;
  else if (payment === 'notOnline') unit.rates.onlinePayment.no += 1;
  else if (payment === 'unknownMeans') unit.rates.onlinePayment.undecided += 1;
  else if (payment === 'unknown' && (procedure === null || procedure.hasFee)) {
    unit.rates.onlinePayment.undecided += 1;
  }
  const digitised = threeWay(truth.digitised);
  unit.rates.digitisedComponents[digitised === 'unknown' ? 'undecided' : digitised] += 1;
}

function addFinished(unit: ExpectedUnit, truth: Truth): void {
  const { timeliness } = truth.finished!;
  unit.finished[timeliness] += 1;
  unit.result[threeWay(truth.resultFile)] += 1;
  unit.rates.onTime[timeliness === 'undecided' ? 'undecided' : timeliness === 'late' ? 'no' : 'yes'] += 1;
  unit.rates.digitalResults[resultOf(truth)] += 1;
}

/** A result file, or a procedure that returns none, is digital (host-pages §6.3). */
function resultOf(truth: Truth): keyof Tally {
  const procedure = procedureOf(truth.procedure);
  if (truth.resultFile === true || procedure?.returnsResult === false) return 'yes';
  return truth.resultFile === false && procedure !== null ? 'no' : 'undecided';
}

/** How an open dossier stands at the end of a day; null when it is not open then. */
function stockOf(truth: Truth, asOf: string): keyof ExpectedUnit['stock'] | null {
  if (truth.receivedDay === null || truth.receivedDay > asOf) return null;
  const isOpen = [2, 4, 5, 6].includes(truth.status ?? 0);
  const wasOpen = truth.finished !== null && truth.finished.day > asOf;
  if (!isOpen && !wasOpen) return null;
  if (truth.due === undefined) return 'unknownDue';
  if (truth.due === null) return 'noDue';
  return truth.due < asOf ? 'overdue' : 'inTime';
}

/** Every dossier the portals rendered, as the official rules see it. */
export function truthsOf(portals: readonly Logged[]): Truth[] {
  const renderings = portals.flatMap((portal) =>
    portal
      .log()
      .flatMap((entry): Rendering[] =>
        entry.kind === 'rendered'
          ? entry.dossiers.map((shown) => ({ portal: portal.kind, at: entry.at, shown }))
          : [],
      ),
  );
  return sortDossiers(renderings).map(truthOf);
}

/** What must be found for the days `from`…`to` (inclusive), with stocks at the end of the day `asOf`. */
export function accountOf(
  portals: { readonly igate2: Logged; readonly td: Logged; readonly ioffice: Logged },
  { from, to, asOf }: { readonly from: string; readonly to: string; readonly asOf: string },
): ExpectedFigures {
  const all = [portals.igate2, portals.td, portals.ioffice];
  const total = emptyUnit();
  const units: Record<string, ExpectedUnit> = {};
  const within = (day: string) => from <= day && day <= to;
  const truths = truthsOf(all);
  for (const truth of truths) {
    const name = unitOf(truth);
    units[name] ??= emptyUnit();
    for (const unit of [total, units[name]]) {
      const isReceived = truth.receivedDay !== null && within(truth.receivedDay);
      if (isReceived) addReceived(unit, truth);
      if (truth.finished !== null && within(truth.finished.day)) addFinished(unit, truth);
      if (truth.status === 7 && isReceived) unit.withdrawn += 1;
      const stock = stockOf(truth, asOf);
      if (stock !== null) unit.stock[stock] += 1;
    }
  }
  const entries = all.flatMap((portal) => portal.log());
  const documents = documentsOf(entries);
  return {
    from,
    to,
    asOf,
    total,
    units,
    documents: (['XLC', 'PH'] as const).map((role) => {
      const waiting = documents.filter((one) => one.role === role && one.state === 'waiting');
      return {
        role,
        waiting: waiting.length,
        overdue: waiting.filter((one) => one.due !== null && one.due < asOf).length,
      };
    }),
    actions: actionsOf(entries),
    seen: {
      dossiers: truths.length,
      documents: documents.filter((one) => one.role === 'XLC' || one.role === 'PH').length,
      otherPeoplesDocuments: documents.filter((one) => one.role !== 'XLC' && one.role !== 'PH').length,
    },
    notWork: entries.filter((entry) => entry.kind === 'notWork').length,
  };
}

/** The latest rendering of every document. */
function documentsOf(entries: readonly LogEntry[]) {
  const latest = new Map<string, { role: string; state: string; due: string | null }>();
  const rendered = entries.filter((entry) => entry.kind === 'rendered').sort((a, b) => a.at - b.at);
  for (const entry of rendered) for (const one of entry.documents) latest.set(one.id, one);
  return [...latest.values()];
}

function actionsOf(entries: readonly LogEntry[]): ExpectedFigures['actions'] {
  const sums = new Map<string, { person: string | null; action: ActionName; n: number; times: number }>();
  for (const entry of entries) {
    if (entry.kind !== 'action') continue;
    const { person, action } = entry;
    const name = JSON.stringify([person, action]);
    const sum = sums.get(name) ?? { person, action, n: 0, times: 0 };
    sum.n += entry.n;
    sum.times += 1;
    sums.set(name, sum);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
