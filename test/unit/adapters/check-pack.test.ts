/** Packs as data: what is checked, what becomes inert, what the lint refuses, and which host may have which pack. */
import { describe, expect, it } from 'vitest';
import { checkPack } from '../../../lib/adapters/check-pack.ts';
import { lintPack } from '../../../lib/adapters/lint.ts';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import { bindHost, isBindableOrigin, tenantOf } from '../../../lib/adapters/tenant.ts';

type Loose = Record<string, unknown> & { pages: Loose[]; actions: Loose[] };
const fresh = (): Loose => structuredClone(BUNDLED_PACKS[0]) as unknown as Loose;
const fields = (raw: unknown) => checkPack(raw).problems.map(({ field }) => field);
const lint = (change: (pack: Loose) => void) => {
  const raw = fresh();
  change(raw);
  return lintPack(raw).map(({ problem }) => problem);
};

describe('checkPack', () => {
  it.each(BUNDLED_PACKS.map((pack) => [pack.id, pack] as const))('%s passes check and lint', (_, pack) => {
    expect(checkPack(pack)).toMatchObject({ problems: [], pack: { inert: [] } });
    expect(lintPack(pack)).toEqual([]);
  });

  it('a list must be known by more than the header of its code, or a renamed one would pass for no list', () => {
    const problem = 'a list whose code is renamed would not even be known, and so not be broken';
    const known = (min: number) => (raw: Loose) => {
      raw.pages[0]!.signals = [{ headers: ['Mã hồ sơ|Số hồ sơ', 'Ngày hẹn trả'], min }];
      (raw.pages[0]!.fields as Loose).code = {
        as: 'dossierCode',
        required: true,
        from: [{ header: ['Số hồ sơ'] }],
      };
    };
    expect(lint(known(2))).toContain(problem);
    expect(lint(known(1))).not.toContain(problem);
  });

  it('an unknown operator makes its page type inert, named, and leaves the others', () => {
    const raw = fresh();
    const page = raw.pages[0] as unknown as { fields: Record<string, { from: unknown[] }> };
    page.fields.due!.from.push({ xpath: '//td[3]' });
    const checked = checkPack(raw);
    expect(checked.problems).toEqual([{ field: 'pages.0.fields.due.from.1', problem: 'unknown operator' }]);
    expect(checked.pack?.pages.map(({ id }) => id)).not.toContain('list');
    expect(checked.pack?.pages.map(({ id }) => id)).toContain('work');
    expect(checked.pack?.inert).toEqual([{ id: 'list', url: raw.pages[0]!.url }]);
    expect(checkPack(checked.pack).pack?.inert).toEqual(checked.pack?.inert);
  });

  it.each([
    [
      'an unknown field',
      (raw: Loose) => ((raw.pages[0]!.fields as Loose).applicant = { as: 'agency', from: [] }),
    ],
    [
      'a field read as something else',
      (raw: Loose) => (((raw.pages[0]!.fields as Loose).due as Loose).as = 'agency'),
    ],
    ['an unanchored address', (raw: Loose) => (raw.pages[0]!.url = '/dossier/search')],
    ['no address', (raw: Loose) => delete raw.pages[0]!.url],
    ['no sign besides the address', (raw: Loose) => (raw.pages[0]!.signals = [{ notExists: 'form' }])],
    ['a runaway expression', (raw: Loose) => (raw.pages[0]!.url = '^/(a+)+$')],
    [
      'a code that is not required',
      (raw: Loose) => (((raw.pages[0]!.fields as Loose).code as Loose).required = false),
    ],
  ])('%s makes the page type inert', (_, change) => {
    const raw = fresh();
    change(raw);
    expect(fields(raw).length).toBeGreaterThan(0);
    expect(checkPack(raw).pack?.inert?.map(({ id }) => id)).toEqual(['list']);
  });

  it.each([
    ['no confirmation', (raw: Loose) => (raw.actions[0]!.confirm = [])],
    [
      'a row that vanishes as confirmation',
      (raw: Loose) => (raw.actions[0]!.confirm = [{ id: 'gone', gone: 'tr' }]),
    ],
    ['words without a place', (raw: Loose) => (raw.actions[0]!.confirm = [{ id: 'x', text: '^ok$' }])],
    ['an unknown action', (raw: Loose) => (raw.actions[0]!.action = 'celebrate')],
    ['codes from nowhere', (raw: Loose) => (raw.actions[0]!.codes = ['url'])],
  ])('%s makes the action inert', (_, change) => {
    const raw = fresh();
    change(raw);
    expect(checkPack(raw).pack?.inert?.map(({ id }) => id)).toEqual(['receive']);
  });

  it.each([
    ['nothing', null],
    ['another schema', { ...fresh(), schema: 'nmc-pack/9' }],
    ['a bad version', { ...fresh(), version: '1' }],
    ['a word with an unknown meaning', { ...fresh(), vocabulary: { status: { xong: 'complete' } } }],
  ])('%s is refused as a whole', (_, raw) => {
    expect(checkPack(raw).pack).toBeNull();
    expect(checkPack(raw).problems.length).toBeGreaterThan(0);
  });

  it('completes the vocabulary, the family’s own words first', () => {
    const { pack } = checkPack({ ...fresh(), vocabulary: { status: { 'Đang xử lý': 'stopped' } } });
    expect(pack?.vocabulary.status).toMatchObject({ 'dang xu ly': 'stopped', 'da tra ket qua': 'returned' });
  });
});

describe('lint', () => {
  const rows = (css: string) => lint((raw) => (raw.pages[0]!.rows = { css: [css] }));

  it.each([
    ['td[_ngcontent-sqo-c375]'],
    ['.row-c375'],
    ['#mat-input-0'],
    ['#cdk-step-content-0-3'],
    ['//*[@id="app"]/div[2]/table'],
    ['tr:has(td)'],
    ['table tr td:nth-child(3)'],
    ['.css-1a2b3c4'],
  ])('refuses %s', (css) => {
    expect(rows(css).length).toBeGreaterThan(0);
  });

  it.each([['td:nth-child(3)'], ['.mat-column-code'], ['table.searchtbl tbody tr']])('accepts %s', (css) => {
    expect(rows(css)).toEqual([]);
  });

  it('refuses "Tiếp tục" alone, a shared id without label, and words not anchored at their start', () => {
    const gesture = (value: unknown) => lint((raw) => (raw.actions[0]!.gesture = value));
    expect(gesture({ css: 'button', label: ['Tiếp tục'] })).toContain('stands on every step of a wizard');
    expect(gesture({ css: "button[form='captchaForm']", label: ['Tiếp tục'] })).toEqual([]);
    expect(gesture({ css: '#btn-next' })).toContain('the id is shared by every step of a wizard');
    expect(gesture({ css: 'button' })).toContain('any control would match');
    expect(
      lint((raw) => (raw.actions[0]!.confirm = [{ id: 'toast', css: '.toast', text: 'thanh cong' }])),
    ).toContain('must be anchored at its start');
  });
});

describe('tenants', () => {
  it('binds https hosts and this machine, exactly', () => {
    expect(isBindableOrigin('https://motcua.mau.gov.vn')).toBe(true);
    expect(isBindableOrigin('http://127.0.0.1:8801')).toBe(true);
    expect(isBindableOrigin('http://motcua.mau.gov.vn')).toBe(false);
    expect(isBindableOrigin('https://*.gov.vn')).toBe(false);
    const tenant = bindHost('http://127.0.0.1:8801', 'igate2')!;
    expect(tenant).toMatchObject({ id: '127-0-0-1-8801', family: 'igate2' });
    expect(tenantOf([tenant], 'http://127.0.0.1:8801')).toBe(tenant);
    expect(tenantOf([tenant], 'http://127.0.0.1:8802')).toBeNull();
    expect(bindHost('javascript:alert(1)', 'igate2')).toBeNull();
  });
});
