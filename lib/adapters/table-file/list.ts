/** A list of dossiers in a file: the rows under its header become facts by the same checks as a page's rows. */
import { parseDossierCode } from '../../domain/codes.ts';
import { type Day, dayPart } from '../../domain/dates.ts';
import type { Facts } from '../../domain/entry.ts';
import { fold } from '../../domain/vocabulary.ts';
import type { Value } from '../engine/value.ts';
import type { Vocabulary } from '../pack.ts';
import {
  type Cell,
  type Grid,
  isBlank,
  isNumberRow,
  isSum,
  MAX_ROWS,
  type Merges,
  numberOf,
  rowCells,
  textOf,
} from './grid.ts';
import { type Column, findHeader, type Header } from './header.ts';
import type { Issue, IssueCode, PlannedDossier, SheetHead, SheetPlan, Warning } from './plan.ts';
import { isPlaced, type Place, placesOf, readRow, refusedColumns, twice } from './row.ts';
import type { FileField } from './words.ts';

/** Fewest fields, the code among them, that make a table a list of dossiers. */
const LEAST = 2;
const DATES = ['received', 'finished', 'returned'] as const;

/** The header of a list of dossiers, or null: the code's column and one more must be there. */
export function listHeader(grid: Grid, fields: readonly FileField[], merges: Merges): Header | null {
  return findHeader(
    grid,
    merges,
    (columns) => {
      const places = placesOf(fields, columns).filter(isPlaced);
      return places.some(({ field }) => field.name === 'code') ? places.length : 0;
    },
    LEAST,
  );
}

/** Reads one sheet as a list. `today`: nothing is received, finished or returned after it. */
export function readList(
  grid: Grid,
  sheet: number,
  header: Header,
  fields: readonly FileField[],
  words: Vocabulary,
  today: Day,
  head: SheetHead,
  merges: Merges,
): SheetPlan {
  const places = placesOf(fields, header.columns);
  const code = places.find(({ field }) => field.name === 'code')!;
  const issues: Issue[] = [];
  const warnings: Warning[] = [...twice(fields, header.columns)];
  const refused = refusedColumns(grid, header, places, words, merges, warnings);
  const seen = new Map<string, { hash: string; at: number; isClash: boolean }>();
  const dossiers: PlannedDossier[] = [];
  const titles = header.columns.map(({ at, title }) => [at, fold(title)] as const);
  let rows = 0;
  let passed = 0;
  const last = Math.min(grid.rows.length, header.body + MAX_ROWS);
  if (grid.rows.length > last) warnings.push({ code: 'cut' });
  for (let at = header.body; at < last; at += 1) {
    const { cells, carried } = rowCells(grid, at, merges);
    if (cells.every(isBlank)) continue;
    rows += 1;
    const row = numberOf(grid, at);
    const issue = (column: string, why: IssueCode) =>
      issues.push({ sheet: grid.name, row, column, code: why });
    const codeColumn = code.at.find((one): one is Column => one !== null && one !== 'row')!;
    const isBare = textOf(cells[codeColumn.at]) === '';
    const isHeaderAgain = titles.every(
      ([place, title]) => title === '' || fold(textOf(cells[place])) === title,
    );
    if (isHeaderAgain || isNumberRow(cells) || (isBare && (isSum(cells) || isShort(cells)))) {
      passed += 1;
      continue;
    }
    // The rest of a row that spans several: the same dossier, told by its first row.
    if (code.at.some((one) => one !== null && one !== 'row' && carried.has(one.at))) {
      passed += 1;
      continue;
    }
    const read = readRow(cells, places, words, grid.merges !== null, refused);
    const found = read.values.get('code');
    if (typeof found !== 'string') {
      issue(codeColumn.title, isBare ? 'noCode' : 'badCode');
      continue;
    }
    for (const { column, code: why } of read.issues) issue(column, why);
    const facts = factsOf(read.values);
    for (const name of DATES) {
      const value = facts[name];
      if (value === undefined || dayPart(value) <= today) continue;
      delete facts[name];
      issue(titleOf(places, name), 'futureDate');
    }
    const other = read.values.get('otherCode');
    const dossier: PlannedDossier = {
      row: `${sheet}.${row}`,
      code: found,
      otherCodes: typeof other === 'string' && other !== found ? [other] : [],
      facts,
      locator: read.locator,
    };
    const hash = JSON.stringify([dossier.otherCodes, facts]);
    const before = seen.get(found);
    if (before === undefined) {
      seen.set(found, { hash, at: dossiers.length, isClash: false });
      dossiers.push(dossier);
    } else if (before.hash === hash) passed += 1;
    else {
      // Which of the two is true the file does not say: neither is taken.
      before.isClash = true;
      issue(codeColumn.title, 'codeTwice');
    }
  }
  const clashes = new Set([...seen.values()].filter(({ isClash }) => isClash).map(({ at }) => at));
  for (const at of clashes) {
    const row = Number(dossiers[at]!.row.split('.')[1]);
    issues.push({
      sheet: grid.name,
      row,
      column: code.at.find((one): one is Column => one !== null && one !== 'row')!.title,
      code: 'codeTwice',
    });
  }
  const kept = dossiers.filter((_, at) => !clashes.has(at));
  const isPlacedField = (name: string) =>
    places.some((place) => place.field.name === name && isPlaced(place));
  if (!isPlacedField('received') && !isPlacedField('due') && !isPlacedField('finished'))
    warnings.push({ code: 'noDates' });
  if (!isPlacedField('status')) warnings.push({ code: 'noStatus' });
  if (grid.merges === null && places.some(({ field }) => field.name === 'due' && field.field.emptyIsNone))
    warnings.push({ code: 'mergedUnknown' });
  return {
    name: grid.name,
    kind: 'list',
    rule: '',
    head,
    columns: header.columns.map((column) => ({
      title: column.title,
      field: refused.has(column.at)
        ? null
        : (places.find(({ at }) => at.includes(column))?.field.name ?? null),
    })),
    rows,
    passed,
    dossiers: kept,
    totals: [],
    issues: issues.sort((a, b) => a.row - b.row),
    warnings,
  };
}

/** One filled place, or two: headings of groups, signatures under the table. */
function isShort(cells: readonly Cell[]): boolean {
  return new Set(cells.map(textOf).filter((text) => text !== '')).size <= 2;
}

function titleOf(places: readonly Place[], name: string): string {
  const place = places.find(({ field }) => field.name === name);
  return place?.at.find((one): one is Column => one !== null && one !== 'row')?.title ?? '';
}

function factsOf(values: ReadonlyMap<string, Value>): { -readonly [K in keyof Facts]: Facts[K] } {
  const facts = new Map(values);
  facts.delete('code');
  facts.delete('otherCode');
  return Object.fromEntries(facts) as Facts;
}

/** The head of a code that names a province (`H41`); null for a ministry's or an unknown one. */
export function provinceIn(code: string): string | null {
  const head = parseDossierCode(code)?.receiver.split('.')[0] ?? '';
  return /^H\d\d$/.test(head) ? head : null;
}
