import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { chainStep, fromHex, GENESIS, type Receipt, toHex } from '../../../lib/batch/index.ts';
import { type Journal, openJournal } from '../../../lib/journal/index.ts';
import { action, freshName, memoryPlace } from './helpers.ts';

const START = Date.parse('2026-09-21T01:00:00.000Z');

function receiptOf(over: Partial<Receipt> = {}): Receipt {
  return {
    typ: 'nmc-receipt',
    hub: 'hub-1',
    epoch: 1,
    device: 'device-1',
    stream: 1,
    received: [],
    gaps: [],
    quarantined: [],
    time: new Date(START + 60_000).toISOString(),
    skew: 0,
    durable: 0,
    next: { after: 0, window: 0 },
    ...over,
  };
}

async function journalOf(options: Partial<Parameters<typeof openJournal>[0]> = {}) {
  const second = memoryPlace();
  const name = freshName();
  const journal = await openJournal({ name, second, kind: 'extension', clock: () => START, ...options });
  return { journal, second, name };
}

const all = { entries: 1_000, bytes: 1_000_000 };

describe('append', () => {
  it('numbers entries without a gap, chains them, and keeps every line in two places', async () => {
    const { journal, second } = await journalOf();
    const entries = await journal.append([action(), action()]);
    entries.push(...(await journal.append([action()])));
    expect(entries.map((entry) => entry.seq)).toEqual([1, 2, 3]);
    const lines = await journal.lines(1, 1, 3);
    let chain: Uint8Array = GENESIS;
    for (const [index, line] of lines.entries()) {
      expect(await journal.chainBefore(1, index + 1)).toEqual(chain);
      chain = chainStep(chain, index + 1, line);
      expect(second.texts.get(`line-1-${index + 1}`)).toContain(line);
    }
    expect(toHex(await journal.chainBefore(1, 4))).toBe(toHex(chain));
    expect(await journal.state()).toMatchObject({
      stream: 1,
      head: 3,
      unsent: 3,
      storage: 'ok',
      offset: null,
    });
    await journal.close();
  });

  it('returns the existing entry for a ref it knows, within one call and over calls', async () => {
    const { journal } = await journalOf();
    const [first, again] = await journal.append([action('page#1'), action('page#1')]);
    const [later] = await journal.append([action('page#1')]);
    expect(again).toEqual(first);
    expect(later).toEqual(first);
    expect((await journal.state()).head).toBe(1);
    await journal.close();
  });

  it('writes nothing at all when one draft is no entry', async () => {
    const { journal } = await journalOf();
    const wrong = action();
    const broken = { ...wrong, body: { ...wrong.body, n: 0 } } as typeof wrong;
    await expect(journal.append([action(), broken])).rejects.toMatchObject({ code: 'schema' });
    const long = {
      kind: 'manual',
      body: { action: 'receive', n: 1, day: '2026-09-21', reason: 'x'.repeat(301) },
    };
    await expect(journal.append([long as never])).rejects.toMatchObject({ code: 'schema' });
    expect(await journal.state()).toMatchObject({ head: 0, storage: 'ok' });
    await journal.close();
  });

  it('keeps order and gaplessness when two tabs append at once', async () => {
    const second = memoryPlace();
    const name = freshName();
    const open = () => openJournal({ name, second, kind: 'kiosk', clock: () => START });
    const [a, b] = await Promise.all([open(), open()]);
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? a : b).append([action(`tab#${index}`)])),
    );
    expect(
      made
        .flat()
        .map((entry) => entry.seq)
        .sort((x, y) => x - y),
    ).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const batch = await a.pending(all);
    let chain: Uint8Array = GENESIS;
    for (const [index, line] of batch!.lines.entries()) chain = chainStep(chain, index + 1, line);
    expect(await b.chainBefore(1, 21)).toEqual(chain);
    await Promise.all([a.close(), b.close()]);
  });

  it('tells listeners here and in other tabs', async () => {
    const second = memoryPlace();
    const name = freshName();
    const a = await openJournal({ name, second, kind: 'kiosk' });
    const b = await openJournal({ name, second, kind: 'kiosk' });
    const heard = new Promise<void>((resolve) => b.onChange(resolve));
    let here = 0;
    const stop = a.onChange(() => {
      here += 1;
    });
    await a.append([action()]);
    await heard;
    expect(here).toBe(1);
    stop();
    await a.append([action()]);
    expect(here).toBe(1);
    await Promise.all([a.close(), b.close()]);
    await expect(a.append([action()])).rejects.toMatchObject({ code: 'closed' });
  });

  it('stamps the clock offset known from the last receipt', async () => {
    const { journal } = await journalOf();
    await journal.append([action()]);
    await journal.accept(receiptOf({ received: [[1, 1]], skew: -90_000 }));
    const [entry] = await journal.append([action()]);
    expect(entry!.offset).toBe(-90_000);
    await journal.accept(
      receiptOf({ received: [[1, 2]], skew: 5, time: new Date(START + 61_000).toISOString() }),
      {
        offset: null,
      },
    );
    expect((await journal.state()).offset).toBe(-90_000);
    await journal.close();
  });
});

describe('entries', () => {
  it('filters by stream, time and kind, in order', async () => {
    let now = START;
    const { journal } = await journalOf({ clock: () => now });
    await journal.append([action()]);
    now += 60_000;
    await journal.append([{ kind: 'guidance', body: { topic: 'filing', n: 1 } }, action()]);
    const seqs = async (query: Parameters<Journal['entries']>[0]) =>
      (await journal.entries(query)).map((entry) => entry.seq);
    expect(await seqs({})).toEqual([1, 2, 3]);
    expect(await seqs({ from: START + 1 })).toEqual([2, 3]);
    expect(await seqs({ kinds: ['action'] })).toEqual([1, 3]);
    expect(await seqs({ from: START + 1, kinds: ['action'] })).toEqual([3]);
    expect(await seqs({ stream: 1, kinds: ['guidance'] })).toEqual([2]);
    expect(await seqs({ stream: 2 })).toEqual([]);
    await journal.close();
  });
});

describe('pending', () => {
  it('is one consecutive run within the bounds, oldest first, and can look behind a position', async () => {
    const { journal } = await journalOf();
    await journal.append(Array.from({ length: 6 }, () => action()));
    await journal.accept(receiptOf({ received: [[3, 3]] }));
    const seqs = (batch: Awaited<ReturnType<Journal['pending']>>) =>
      batch && [batch.first, batch.first + batch.lines.length - 1];
    expect(seqs(await journal.pending(all))).toEqual([1, 2]);
    expect(seqs(await journal.pending({ entries: 1, bytes: 1_000_000 }))).toEqual([1, 1]);
    expect(seqs(await journal.pending({ entries: 1_000, bytes: 1 }))).toEqual([1, 1]);
    expect(seqs(await journal.pending(all, { stream: 1, seq: 2 }))).toEqual([4, 6]);
    expect(await journal.pending(all, { stream: 1, seq: 6 })).toBeNull();
    expect((await journal.pending(all))!.unsent).toBe(5);
    await journal.close();
  });
});

describe('accept', () => {
  it('frees only received ranges, in both places, and keeps the lines as ledger', async () => {
    const { journal, second } = await journalOf();
    await journal.append([action(), action(), action()]);
    await journal.accept(receiptOf({ received: [[1, 2]] }));
    expect(await journal.state()).toMatchObject({ unsent: 1, lastReceipt: receiptOf().time });
    expect([...second.texts.keys()].filter((name) => name.startsWith('line'))).toEqual(['line-1-3']);
    expect(await journal.lines(1, 1, 3)).toHaveLength(3);
    await journal.close();
  });

  it('ignores an older receipt of the same epoch, even a smaller one', async () => {
    const { journal } = await journalOf();
    await journal.append([action(), action()]);
    await journal.accept(receiptOf({ received: [[1, 2]], skew: 7 }));
    await journal.accept(receiptOf({ received: [[1, 1]], time: new Date(START).toISOString(), skew: 9 }));
    expect(await journal.state()).toMatchObject({ unsent: 0, offset: 7 });
    await journal.close();
  });

  it('re-offers lines, in both places, when a later receipt or another epoch knows less', async () => {
    const { journal, second } = await journalOf();
    await journal.append([action(), action(), action()]);
    await journal.accept(receiptOf({ received: [[1, 3]] }));
    const later = new Date(START + 120_000).toISOString();
    await journal.accept(receiptOf({ received: [[1, 2]], time: later }));
    expect((await journal.state()).unsent).toBe(1);
    expect(second.texts.has('line-1-3')).toBe(true);
    await journal.accept(receiptOf({ received: [], epoch: 2, time: new Date(START - 5_000).toISOString() }));
    expect((await journal.state()).unsent).toBe(3);
    expect(second.texts.has('line-1-1')).toBe(true);
    await journal.accept(receiptOf({ received: [[1, 3]], time: new Date(START + 999_000).toISOString() }));
    expect((await journal.state()).unsent, 'the old epoch has no say any more').toBe(3);
    await journal.close();
  });

  it('never offers again under a new identity what the old one had delivered', async () => {
    const { journal } = await journalOf();
    await journal.append([action(), action(), action()]);
    await journal.accept(receiptOf({ received: [[1, 2]] }));
    await journal.accept(
      receiptOf({ device: 'device-2', received: [[3, 3]], time: new Date(START).toISOString() }),
    );
    expect((await journal.state()).unsent).toBe(0);
    await journal.close();
  });

  it('forgets a line only when it is old, received, and was in a verified backup for thirty days', async () => {
    const DAY = 86_400_000;
    let now = START;
    const { journal } = await journalOf({ clock: () => now });
    await journal.append([action(), action(), action()]);
    const hear = (durable: number) =>
      journal.accept(receiptOf({ received: [[1, 3]], durable, time: new Date(now).toISOString() }));
    await hear(0);
    now += 31 * DAY;
    await hear(2);
    expect(await journal.lines(1, 1, 3), 'the backup is fresh').toHaveLength(3);
    now += 29 * DAY;
    await hear(3);
    expect(await journal.lines(1, 1, 3)).toHaveLength(3);
    now += 2 * DAY;
    await hear(3);
    expect(await journal.lines(1, 1, 3), 'the third was in a backup for two days only').toHaveLength(1);
    expect(fromHex(toHex(await journal.chainBefore(1, 3)))).toHaveLength(32);
    const [entry] = await journal.append([action()]);
    expect(entry!.seq).toBe(4);
    await journal.close();
  });
});
