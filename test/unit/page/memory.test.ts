/** What of a reading is news: each kind of change beside the same reading told again. */
import { describe, expect, it } from 'vitest';
import type { RowReading } from '../../../lib/adapters/engine/extract.ts';
import { instantOf } from '../../../lib/domain/dates.ts';
import { newTold } from '../../../lib/page/memory.ts';

const MONDAY = instantOf('2026-09-21T08:00');
const DAY = 86_400_000;
const common = { locator: 0, slide: 0, isRefused: false };
const dossier = (over: object = {}, otherCodes: string[] = []): RowReading => ({
  kind: 'dossier',
  code: 'H99.51-260921-0001',
  otherCodes,
  facts: { status: 'processing', due: '2026-09-22T17:00', ...over },
  ...common,
});
const paper = (over: object = {}): RowReading =>
  ({
    kind: 'document',
    id: '7',
    role: 'XLC',
    due: null,
    state: 'waiting',
    ...common,
    ...over,
  }) as RowReading;

describe('news', () => {
  it('is what was never told, and the same reading of another page type', () => {
    const told = newTold();
    expect(told.isNews('list', dossier(), MONDAY)).toBe(true);
    expect(told.isNews('list', dossier(), MONDAY)).toBe(false);
    expect(told.isNews('work', dossier(), MONDAY)).toBe(true);
    told.clear();
    expect(told.isNews('list', dossier(), MONDAY)).toBe(true);
  });

  it('is a fact or a code more, less or other', () => {
    const told = newTold();
    const facts = [{}, { fee: true }, { fee: false }, { fee: undefined }, { due: null }];
    for (const over of facts) expect(told.isNews('list', dossier(over), MONDAY)).toBe(true);
    expect(told.isNews('list', dossier({ due: null }), MONDAY)).toBe(false);
    expect(told.isNews('list', dossier({ due: null }, ['G22.99-260921-0001']), MONDAY)).toBe(true);
  });

  it('is an unfinished dossier that is newly late, or that arrived again half a minute later', () => {
    const told = newTold();
    told.isNews('list', dossier(), MONDAY);
    expect(told.isNews('list', dossier(), MONDAY + 29_999)).toBe(false);
    expect(told.isNews('list', dossier(), MONDAY + 30_000)).toBe(true);
    const midnight = instantOf('2026-09-23T00:00');
    told.isNews('list', dossier(), midnight - 10_000);
    expect(told.isNews('list', dossier(), midnight - 1)).toBe(false);
    expect(told.isNews('list', dossier(), midnight + 5_000)).toBe(true);
    const done = dossier({ status: 'finished' });
    expect(told.isNews('list', done, MONDAY)).toBe(true);
    expect(told.isNews('list', done, MONDAY + 3 * DAY)).toBe(false);
  });

  it('is another state, role or date of a document', () => {
    const told = newTold();
    const all = [paper(), paper({ state: 'done' }), paper({ role: 'PH' }), paper({ due: '2026-09-22' })];
    for (const one of all) expect(told.isNews('in', one, MONDAY)).toBe(true);
    expect(told.isNews('in', all[3]!, MONDAY + DAY)).toBe(false);
  });

  it('is never a row that was not read', () => {
    expect(newTold().isNews('list', { kind: 'unread', field: 'code' }, MONDAY)).toBe(false);
  });
});
