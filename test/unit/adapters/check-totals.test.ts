/** Packs beyond lists: statistics, reports to send, suggestions, shared parts. What is not known makes its page type inert. */
import { describe, expect, it } from 'vitest';
import { checkPack } from '../../../lib/adapters/check-pack.ts';
import { expandPack } from '../../../lib/adapters/expand.ts';
import { lintPack } from '../../../lib/adapters/lint.ts';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';

type Loose = Record<string, unknown>;
const packOf = (id: string) =>
  structuredClone(BUNDLED_PACKS.find((one) => one.id === id)) as unknown as Loose & { pages: Loose[] };
const td = () => packOf('td-antd');
const statistics = (raw: { pages: Loose[] }) => raw.pages.find(({ kind }) => kind === 'statistics')!;
const ruleOf = (raw: { pages: Loose[] }) => (statistics(raw).totals as Loose[])[0]!;
const inertOf = (raw: unknown) => checkPack(raw).pack?.inert?.map(({ id }) => id);

describe('statistics', () => {
  it.each<[string, (rule: Loose, page: Loose) => unknown]>([
    ['an unknown figure', (rule) => ((rule.figures as Loose).applicants = [{ header: ['Chủ hồ sơ'] }])],
    ['a figure without a place', (rule) => ((rule.figures as Loose).received = [])],
    ['an unknown locator', (rule) => ((rule.figures as Loose).received = [{ xpath: '//td' }])],
    ['no period', (rule) => delete rule.period],
    ['a period of one day only', (rule) => (rule.period = { css: '.p', regex: '^(\\S+)$' })],
    ['rows that name no unit', (rule) => (rule.rows = { css: ['tr'] })],
    ['a check of an unknown figure', (rule) => (rule.checks = [['received', 'all']])],
    ['a sum of one', (rule) => (rule.sums = { received: ['receivedOnline'] })],
    ['an expression', (rule) => (rule.formula = 'received - carriedOver')],
    ['no rule at all', (_, page) => (page.totals = [])],
    ['a list of reports', (_, page) => (page.reports = {})],
    ['no address', (_, page) => delete page.url],
    ['only a sign that something is absent', (_, page) => (page.signals = [{ noHeaders: ['Qua mạng'] }])],
  ])('%s makes the page type inert and leaves the others', (_, change) => {
    const raw = td();
    change(ruleOf(raw), statistics(raw));
    expect(inertOf(raw)).toEqual([statistics(raw).id]);
    expect(checkPack(raw).problems.length).toBeGreaterThan(0);
  });

  it('may not stand on a page of another kind', () => {
    const raw = td();
    raw.pages[0]!.totals = statistics(raw).totals;
    expect(inertOf(raw)).toEqual([raw.pages[0]!.id]);
  });
});

describe('reports and suggestions', () => {
  it.each<[string, (rule: Loose) => unknown]>([
    ['an unknown state', (rule) => (rule.words = { 'Đã gửi': 'finished' })],
    ['no place for the state', (rule) => (rule.state = [])],
    ['rows without a selector', (rule) => (rule.rows = {})],
  ])('%s makes the list of reports inert', (_, change) => {
    const raw = packOf('reporting-system');
    change(raw.pages[0]!.reports as Loose);
    expect(inertOf(raw)).toEqual(['reports']);
  });

  it('a suggestion needs to know what a code is, and only headers', () => {
    const raw = packOf('generic-table');
    const { code, ...others } = raw.pages[0]!.fields as Loose;
    raw.pages[0]!.fields = others;
    expect(inertOf(raw)).toEqual(['table']);
    raw.pages[0]!.fields = { ...others, code: { ...(code as Loose), from: [{ css: 'td' }] } };
    expect(lintPack(raw).map(({ problem }) => problem)).toEqual(['a suggestion knows headers only']);
  });
});

describe('lint', () => {
  const problems = (change: (rule: Loose) => unknown) => {
    const raw = td();
    change(ruleOf(raw));
    return lintPack(raw).map(({ problem }) => problem);
  };

  it('wants a figure read whole and never made', () => {
    const figure = (locator: object) => problems((rule) => ((rule.figures as Loose).received = [locator]));
    expect(figure({ css: 'a', regex: '\\((\\d+)\\)' })).toEqual(['must be anchored at one end']);
    expect(figure({ css: 'a', regex: '\\((\\d+)\\)$' })).toEqual([]);
    expect(figure({ constant: 0 })).toEqual(['a figure is read, never made']);
  });

  it('looks into the new places for what the next build breaks', () => {
    expect(problems((rule) => (rule.partial = '#mat-input-3'))).toEqual(['depends on the order of creation']);
    expect(problems((rule) => (rule.period = { css: 'td[_ngcontent-x]', regex: '(\\S+) (\\S+)' }))).toEqual([
      'changes with every Angular build',
    ]);
    expect(problems((rule) => (rule.rows = { css: ['tr:has(td)'], unit: [{ header: ['Đơn vị'] }] }))).toEqual(
      ['too slow as a standing rule'],
    );
  });

  it('lets only a suggestion match every page', () => {
    const raw = td();
    statistics(raw).url = '^/.*$';
    expect(lintPack(raw).map(({ problem }) => problem)).toEqual(['matches every page']);
    expect(lintPack(packOf('generic-table'))).toEqual([]);
  });
});

describe('shared parts', () => {
  const source = {
    sets: {
      base: { kind: 'list', rank: 2, fields: { code: 1, due: 2 } },
      more: { rank: 3, fields: { due: 3, fee: 4 } },
    },
    pages: [
      { id: 'a', use: ['base', 'more'], fields: { fee: null, status: 5 } },
      { id: 'b', use: ['lost'] },
      { id: 'c', use: 'base', rank: 1 },
    ],
  };

  it('are laid under the page in order, field by field; null takes one out', () => {
    expect(expandPack(source)).toEqual({
      pages: [
        { id: 'a', kind: 'list', rank: 3, fields: { code: 1, due: 3, status: 5 } },
        { id: 'b', use: ['lost'] },
        { id: 'c', kind: 'list', rank: 1, fields: { code: 1, due: 2 } },
      ],
    });
    expect(expandPack(null)).toBeNull();
    expect(expandPack({ sets: [], pages: 1 })).toEqual({ sets: [], pages: 1 });
  });

  it('that are not there make the page type inert', () => {
    const raw = td();
    raw.sets = {};
    raw.pages[0]!.use = ['lost'];
    expect(inertOf(raw)).toEqual([raw.pages[0]!.id]);
  });

  it('are gone from every pack that runs', () => {
    for (const pack of BUNDLED_PACKS) expect(JSON.stringify(pack)).not.toMatch(/"(?:use|sets)":/);
  });
});
