/**
 * One answer of figures as a workbook (sync §5). Every sheet carries the stamp of what it shows: unit, period, time of
 * the data, transport and coverage, because sheets are copied apart. Browser and Node.
 */
import writeXlsxFile, { type Cell, type Sheet } from 'write-excel-file/universal';
import { localTimeOf, showDay } from '../domain/dates.ts';
import type { ReportsKey, ReportsWords } from '../i18n/reports/index.ts';
import { vi } from '../i18n/reports/vi.ts';
import type { Figures } from '../indicators/figures.ts';
import type { Coverage, Indicator, Transport } from '../indicators/result.ts';
import { defaultWords } from './csv.ts';

type Row = Cell[];

const HEAD = { fontWeight: 'bold', wrap: true, backgroundColor: '#e8eef5', borderStyle: 'thin' } as const;

/** Text that a spreadsheet can never take for a formula, also after it was saved as CSV. */
export function neutralise(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

const text = (value: string): Cell => ({ value: neutralise(value), type: String, wrap: true });
const number = (value: number): Cell => ({ value, type: Number, format: '#,##0' });
const heads = (...values: string[]): Row => values.map((value) => ({ ...HEAD, value, type: String }));

/** The workbook as a Blob of type .xlsx; headings by `words` (Vietnamese unless told otherwise). */
export function figuresToXlsx(figures: Figures, words: ReportsWords = defaultWords): Promise<Blob> {
  const sheets: [ReportsKey, number[], Row[]][] = [
    ['sheet.indicators', [34, 11, 11, 14, 14, 11, 11, 44, 14, 18, 18, 40, 40], indicatorRows(figures, words)],
    ['sheet.received', [34, 14], receivedRows(figures, words)],
    ['sheet.stock', [34, 14], stockRows(figures, words)],
    ['sheet.documents', [34, 14, 14], documentRows(figures, words)],
    ['sheet.ratings', [34, 14, 11, 11, 11, 11, 11], ratingRows(figures, words)],
    ['sheet.days', [34, 14, 14, 14, 20], dayRows(figures, words)],
  ];
  const stamp = stampRows(figures, words);
  return writeXlsxFile(
    sheets.map(
      ([name, widths, rows]): Sheet<Blob> => ({
        sheet: words(name),
        data: [...stamp, [], ...rows],
        columns: widths.map((width) => ({ width })),
        orientation: 'landscape',
      }),
    ),
  ).toBlob();
}

function stampRows(figures: Figures, words: ReportsWords): Row[] {
  const { unit, period } = figures;
  const line = (key: ReportsKey, value: string): Row => [
    { ...HEAD, value: words(key), type: String },
    text(value),
  ];
  return [
    [{ value: words('stamp.title'), type: String, fontWeight: 'bold', fontSize: 14 }],
    line('stamp.unit', `${unit.name} (${unit.id})`),
    line('stamp.period', period.id),
    line('stamp.span', `${showDay(period.from)} – ${showDay(period.to)}`),
    line('stamp.asOf', showTime(figures.asOf)),
    line('stamp.transport', transportText(figures.transport, words)),
    line('stamp.coverage', coverageText(figures.coverage, words)),
  ];
}

function indicatorRows({ indicators }: Figures, words: ReportsWords): Row[] {
  const columns = [
    'indicator',
    'numerator',
    'denominator',
    'undecided',
    'value',
    'low',
    'high',
    'definition',
    'version',
    'period',
    'asOf',
    'transport',
    'coverage',
  ] as const;
  return [
    heads(...columns.map((column) => words(`head.${column}`))),
    ...indicators.map((one) => [
      text(label(words, 'indicator', one.id)),
      number(one.numerator),
      number(one.denominator),
      number(one.undecided),
      ...rateCells(one, words),
      text(label(words, 'definition', one.definition)),
      text(one.version),
      text(one.period),
      text(showTime(one.asOf)),
      text(transportText(one.transport, words)),
      text(coverageText(one.coverage, words)),
    ]),
  ];
}

/** Value, lower and upper bound: a rate with undecided dossiers has bounds and no value, unknown is never 0. */
function rateCells({ value, bounds }: Indicator, words: ReportsWords): Row {
  const rate = (one: number): Cell => ({ value: one, type: Number, format: '0.00%' });
  if (bounds) return [text(words('head.undecided')), rate(bounds[0]), rate(bounds[1])];
  return value === null ? [text(words('unknown')), null, null] : [rate(value), rate(value), rate(value)];
}

function receivedRows({ received }: Figures, words: ReportsWords): Row[] {
  const channels = ['online', 'counter', 'post', 'unknown'] as const;
  const total = channels.reduce((sum, channel) => sum + received[channel], 0);
  return [
    heads(words('head.channel'), words('head.dossiers')),
    ...channels.map((channel) => [text(words(`channel.${channel}`)), number(received[channel])]),
    [text(words('row.total')), number(total)],
  ];
}

function stockRows({ stock }: Figures, words: ReportsWords): Row[] {
  const states = ['inTime', 'overdue', 'noDue', 'unknownDue'] as const;
  const total = states.reduce((sum, state) => sum + stock[state], 0);
  return [
    heads(words('head.state'), words('head.dossiers')),
    ...states.map((state) => [text(words(`stock.${state}`)), number(stock[state])]),
    [text(words('row.total')), number(total)],
  ];
}

function documentRows({ documents }: Figures, words: ReportsWords): Row[] {
  return [
    heads(words('head.role'), words('head.waiting'), words('head.overdue')),
    ...documents.map((one) => [text(words(`role.${one.role}`)), number(one.waiting), number(one.overdue)]),
  ];
}

function ratingRows({ ratings, visits }: Figures, words: ReportsWords): Row[] {
  const levels = Math.max(5, ...ratings.map((one) => one.levels?.length ?? 0));
  const names = Array.from({ length: levels }, (_, at) => words('head.level', { level: at + 1 }));
  return [
    [text(words('visits.completed')), number(visits.completed)],
    [text(words('visits.abandoned')), number(visits.abandoned)],
    [],
    heads(words('head.question'), words('head.answers'), ...names),
    ...ratings.map((one) => [
      text(label(words, 'question', one.question)),
      number(one.answers),
      ...(one.levels === null ? [text(words('ratings.few'))] : one.levels.map(number)),
    ]),
  ];
}

function dayRows({ days }: Figures, words: ReportsWords): Row[] {
  const columns = ['day', 'received', 'online', 'finished', 'paidOnline'] as const;
  return [
    heads(...columns.map((column) => words(`head.${column}`))),
    ...days.map((one) => [
      text(showDay(one.day)),
      number(one.received),
      number(one.online),
      number(one.finished),
      number(one.paidOnline),
    ]),
  ];
}

/** The word for an id, or the id itself where the dictionaries have none. */
function label(words: ReportsWords, group: string, id: string): string {
  const key = `${group}.${id}`;
  return Object.hasOwn(vi, key) ? words(key as ReportsKey) : id;
}

function showTime(iso: string): string {
  const local = localTimeOf(Date.parse(iso));
  return `${local.slice(11)} ${showDay(local.slice(0, 10))}`;
}

/** How complete the transport is, as one sentence for people. */
function transportText(transport: Transport, words: ReportsWords): string {
  const { devices, complete, missing, silent, heardThrough } = transport;
  if (devices === 0) return words('transport.none');
  const parts = [words('transport.text', { complete, devices, missing, silent })];
  if (heardThrough !== null) parts.push(words('transport.heard', { time: showTime(heardThrough) }));
  return parts.join('; ');
}

/** How many dossiers were seen against the portal's own total, as one sentence for people. */
function coverageText({ seen, official }: Coverage, words: ReportsWords): string {
  if (official === null) return words('coverage.unknown', { seen });
  const percent = official === 0 ? '–' : `${((100 * seen) / official).toFixed(1).replace('.', ',')}%`;
  return words('coverage.text', { seen, official, percent });
}
