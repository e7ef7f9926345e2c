import { describe, expect, it } from 'vitest';
import { needsLook, sortDevices, summaryOf } from '../../../components/dashboard/device-state.ts';
import type { Device } from '../../../components/dashboard/model.ts';
import { agencyCodesOf } from '../../../components/dashboard/SetUp.tsx';
import { seriesOf } from '../../../components/dashboard/series.ts';
import { openRows, searchRows, treeOf } from '../../../components/dashboard/unit-tree.ts';
import { percentOf, wordsOf } from '../../../components/dashboard/words.ts';
import { rightsOf } from '../../../lib/dashboard/rights.ts';
import { parseRoute, ROUTES, showRoute, type View } from '../../../lib/dashboard/routes.ts';
import { parsePeriod } from '../../../lib/domain/period.ts';
import type { Unit } from '../../../lib/domain/unit.ts';

describe('percentages', () => {
  it('never round to all or to none', () => {
    expect(percentOf(0.9999)).toBe(99.9);
    expect(percentOf(1)).toBe(100);
    expect(percentOf(0.0001)).toBe(0.1);
    expect(percentOf(0)).toBe(0);
    expect(percentOf(0.625)).toBe(62.5);
  });
});

describe('words', () => {
  const vi = wordsOf('vi');
  it('name periods as offices do', () => {
    expect(vi.period(parsePeriod('report:2026-Q3')!)).toBe('Quý III/2026');
    expect(vi.period(parsePeriod('report:2026-9M')!)).toBe('9 tháng năm 2026');
    expect(vi.period(parsePeriod('calendar:2026-M09')!)).toBe('Tháng 9/2026');
    expect(vi.period(parsePeriod('day:2026-09-21')!)).toBe('21/09/2026');
  });
  it('show instants in Asia/Ho_Chi_Minh', () => {
    expect(vi.moment('2026-09-20T20:05:00.000Z')).toBe('03:05 21/09/2026');
  });
  it('tell how long ago', () => {
    const now = Date.parse('2026-09-11T08:00:00Z');
    expect(vi.ago('2026-09-11T07:28:00Z', now)).toBe('32 phút trước');
    expect(vi.ago('2026-09-11T03:00:00Z', now)).toBe('5 giờ trước');
    expect(vi.ago('2026-09-01T08:00:00Z', now)).toBe('10 ngày trước');
  });
});

describe('series', () => {
  const day = (on: string) => ({ day: on, received: 1, online: 1, finished: 0, paidOnline: 0 });
  it('goes by day in a month and leaves days without anything unknown', () => {
    const { step, buckets } = seriesOf([day('2026-09-02')], '2026-09-01', '2026-09-03');
    expect(step).toBe('day');
    expect(buckets.map(({ label, sums }) => [label, sums?.received ?? null])).toEqual([
      ['01/09', null],
      ['02/09', 1],
      ['03/09', null],
    ]);
  });
  it('goes by week from Monday in a quarter, every day in exactly one bucket', () => {
    const { step, buckets } = seriesOf([day('2026-01-04'), day('2026-01-05')], '2026-01-01', '2026-03-31');
    expect(step).toBe('week');
    expect(buckets[0]).toMatchObject({ from: '2026-01-01', to: '2026-01-04', sums: { received: 1 } });
    expect(buckets[1]).toMatchObject({ from: '2026-01-05', to: '2026-01-11', sums: { received: 1 } });
    expect(buckets.at(-1)?.to).toBe('2026-03-31');
  });
  it('goes by calendar month in a year', () => {
    const { step, buckets } = seriesOf([day('2026-02-28')], '2025-12-15', '2026-12-14');
    expect(step).toBe('month');
    expect(buckets.map(({ from }) => from).slice(0, 4)).toEqual([
      '2025-12-15',
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
    ]);
    expect(buckets[2]?.sums?.received).toBe(1);
  });
});

const unit = (id: string, parent: string | null, name: string, more: Partial<Unit> = {}): Unit => ({
  id,
  parent,
  name,
  kind: 'other',
  agencyCodes: [],
  aliases: [],
  validFrom: null,
  validTo: null,
  ...more,
});

describe('unit tree', () => {
  const tree = treeOf([
    unit('40', null, 'Tỉnh Thử', { agencyCodes: ['H41'] }),
    unit('a', '40', 'Xã Đô Lương'),
    unit('b', '40', 'Huyện Đô Lương (cũ)', { validTo: '2025-06-30' }),
    unit('c', 'a', 'Thôn Một'),
  ]);
  it('shows opened branches only', () => {
    expect(openRows(tree, new Set(['40'])).map(({ unit: { id }, level }) => [id, level])).toEqual([
      ['40', 1],
      ['a', 2],
      ['b', 2],
    ]);
    expect(openRows(tree, new Set())).toHaveLength(1);
  });
  it('takes a unit without its parent in the list as a root', () => {
    expect(treeOf([unit('c', 'a', 'Thôn Một')]).roots).toHaveLength(1);
  });
  it('finds names without diacritics, living units first, with their path', () => {
    const rows = searchRows(tree, 'do luong');
    expect(rows.map((row) => row.unit.id)).toEqual(['a', 'b']);
    expect(searchRows(tree, 'thon')[0]?.path).toBe('Tỉnh Thử › Xã Đô Lương');
    expect(searchRows(tree, 'h41').map((row) => row.unit.id)).toEqual(['40']);
    expect(searchRows(tree, '(')).toHaveLength(1);
    expect(searchRows(tree, 'khong co')).toEqual([]);
  });
});

describe('devices', () => {
  const device = (id: string, more: Partial<Device> = {}): Device => ({
    id,
    kind: 'extension',
    name: id,
    unit: { id: 'u', name: 'U' },
    status: 'active',
    streams: [{ stream: 1, through: 10, declaredHead: 10, gaps: [], quarantined: 0 }],
    heardAt: null,
    alarms: [],
    ...more,
  });
  const gap = {
    stream: 1,
    through: 4,
    declaredHead: 12,
    gaps: [[5, 6] as const, [11, 12] as const],
    quarantined: 1,
  };
  it('adds up what is missing over all streams', () => {
    const two = device('x', { streams: [gap, { ...gap, stream: 2, gaps: [[5, 5]], through: 4 }] });
    expect(summaryOf(two)).toEqual({ through: 4, head: 12, missing: 5, quarantined: 2, streams: 2 });
  });
  it('puts what needs a look first and revoked ones last', () => {
    const list = [
      device('a', { status: 'revoked', alarms: ['x'] }),
      device('b'),
      device('c', { streams: [gap] }),
    ];
    expect(sortDevices(list).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(needsLook(list[0]!)).toBe(false);
  });
});

describe('routes', () => {
  it('survive a round trip for every view', () => {
    for (const view of Object.keys(ROUTES) as View[]) {
      const route = { view, unit: '40-tt', period: 'report:2026-M09' };
      expect(parseRoute(showRoute(route))).toEqual(route);
    }
  });
  it('fall back to the figures', () => {
    expect(parseRoute('#/khong-co?x=1')).toEqual({ view: 'figures', unit: null, period: null });
    expect(parseRoute('')).toEqual({ view: 'figures', unit: null, period: null });
  });
});

describe('rights', () => {
  const hub = {
    hasLogin: true,
    hasCodes: true,
    hasCatalogueList: true,
    canImportHandover: true,
    acceptsDevices: false,
    hasUnitFile: false,
  };
  const user = (role: string) => ({ id: '1', name: 'n', role, unit: 'u' });
  it('offer each role what the hub allows it', () => {
    expect(rightsOf(hub, user('official')).views).toEqual(['figures', 'handover']);
    expect(rightsOf(hub, user('auditor')).views).toEqual(['figures', 'devices', 'units', 'catalogue']);
    expect(rightsOf(hub, user('supervisor'))).toMatchObject({ canRevoke: false, canImportLists: false });
    expect(rightsOf(hub, user('unitAdmin'))).toMatchObject({ canRevoke: true, canImportLists: false });
    expect(rightsOf(hub, user('provinceAdmin'))).toMatchObject({ canRevoke: true, canImportLists: true });
  });
});

describe('agency codes as typed', () => {
  it('take both orders of groups and refuse what is none', () => {
    expect(agencyCodesOf('h41.17.3; 000.17.3.H41')).toEqual(['H41.17.3', 'H41.3.17']);
    expect(agencyCodesOf('')).toEqual([]);
    expect(agencyCodesOf('xã')).toBeNull();
  });
});
