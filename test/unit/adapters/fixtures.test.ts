/**
 * Every pack against its pages: what must be read, what must not, which gestures arm and which words confirm. Each
 * fixture says why it is there; detections have negative twins.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeAt, codesOf, gestureOf, said } from '../../../lib/adapters/engine/actions.ts';
import { findRows, type RowReading, readRow, saysEmpty } from '../../../lib/adapters/engine/extract.ts';
import { judge } from '../../../lib/adapters/engine/health.ts';
import { recognise } from '../../../lib/adapters/engine/recognise.ts';
import { readReports } from '../../../lib/adapters/engine/reports.ts';
import { atOnce } from '../../../lib/adapters/engine/steps.ts';
import { suggestIn } from '../../../lib/adapters/engine/suggest.ts';
import { newTables } from '../../../lib/adapters/engine/table.ts';
import { judgeTotals, readTotals } from '../../../lib/adapters/engine/totals.ts';
import type { PageType } from '../../../lib/adapters/pack.ts';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { Expected } from '../../../lib/workshop/fixture.ts';
import { windowOf } from './dom.ts';

const root = join(import.meta.dirname, '../../fixtures/portals');

function bare(reading: RowReading): unknown[] {
  if (reading.kind === 'unread') return [];
  if (reading.kind === 'document') {
    const { id, role, direction, due, state } = reading;
    return [{ id, role, ...(direction === undefined ? {} : { direction }), due, state }];
  }
  const { code, otherCodes, facts } = reading;
  return [{ code, ...(otherCodes.length > 0 ? { otherCodes } : {}), facts }];
}

/** What the page types besides lists tell, and the health of the first of them. */
function tellings(
  pages: readonly PageType[],
  document: Document,
  today: string,
): [{ totals: unknown[]; reports: unknown[]; suggest: unknown }, string | null] {
  const told = { totals: [] as unknown[], reports: [] as unknown[], suggest: null as unknown };
  const healths: string[] = [];
  for (const page of pages) {
    const tables = newTables();
    const isEmpty = saysEmpty(page, document);
    if (page.kind === 'statistics') {
      const readings = (page.totals ?? []).map((rule) => atOnce(readTotals(rule, document, today, tables)));
      const { health } = judgeTotals(page, readings, isEmpty);
      healths.push(health);
      if (health === 'broken') continue;
      for (const { rule, period, isPartial, sets } of readings) {
        if (isPartial) continue;
        told.totals.push(...sets.map(({ unit, figures }) => ({ rule: rule.id, unit, ...period, figures })));
      }
    } else if (page.kind === 'reports') {
      const { reports, health } = atOnce(readReports(page.reports!, document, tables, isEmpty));
      healths.push(health);
      if (health !== 'broken') told.reports.push(...reports);
    } else if (page.kind === 'suggest') told.suggest ??= atOnce(suggestIn(page, document, tables));
  }
  return [told, healths[0] ?? null];
}

describe.each(BUNDLED_PACKS.map((pack) => [pack.id, pack] as const))('pack %s', (id, pack) => {
  const names = (existsSync(join(root, id)) ? readdirSync(join(root, id)) : [])
    .filter((name) => name.endsWith('.html'))
    .map((name) => name.slice(0, -5));
  const expectedOf = (name: string) =>
    JSON.parse(readFileSync(join(root, id, `${name}.json`), 'utf8')) as Expected;

  it('has positive and negative fixtures', () => {
    const all = names.map(expectedOf);
    const found = all.flatMap((one) => [...(one.rows ?? []), ...(one.totals ?? []), ...(one.reports ?? [])]);
    const recognises =
      pack.pages.every(({ kind }) => kind === 'none') && all.some((one) => one.pages?.length);
    expect(found.length > 0 || all.some((one) => one.suggest) || pack.actions.length > 0 || recognises).toBe(
      true,
    );
    expect(all.some((one) => one.pages?.length === 0)).toBe(true);
    if (pack.actions.length === 0) return;
    const armed = new Set(all.flatMap((one) => one.gestures ?? []).map((one) => one.rule));
    expect(armed.has(null)).toBe(true);
    expect(armed.size).toBeGreaterThan(1);
  });

  it.each(names)('%s', (name) => {
    const expected = expectedOf(name);
    const { document } = windowOf(readFileSync(join(root, id, `${name}.html`), 'utf8'));
    const pages = recognise(pack, expected.place, document);
    if (expected.pages) expect(pages.map((page) => page.id)).toEqual(expected.pages);
    const words = pack.vocabulary;
    const [told, health] = tellings(pages, document, expected.today ?? '2026-09-21');
    if (expected.totals) expect(told.totals).toEqual(expected.totals);
    if (expected.reports) expect(told.reports).toEqual(expected.reports);
    if (expected.suggest !== undefined) expect(told.suggest).toEqual(expected.suggest);
    if (!expected.rows && expected.health) expect(health).toBe(expected.health);
    if (expected.rows) {
      const page = pages.find(({ kind }) => kind === 'list' || kind === 'detail');
      const { rows, others } = page ? findRows(page, document) : { rows: [], others: 0 };
      const tables = newTables();
      const readings = page ? rows.map((row) => readRow(row, page, words, tables)) : [];
      expect(readings.flatMap(bare)).toEqual(expected.rows);
      if (page && expected.health) {
        expect(judge(page, readings, others, saysEmpty(page, document)).health).toBe(expected.health);
      }
    }
    for (const gesture of expected.gestures ?? []) {
      const work = pages.find(({ kind }) => kind === 'list' || kind === 'detail') ?? pages[0] ?? null;
      const source = { page: work, words, root: document, lastRow: null };
      const touched = gesture.touch ? codeAt(document.querySelector(gesture.touch)!, source) : null;
      const target = document.querySelector(gesture.target)!;
      expect(target, gesture.target).not.toBeNull();
      const found = gestureOf(pack, expected.place, target);
      expect(found?.rule.id ?? null, gesture.target).toBe(gesture.rule);
      if (!found || !gesture.codes) continue;
      const about = codesOf(found, { ...source, lastRow: touched });
      expect(about).toEqual({ codes: gesture.codes, selected: gesture.selected ?? null });
    }
    for (const one of expected.says ?? []) {
      const rule = pack.actions.find((each) => each.id === one.rule)!;
      const place = (one.within && document.querySelector(one.within)) || document.body;
      const box = document.createElement('div');
      box.innerHTML = one.html;
      place.append(box);
      const heard = rule.confirm.flatMap((confirm) =>
        confirm.css && confirm.text
          ? said(box, confirm.css, confirm.text).map((each) => ({ id: confirm.id, count: each.count }))
          : [],
      );
      expect(heard[0]?.id ?? null, one.html).toBe(one.confirms);
      if (one.count !== undefined) expect(heard[0]?.count ?? null).toBe(one.count);
      const refused = rule.refuse?.some(({ css, text }) => said(box, css, text).length > 0) ?? false;
      expect(refused, one.html).toBe(one.refuses ?? false);
      box.remove();
    }
  });
});
