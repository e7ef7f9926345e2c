/** The comment: cleaned as it is typed, sealed once, kept before the entry that names it, gone when the hub has it. */
import { createHash } from 'node:crypto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { commentsRequestSchema } from '../../../lib/batch/index.ts';
import type { EntryDraft } from '../../../lib/domain/entry.ts';
import { cleaned, finished, withoutLast } from '../../../lib/kiosk/comment/clean.ts';
import {
  type Board,
  boardAfter,
  type Key,
  layoutFor,
  press,
  rowsOf,
} from '../../../lib/kiosk/comment/keyboard.ts';
import { seal } from '../../../lib/kiosk/comment/seal.ts';
import { openComments } from '../../../lib/kiosk/comment/store.ts';
import { createKiosk } from '../../../lib/kiosk/kiosk.ts';
import { readOwed } from '../../../lib/kiosk/owed.ts';
import type { WrittenComment } from '../../../lib/kiosk/visit.ts';
import { memoryPlace } from '../journal/helpers.ts';
import { RULES } from './rules.ts';

describe('cleaning', () => {
  it.each([
    ['decomposed letters are composed', 'Cán bộ nhiệt tình'.normalize('NFD'), 'Cán bộ nhiệt tình'],
    ['emoji stay', 'Rất tốt 👍🏽', 'Rất tốt 👍🏽'],
    ['script is text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['controls go', 'a\u0000b\u001bc\u0085d', 'abcd'],
    ['direction marks and unseen blanks go', 'a\u202eb\u200bc\ufeffd', 'abcd'],
    ['lines become one', 'dòng một\r\ndòng hai\tba', 'dòng một dòng hai ba'],
    ['half an emoji goes', 'a\ud83d', 'a'],
    ['nothing is nothing', ' \n\u200b ', ''],
  ])('%s', (_, typed, kept) => {
    expect(finished(cleaned(typed).text)).toBe(kept);
  });

  it('cuts a paste of 5,000 characters at 500 and says so, never inside a character', () => {
    const long = cleaned('ế'.normalize('NFD').repeat(1_700));
    expect(long).toEqual({ text: 'ế'.repeat(500), isCut: true });
    expect(cleaned(`${'a'.repeat(499)}😀`)).toEqual({ text: 'a'.repeat(499), isCut: true });
    expect(cleaned('x'.repeat(5_000))).toEqual({ text: 'x'.repeat(500), isCut: true });
    expect(cleaned('x'.repeat(500)).isCut).toBe(false);
  });

  it('keeps the blank that is about to be followed, and takes back whole characters', () => {
    expect(cleaned('cảm ').text).toBe('cảm ');
    expect(withoutLast('Tốt 👩‍👩‍👧')).toBe('Tốt ');
    expect(withoutLast('ế')).toBe('');
    expect(withoutLast('')).toBe('');
  });
});

describe('the keyboard', () => {
  const board = (over: Partial<Board> = {}): Board => ({
    layout: 'telex',
    layer: 'letters',
    shift: null,
    ...over,
  });
  /** Presses keys by what is printed on them, on a board that changes as it would. */
  function type(keys: readonly string[], from: Board): string {
    let written = { before: '', after: '' };
    let now = from;
    for (const name of keys) {
      const key = rowsOf(now)
        .flat()
        .find((one) => nameOf(one) === name);
      if (!key) throw new Error(`no key ${name}`);
      const next = press(key, written, now);
      now = boardAfter(key, now, written);
      written = next;
    }
    return written.before;
  }
  const nameOf = (key: Key) => (key.does === 'write' ? key.text : key.does === 'tone' ? key.shown : key.does);

  it('begins with Telex for Vietnamese and with plain letters for English', () => {
    expect([layoutFor('vi'), layoutFor('en'), layoutFor('blt')]).toEqual(['telex', 'english', 'telex']);
  });

  it('Telex composes, with a capital where a sentence begins', () => {
    expect(type([...'camr', 'space', ...'own', '.', 'space', ...'toots'], board())).toBe('Cảm ơn. Tốt');
  });

  it('plain keys write what is on them; a tone goes on, changes, comes off, and has no other effect', () => {
    const plain = board({ layout: 'plain' });
    expect(type([...'can', 'sắc', 'space', ...'bô', 'nặng'], plain)).toBe('Cán bộ');
    expect(type([...'ca', 'sắc', 'huyền'], plain)).toBe('Cà');
    expect(type([...'ca', 'sắc', 'sắc'], plain)).toBe('Ca');
    expect(type([...'tt', 'hỏi'], plain)).toBe('Tt');
    expect(type(['ngã'], plain)).toBe('');
    expect(type([...'aa'], plain)).toBe('Aa');
  });

  it('English keys write themselves', () => {
    expect(type([...'good', 'space', ...'staff'], board({ layout: 'english' }))).toBe('Good staff');
  });

  it('digits are on a second layer, shift holds for one letter, backspace takes a whole letter', () => {
    expect(type(['layer', ...'15', 'layer', 'space', ...'phuts'], board())).toBe('15 phút');
    expect(type(['shift', 'a', 'shift', 'b', 'c'], board({ layout: 'english' }))).toBe('aBc');
    expect(type([...'as', 'backspace'], board())).toBe('');
  });

  it('writes at the caret, not only at the end', () => {
    const key: Key = { does: 'write', text: 's' };
    expect(press(key, { before: 'to', after: ' lắm' }, board({ shift: false }))).toEqual({
      before: 'tó',
      after: ' lắm',
    });
  });
});

const fixedSalt = (bytes: Uint8Array<ArrayBuffer>) => bytes.fill(7);

describe('sealing', () => {
  it('hashes salt and NFC text as the contract says, with a salt of its own each time', () => {
    const one = seal(' Cán bộ tốt. '.normalize('NFD'), fixedSalt)!;
    const salt = Buffer.from(one.salt, 'base64url');
    expect(salt).toEqual(Buffer.alloc(16, 7));
    expect(one.text).toBe('Cán bộ tốt.');
    expect(one.hash).toBe(createHash('sha256').update(salt).update('Cán bộ tốt.', 'utf8').digest('hex'));
    expect(commentsRequestSchema.safeParse({ comments: [one] }).success).toBe(true);
    expect(seal('Cán bộ tốt.')?.hash).not.toBe(seal('Cán bộ tốt.')?.hash);
  });

  it('of nothing is no comment', () => {
    expect(seal('  \n ')).toBeNull();
  });
});

describe('the store', () => {
  function made(factory = new IDBFactory(), second = memoryPlace()) {
    const state = { now: 1_000_000 };
    return { factory, second, state, box: openComments(factory, second, () => state.now) };
  }
  const written = (text: string): WrittenComment => seal(text)!;

  it('keeps comments until they are removed, oldest first, the same one once', async () => {
    const { box, state } = made();
    const [one, two] = [written('một'), written('hai')];
    await box.keep([one]);
    state.now += 5;
    await box.keep([two, one]);
    state.now += 5;
    expect((await box.oldest(10)).map(({ text }) => text).sort()).toEqual(['hai', 'một']);
    await box.remove([one.hash, 'unknown']);
    expect(await box.oldest(10)).toEqual([two]);
  });

  it('is restored from the second place when the database comes back empty', async () => {
    const { box, second } = made();
    const one = written('một');
    await box.keep([one]);
    const later = made(new IDBFactory(), second);
    expect(await later.box.oldest(10)).toEqual([one]);
    await later.box.remove([one.hash]);
    expect((await second.all()).size).toBe(0);
    expect(await made(new IDBFactory(), second).box.oldest(10)).toEqual([]);
  });

  it('drops what no entry names after a day, and nothing else', async () => {
    const { box, state } = made();
    const [named, orphan] = [written('có tên'), written('mồ côi')];
    await box.keep([named, orphan]);
    await box.prune(async () => new Set());
    expect(await box.oldest(10)).toHaveLength(2);
    state.now += 86_400_001;
    await box.prune(async () => new Set([named.hash]));
    expect(await box.oldest(10)).toEqual([named]);
  });
});

describe('a comment in a visit', () => {
  function desk(
    append: (drafts: readonly EntryDraft[], comments: readonly WrittenComment[]) => Promise<void>,
  ) {
    const state = { mirror: null as string | null, now: 0 };
    const kiosk = createKiosk({
      clock: () => state.now,
      wall: () => Date.parse('2026-09-21T08:10:00+07:00'),
      later: () => () => {},
      append,
      mirror: (text) => {
        state.mirror = text;
      },
      beep: () => {},
      rules: () => RULES,
      counter: () => null,
      newId: () => 'n',
    });
    kiosk.send({ type: 'start', id: 'v' });
    for (const level of [1, 5]) kiosk.send({ type: 'answer', level });
    kiosk.send({ type: 'done', skip: true });
    return { kiosk, state };
  }
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  it('is handed over with the entry that names its hash, and both are in the mirror until then', async () => {
    const seen: { drafts: readonly EntryDraft[]; comments: readonly WrittenComment[] }[] = [];
    let release = () => {};
    const { kiosk, state } = desk(async (drafts, comments) => {
      seen.push({ drafts, comments });
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    const comment = seal('Phải chờ lâu')!;
    kiosk.send({ type: 'comment', comment });
    expect(kiosk.flow().screen.name).toBe('saving');
    expect(seen[0]?.comments).toEqual([comment]);
    expect(seen[0]?.drafts[0]?.body).toMatchObject({ outcome: 'completed', comment: comment.hash });
    expect(JSON.stringify(seen[0]?.drafts)).not.toContain('chờ lâu');
    const owed = readOwed(state.mirror);
    expect(owed.comments).toEqual([comment]);
    expect(owed.drafts).toMatchObject([{ body: { comment: comment.hash } }]);
    release();
    await settle();
    expect(kiosk.flow().screen.name).toBe('thanks');
    expect(state.mirror).toBeNull();
    expect(kiosk.isOwing()).toBe(false);
    kiosk.send({ type: 'back' });
    kiosk.send({ type: 'start', id: 'next' });
    for (const level of [5, 5]) kiosk.send({ type: 'answer', level });
    expect(seen[1]).toMatchObject({ drafts: [{ ref: 'visit:next' }], comments: [] });
  });

  it('half typed, is in no mirror; when the citizen has gone the rating counts and the words are nowhere', async () => {
    const seen: unknown[] = [];
    const { kiosk, state } = desk(async (...all) => void seen.push(...all));
    kiosk.send({ type: 'write', text: 'Tôi tên là' });
    kiosk.send({ type: 'large' });
    expect(state.mirror).toContain('recovered');
    expect(state.mirror).not.toContain('Tôi tên');
    state.now = 61_000;
    kiosk.send({ type: 'tick' });
    state.now = 90_000;
    kiosk.send({ type: 'tick' });
    await settle();
    expect(kiosk.flow()).toMatchObject({ screen: { name: 'attract' }, visit: null });
    expect(seen[0]).toMatchObject([{ body: { outcome: 'completed', flags: ['fast', 'walkedAway'] } }]);
    expect(JSON.stringify([seen, kiosk.flow()])).not.toContain('Tôi tên');
  });

  it('that could not be stored is offered again, unchanged', async () => {
    const seen: (readonly WrittenComment[])[] = [];
    const { kiosk } = desk(async (_drafts, comments) => {
      seen.push(comments);
      if (seen.length === 1) throw new DOMException('full', 'QuotaExceededError');
    });
    const comment = seal('Cảm ơn')!;
    kiosk.send({ type: 'comment', comment });
    await settle();
    expect(kiosk.flow().screen.name).toBe('broken');
    kiosk.owe([]);
    await settle();
    expect(seen).toEqual([[comment], [comment]]);
  });

  it('in a damaged mirror is dropped alone', () => {
    const comment = seal('tốt')!;
    const text = JSON.stringify([
      { ref: 'comment:x', comment: { ...comment, hash: 'x' } },
      { ref: `comment:${comment.hash}`, comment },
      'nonsense',
    ]);
    expect(readOwed(text)).toEqual({ drafts: [], comments: [comment] });
    expect(readOwed('{')).toEqual({ drafts: [], comments: [] });
  });
});
