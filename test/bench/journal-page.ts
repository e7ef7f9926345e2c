/** Runs inside Chromium: the journal's append beside raw IndexedDB with strict durability, in turns. */
import type { EntryDraft } from '../../lib/domain/entry.ts';
import { openJournal, opfsPlace, type SecondPlace } from '../../lib/journal/index.ts';

export interface PageRequest {
  /** Appends per turn, entries per append, turns. */
  readonly appends: number;
  readonly entries: number;
  readonly repeats: number;
}

export type PageAnswer = { name: string; rates: number[] }[];

declare global {
  interface Window {
    measureJournal: (request: PageRequest) => Promise<PageAnswer>;
  }
}

const draft = (index: number): EntryDraft => ({
  kind: 'dossier',
  body: {
    keys: [`e1:${String(index).padEnd(22, '-')}`],
    system: 'practice',
    pack: 'igate2@1.0.0',
    page: 'list',
    rank: 2,
    locator: 0,
    seen: '2026-09-21T02:00:00.000Z',
    arrived: '2026-09-21T02:00:00.000Z',
    facts: { channel: 'online', received: '2026-09-01', due: '2026-09-30', status: 'processing' },
  },
});

function memoryPlace(): SecondPlace {
  const lines = new Map<string, string>();
  return {
    put: async (texts) => texts.forEach((text, name) => void lines.set(name, text)),
    remove: async (names) => {
      for (const name of names) lines.delete(name);
    },
    all: async () => new Map(lines),
  };
}

function openRaw(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('lines', { keyPath: 'seq' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function putStrict(db: IDBDatabase, rows: readonly { seq: number; line: string }[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction('lines', 'readwrite', { durability: 'strict' });
    for (const row of rows) transaction.objectStore('lines').put(row);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

window.measureJournal = async ({ appends, entries, repeats }) => {
  const mark = crypto.randomUUID();
  const raw = await openRaw(`raw-${mark}`);
  const inMemory = await openJournal({ name: `memory-${mark}`, second: memoryPlace(), kind: 'extension' });
  const onDisk = await openJournal({
    name: `opfs-${mark}`,
    second: opfsPlace(`second-${mark}`),
    kind: 'kiosk',
  });
  let seq = 0;
  const next = () => Array.from({ length: entries }, () => draft(++seq));
  const rows = () => next().map((one, at) => ({ seq: seq - at, line: JSON.stringify(one) }));
  const contenders: [string, () => Promise<unknown>][] = [
    ['raw IndexedDB, strict (floor: no seq, no chain, one copy)', () => putStrict(raw, rows())],
    ['journal.append, second place in memory', () => inMemory.append(next())],
    ['journal.append, second place in OPFS (kiosk)', () => onDisk.append(next())],
  ];
  const answer: PageAnswer = contenders.map(([name]) => ({ name, rates: [] }));
  for (const [, append] of contenders) for (let turn = 0; turn < 5; turn += 1) await append();
  for (let turn = 0; turn < repeats; turn += 1) {
    for (let place = 0; place < contenders.length; place += 1) {
      const index = (place + turn) % contenders.length;
      const begun = performance.now();
      for (let count = 0; count < appends; count += 1) await contenders[index]![1]();
      answer[index]!.rates.push((appends * entries * 1_000) / (performance.now() - begun));
    }
  }
  const state = await inMemory.state();
  if (state.storage !== 'ok') throw new Error('the journal says its storage is broken');
  await Promise.all([inMemory.close(), onDisk.close()]);
  raw.close();
  return answer;
};
