/**
 * Every pack against its pages: what must be read, what must not, which gestures arm and which words confirm. Each
 * fixture says why it is there; detections have negative twins.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeAt, codesOf, gestureOf, said } from '../../../lib/adapters/engine/actions.ts';
import { findRows, type RowReading, readRow, saysEmpty } from '../../../lib/adapters/engine/extract.ts';
import { judge } from '../../../lib/adapters/engine/health.ts';
import { recognise } from '../../../lib/adapters/engine/recognise.ts';
import { newTables } from '../../../lib/adapters/engine/table.ts';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import { windowOf } from './dom.ts';

interface Expected {
  readonly place: string;
  readonly pages?: readonly string[];
  readonly health?: string;
  readonly rows?: readonly unknown[];
  readonly gestures?: readonly {
    readonly touch?: string;
    readonly target: string;
    readonly rule: string | null;
    readonly codes?: readonly string[];
    readonly selected?: number | null;
  }[];
  readonly says?: readonly {
    readonly rule: string;
    readonly html: string;
    readonly within?: string;
    readonly confirms: string | null;
    readonly count?: number | null;
    readonly refuses?: boolean;
  }[];
}

const root = join(import.meta.dirname, '../../fixtures/portals');

function bare(reading: RowReading): unknown[] {
  if (reading.kind === 'unread') return [];
  if (reading.kind === 'document') {
    const { id, role, due, state } = reading;
    return [{ id, role, due, state }];
  }
  const { code, otherCodes, facts } = reading;
  return [{ code, ...(otherCodes.length > 0 ? { otherCodes } : {}), facts }];
}

describe.each(BUNDLED_PACKS.map((pack) => [pack.id, pack] as const))('pack %s', (id, pack) => {
  const names = readdirSync(join(root, id))
    .filter((name) => name.endsWith('.html'))
    .map((name) => name.slice(0, -5));
  const expectedOf = (name: string) =>
    JSON.parse(readFileSync(join(root, id, `${name}.json`), 'utf8')) as Expected;

  it('has positive and negative fixtures', () => {
    const all = names.map(expectedOf);
    expect(all.some((one) => (one.rows?.length ?? 0) > 0)).toBe(true);
    expect(all.some((one) => one.pages?.length === 0)).toBe(true);
    const armed = new Set(all.flatMap((one) => one.gestures ?? []).map((one) => one.rule));
    expect(armed.has(null)).toBe(true);
    expect(armed.size).toBeGreaterThan(1);
  });

  it.each(names)('%s', (name) => {
    const expected = expectedOf(name);
    const { document } = windowOf(readFileSync(join(root, id, `${name}.html`), 'utf8'));
    const pages = recognise(pack, expected.place, document);
    if (expected.pages) expect(pages.map((page) => page.id)).toEqual(expected.pages);
    if (expected.rows) {
      const [page] = pages;
      const { rows, others } = page ? findRows(page, document) : { rows: [], others: 0 };
      const tables = newTables();
      const readings = page ? rows.map((row) => readRow(row, page, pack.vocabulary, tables)) : [];
      expect(readings.flatMap(bare)).toEqual(expected.rows);
      if (page && expected.health) {
        expect(judge(page, readings, others, saysEmpty(page, document)).health).toBe(expected.health);
      }
    }
    for (const gesture of expected.gestures ?? []) {
      const source = { page: pages[0] ?? null, words: pack.vocabulary, root: document, lastRow: null };
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
