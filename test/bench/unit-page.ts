/** Runs inside Chromium: the unit page takes hand-over files, beside raw IndexedDB taking the same lines. */
import { openUnit } from '../../lib/unit/index.ts';
import { makeTraffic } from './ingest-traffic.ts';

export interface UnitRequest {
  readonly lines: number;
  readonly files: number;
  readonly repeats: number;
}

export type UnitAnswer = { name: string; rates: number[] }[];

declare global {
  interface Window {
    measureUnit: (request: UnitRequest) => Promise<UnitAnswer>;
  }
}

function openRaw(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore('lines', { keyPath: ['device', 'stream', 'seq'] });
      store.createIndex('keys', 'keys', { multiEntry: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function putStrict(db: IDBDatabase, rows: readonly object[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction('lines', 'readwrite', { durability: 'strict' });
    for (const row of rows) transaction.objectStore('lines').put(row);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

window.measureUnit = async ({ lines, files, repeats }) => {
  const mark = crypto.randomUUID();
  const raw = await openRaw(`raw-${mark}`);
  const book = await openUnit({ name: `unit-${mark}` });
  await book.createUnit({ name: 'Xã Ví Dụ', agencyCodes: ['H41.17'] });
  const floor: number[] = [];
  const ours: number[] = [];
  for (let turn = 0; turn <= repeats; turn += 1) {
    const traffic = await makeTraffic('bench', `d${turn}`, lines, files);
    const records = traffic.records.map((text) => JSON.parse(text) as { line: string }[]);
    const rows = records.map((batch) =>
      batch.map((row) => ({
        ...row,
        keys: (JSON.parse(row.line) as { body: { keys: string[] } }).body.keys,
      })),
    );
    const begun = performance.now();
    for (const batch of rows) await putStrict(raw, batch);
    const between = performance.now();
    const named = traffic.batches.map((bytes, at) => ({ name: `${at}.nmc`, bytes }));
    await book.importFiles(named.slice(0, 1));
    await book.acceptDevice(traffic.device);
    await book.importFiles(named.slice(1));
    const ended = performance.now();
    if (turn === 0) continue;
    floor.push((lines * files * 1_000) / (between - begun));
    ours.push((lines * files * 1_000) / (ended - between));
  }
  const census = await book.census();
  const kept = census.reduce((sum, one) => sum + one.lines, 0);
  if (kept !== lines * files * (repeats + 1)) throw new Error(`the book holds ${kept} lines`);
  await book.close();
  raw.close();
  return [
    { name: 'raw IndexedDB, strict, same lines and key index (floor)', rates: floor },
    { name: 'importFiles: verify, dedupe, merge, roll-up, archive', rates: ours },
  ];
};
