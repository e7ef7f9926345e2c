import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../../lib/journal/migrations/index.ts';
import { action, destroyDatabase, freshName, memoryPlace, openKiosk, openRaw, unsent } from './helpers.ts';

describe('writes that fail', () => {
  /** Every write calls `fault` with its transaction after it was asked for. Returns the mender. */
  function onWrites(fault: (transaction: IDBTransaction) => void): () => void {
    const { add, put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...args: Parameters<typeof add>) {
      const asked = add.apply(this, args);
      fault(this.transaction);
      return asked;
    };
    IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
      const asked = put.apply(this, args);
      fault(this.transaction);
      return asked;
    };
    return () => {
      IDBObjectStore.prototype.add = add;
      IDBObjectStore.prototype.put = put;
    };
  }

  /** The next `times` transactions that write are aborted by the platform, as on a full disk. */
  function failWrites(times: number): { mend: () => void; failed: () => number } {
    const failed = new Set<IDBTransaction>();
    const mend = onWrites((transaction) => {
      if (failed.has(transaction) || failed.size >= times) return;
      failed.add(transaction);
      transaction.abort();
    });
    return { mend, failed: () => failed.size };
  }

  it('one failure is retried on a reopened database and nothing is doubled', async () => {
    const name = freshName();
    const journal = await openKiosk(name, memoryPlace());
    const { mend, failed } = failWrites(1);
    try {
      const [entry] = await journal.append([action()]);
      expect(entry!.seq).toBe(1);
    } finally {
      mend();
    }
    expect(failed()).toBe(1);
    expect(await journal.state()).toMatchObject({ head: 1, storage: 'ok' });
    await journal.close();
  });

  it('a second failure rejects, says broken, and a write that works heals', async () => {
    const name = freshName();
    const second = memoryPlace();
    const journal = await openKiosk(name, second);
    await journal.append([action()]);
    const { mend, failed } = failWrites(1_000);
    try {
      await expect(journal.append([action()])).rejects.toMatchObject({ code: 'storage' });
      expect(await journal.state()).toMatchObject({ storage: 'broken', head: 1 });
      expect(failed()).toBeGreaterThan(1);
    } finally {
      mend();
    }
    expect(await journal.state()).toMatchObject({ storage: 'ok', head: 1 });
    const [entry] = await journal.append([action()]);
    expect(entry!.seq).toBe(2);
    await journal.close();
  });

  it('a commit whose answer was lost is found again, not written twice', async () => {
    const name = freshName();
    const journal = await openKiosk(name, memoryPlace());
    let cut = 0;
    const mend = onWrites((transaction) => {
      if (cut > 0) return;
      cut += 1;
      // The write is committed, but what the program hears is an abort.
      transaction.oncomplete = (event) => transaction.onabort?.call(transaction, event);
    });
    try {
      const entries = await journal.append([action(), action()]);
      expect(entries.map((entry) => entry.seq)).toEqual([1, 2]);
    } finally {
      mend();
    }
    expect(cut).toBe(1);
    expect((await journal.state()).head).toBe(2);
    await journal.close();
  });

  it('a second place that fails twice rejects; the same ref later gives the same entry, in both places', async () => {
    const name = freshName();
    const second = memoryPlace();
    const journal = await openKiosk(name, second);
    second.isBroken = true;
    await expect(journal.append([action('once')])).rejects.toMatchObject({ code: 'storage' });
    expect((await journal.state()).storage).toBe('broken');
    second.isBroken = false;
    const [entry] = await journal.append([action('once')]);
    expect(entry!.seq).toBe(1);
    expect(second.texts.has('line-1-1')).toBe(true);
    expect(await journal.state()).toMatchObject({ storage: 'ok', head: 1 });
    await journal.close();
  });

  it('opens even when nothing can be opened, and says so', async () => {
    const second = memoryPlace();
    second.isBroken = true;
    const journal = await openKiosk(freshName(), second);
    expect(await journal.state()).toMatchObject({ storage: 'broken', stream: 0 });
    second.isBroken = false;
    expect(await journal.state()).toMatchObject({ storage: 'ok', stream: 1 });
    await journal.close();
  });

  it('site data cleared under a running journal: unsent lines survive, the next stream opens', async () => {
    const name = freshName();
    const journal = await openKiosk(name, memoryPlace());
    await journal.append([action('kept')]);
    const before = await unsent(journal);
    await destroyDatabase(name);
    const [entry] = await journal.append([action()]);
    expect(entry!.stream).toBe(2);
    const after = await unsent(journal);
    for (const [place, line] of before) expect(after.get(place)).toBe(line);
    await journal.close();
  });

  it('gives way to a newer version and reopens', async () => {
    const name = freshName();
    const journal = await openKiosk(name, memoryPlace());
    await journal.append([action()]);
    // Only possible when the journal closes its connection; a newer program would migrate here.
    const raw = await openRaw(name, migrations.length * 10 + 1);
    raw.close();
    const [entry] = await journal.append([action()]);
    expect(entry!.seq).toBe(2);
    await journal.close();
  });
});
