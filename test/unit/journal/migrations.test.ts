import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { chainStep, GENESIS, toHex } from '../../../lib/batch/index.ts';
import { openJournal } from '../../../lib/journal/index.ts';
import { migrations } from '../../../lib/journal/migrations/index.ts';
import { freshName, memoryPlace } from './helpers.ts';

/** A line as version 1 wrote it: never rewritten by any migration. */
const LINE =
  '{"v":1,"stream":1,"seq":1,"at":"2026-09-21T01:00:00.000Z","boot":"b1","offset":null,"kind":"guidance","body":{"topic":"filing","n":1}}';

/** The database exactly as version 1 laid it out, made without our code (Dexie's version 1 is IndexedDB's 10). */
async function buildVersion1(name: string): Promise<void> {
  const chain = toHex(chainStep(GENESIS, 1, LINE));
  await new Promise<void>((resolve, reject) => {
    const asked = indexedDB.open(`nmc-journal-${name}`, 10);
    asked.onerror = () => reject(asked.error);
    asked.onupgradeneeded = () => {
      const lines = asked.result.createObjectStore('lines', { keyPath: ['stream', 'seq'] });
      lines.createIndex('ref', 'ref', { unique: true });
      lines.createIndex('at', 'at');
      lines.createIndex('kind', 'kind');
      asked.result.createObjectStore('streams', { keyPath: 'stream' });
      asked.result.createObjectStore('meta', { keyPath: 'key' });
      lines.put({
        stream: 1,
        seq: 1,
        line: LINE,
        prev: toHex(GENESIS),
        chain,
        at: Date.parse('2026-09-21T01:00:00.000Z'),
        kind: 'guidance',
      });
      asked.transaction!.objectStore('streams').put({
        stream: 1,
        head: 1,
        chain,
        received: [],
        settled: [],
        device: null,
        epoch: 0,
        receiptTime: 0,
        durable: [],
        isMarked: false,
      });
      asked.transaction!.objectStore('meta').put({
        key: 'journal',
        stream: 1,
        lastReceipt: null,
        offset: 1234,
        lastAppend: null,
        reported: [],
        prunedAt: 0,
      });
    };
    asked.onsuccess = () => {
      asked.result.close();
      resolve();
    };
  });
}

describe('migrations', () => {
  it('are numbered 1, 2, 3, …', () => {
    expect(migrations.map((one) => one.version)).toEqual(migrations.map((_, index) => index + 1));
  });

  it('a store of version 1 opens, keeps its line byte for byte and goes on numbering', async () => {
    const name = freshName();
    await buildVersion1(name);
    const second = memoryPlace();
    const journal = await openJournal({ name, second, kind: 'extension' });
    expect(await journal.lines(1, 1, 1)).toEqual([LINE]);
    const [entry] = await journal.append([{ kind: 'guidance', body: { topic: 'payment', n: 1 } }]);
    expect(entry).toMatchObject({ stream: 1, seq: 2, offset: 1234 });
    expect(second.texts.get('line-1-1')).toContain(LINE);
    expect(await journal.state()).toMatchObject({ head: 2, unsent: 2, storage: 'ok' });
    const since = Date.parse('2026-09-21T01:00:00.000Z');
    const found = await journal.entries({ from: since, kinds: ['guidance'] });
    expect(found.map(({ seq }) => seq)).toEqual([1, 2]);
    expect((await journal.entries({ from: since + 1, kinds: ['guidance'] })).map(({ seq }) => seq)).toEqual([
      2,
    ]);
    await journal.close();
  });
});
