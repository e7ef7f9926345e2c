/** Changes of a draft: what they do to the pack, and that taking them back leaves nothing behind. */
import { describe, expect, it } from 'vitest';
import { lintPack } from '../../../lib/adapters/lint.ts';
import {
  asSent,
  asSource,
  asTaken,
  type Change,
  draftPack,
  kindredPages,
  newDraft,
  rebased,
  runnable,
  takenBy,
  textProblem,
  withChange,
  withoutChange,
} from '../../../lib/workshop/draft.ts';
import { packOf } from './room.ts';

const pack = packOf('igate2');
/** The version so many patches after the bundled one. */
const patched = (steps: number) => pack.version.replace(/\d+$/, (patch) => String(Number(patch) + steps));
const draft = newDraft(pack);
const PAGES = ['list', 'work', 'detail'];
const renamed: Change = { kind: 'addText', field: 'due', text: 'Mốc kết thúc', pages: PAGES };
const fieldOf = (one: typeof pack, page: string, name: string) =>
  one.pages.find(({ id }) => id === page)!.fields[name]!;

describe('a new name of a column', () => {
  const made = draftPack(withChange(draft, renamed));

  it('joins the header and label locators of the pages it is about, and the signs that know the column', () => {
    expect(fieldOf(made, 'list', 'due').from[0]).toMatchObject({
      header: ['Ngày hẹn trả', 'Hẹn trả', 'Ngày hẹn trả dự kiến', 'Hạn trả', 'Mốc kết thúc'],
      line: 1,
    });
    expect(fieldOf(made, 'detail', 'due').from[0]).toMatchObject({
      label: expect.arrayContaining(['Mốc kết thúc']),
    });
    const signs = JSON.stringify(made.pages.find(({ id }) => id === 'list')!.signals);
    expect(signs).toMatch(/"Ngày hẹn trả\|[^"]*\|Mốc kết thúc"/);
    expect(signs.match(/Mốc kết thúc/g)).toHaveLength(1);
    expect(fieldOf(made, 'list', 'received')).toEqual(fieldOf(draft.base, 'list', 'received'));
  });

  it('raises the version by one step and stays free of lint', () => {
    expect(made.version).toBe(patched(1));
    expect(draftPack(draft).version).toBe(pack.version);
    expect(lintPack(made)).toEqual([]);
  });

  it('wins over the texts that were there when it is meant to', () => {
    const first = draftPack(withChange(draft, { ...renamed, isFirst: true }));
    expect(fieldOf(first, 'list', 'due').from[0]).toMatchObject({
      header: expect.arrayContaining(['Mốc kết thúc']),
    });
    expect((fieldOf(first, 'list', 'due').from[0] as { header: string[] }).header[0]).toBe('Mốc kết thúc');
  });

  it('is there once, however it is written', () => {
    const twice = withChange(withChange(draft, renamed), { ...renamed, text: 'MỐC KẾT THÚC:' });
    expect(fieldOf(draftPack(twice), 'list', 'due')).toEqual(fieldOf(made, 'list', 'due'));
  });

  it('taken back leaves the pack as it was', () => {
    const both = withChange(withChange(draft, renamed), { kind: 'addEmpty', text: 'Trống', pages: ['list'] });
    const left = draftPack(withoutChange(both, 0));
    expect(fieldOf(left, 'list', 'due')).toEqual(fieldOf(draft.base, 'list', 'due'));
    expect(left.pages.find(({ id }) => id === 'list')!.emptyText).toContain('Trống');
    expect(draftPack(withoutChange(withoutChange(both, 0), 0))).toEqual(draft.base);
  });
});

describe('other changes', () => {
  it('remove a name, and a locator that has none left', () => {
    const only: Change = { kind: 'removeText', field: 'otherCode', text: 'Mã quốc gia', pages: ['list'] };
    const one = draftPack(withChange(draft, only));
    expect(fieldOf(one, 'list', 'otherCode').from).toEqual([{ header: ['Mã hồ sơ quốc gia'], line: 1 }]);
    const none = draftPack(
      withChange(withChange(draft, only), { ...only, text: 'Mã hồ sơ quốc gia' } as Change),
    );
    expect(fieldOf(none, 'list', 'otherCode').from).toEqual([]);
  });

  it('add a locator last and a word folded', () => {
    const made = draftPack(
      withChange(
        withChange(draft, { kind: 'addLocator', field: 'due', locator: { css: '.td_han' }, pages: ['list'] }),
        { kind: 'addWord', list: 'status', word: 'Đang Thẩm Định', value: 'processing' },
      ),
    );
    expect(fieldOf(made, 'list', 'due').from.at(-1)).toEqual({ css: '.td_han' });
    expect(made.vocabulary).toEqual({ status: { 'dang tham dinh': 'processing' } });
    expect(runnable(made).vocabulary.status!['dang xu ly']).toBe('processing');
  });

  it('a field without any name gets a header locator', () => {
    const made = draftPack(
      withChange(newDraft(packOf('ioffice-dwr')), {
        kind: 'addText',
        field: 'due',
        text: 'Hạn',
        pages: ['incoming'],
      }),
    );
    expect(fieldOf(made, 'incoming', 'due').from.at(-1)).toEqual({ header: ['Hạn'] });
  });
});

describe('what a draft knows', () => {
  it('keeps only the words of its own family', () => {
    expect(asSource(pack).vocabulary).toEqual({});
    expect(asSource(pack)).not.toHaveProperty('inert');
  });

  it('finds the pages that go by the same names, and names that are taken', () => {
    expect(kindredPages(pack, 'list', 'due')).toEqual(expect.arrayContaining(PAGES));
    expect(kindredPages(pack, 'list', 'finished')).toEqual(['list', 'detail']);
    expect(takenBy(pack, ['list'], 'due', 'ngày trả')).toBe('returned');
    expect(takenBy(pack, ['list'], 'due', 'Mốc kết thúc')).toBeNull();
    expect([textProblem('  '), textProblem('x'.repeat(81)), textProblem('a\nb'), textProblem('Hạn')]).toEqual(
      ['empty', 'long', 'long', null],
    );
  });

  it('keeps the version it was sent with until something changes, then takes the next', () => {
    const sent = asSent(withChange(draft, renamed));
    expect(draftPack(sent).version).toBe(patched(1));
    expect(draftPack(withChange(sent, { kind: 'addEmpty', text: 'Trống', pages: ['list'] })).version).toBe(
      patched(2),
    );
    expect(draftPack(asTaken(withChange(draft, renamed))).version).toBe(patched(2));
  });

  it('on a newer pack in force drops what that one already holds', () => {
    const kept = withChange(withChange(draft, renamed), { kind: 'addEmpty', text: 'Trống', pages: ['list'] });
    const force = runnable(draftPack(withChange(draft, renamed)));
    const next = rebased(asSent(kept), force);
    expect(next.changes).toEqual([{ kind: 'addEmpty', text: 'Trống', pages: ['list'] }]);
    expect(draftPack(next).version).toBe(patched(2));
  });
});
