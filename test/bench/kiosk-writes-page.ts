/** Runs inside Chromium: one rating after another written by our journal, raw IndexedDB and PouchDB, in turns. */
import PouchDB from 'pouchdb-browser';
import type { EntryDraft } from '../../lib/domain/entry.ts';
import { openJournal, opfsPlace } from '../../lib/journal/index.ts';

export type WritesAnswer = { name: string; times: number[] }[];

declare global {
  interface Window {
    measureWrites: (rounds: number) => Promise<WritesAnswer>;
  }
}

const rating = (index: number): EntryDraft => ({
  kind: 'feedback',
  ref: `visit:${index}`,
  body: {
    questionnaire: 'quick@2',
    quarter: '2026-09-21T08:15',
    language: 'vi',
    counter: '3',
    durations: { quality: 4_210, attitude: 3_115, reasons: 6_050 },
    flags: [],
    outcome: 'completed',
    answers: { quality: 2, attitude: 4 },
    reasons: ['slow', 'unclear'],
  },
});

function openRaw(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('ratings', { keyPath: 'seq' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function put(db: IDBDatabase, row: object, durability: IDBTransactionDurability): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction('ratings', 'readwrite', { durability });
    transaction.objectStore('ratings').put(row);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** PouchDB asks for no durability; for these databases every transaction that writes asks for the strict one. */
function makeStrict(mark: string): void {
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const isOurs = mode === 'readwrite' && this.name.includes(mark);
    return real.call(this, stores, mode, isOurs ? { durability: 'strict' } : options);
  };
}

window.measureWrites = async (rounds) => {
  const mark = crypto.randomUUID();
  const raw = await openRaw(`raw-${mark}`);
  const relaxed = await openRaw(`relaxed-${mark}`);
  const pouch = new PouchDB(`pouch-${mark}`);
  const strictMark = `strict-${mark}`;
  makeStrict(strictMark);
  const strictPouch = new PouchDB(strictMark);
  const journal = await openJournal({
    name: `bench-${mark}`,
    second: opfsPlace(`second-${mark}`),
    kind: 'kiosk',
  });
  let seq = 0;
  const next = () => {
    seq += 1;
    return { seq, ...rating(seq) };
  };
  const document = () => {
    const { seq: number, ...draft } = next();
    return { _id: String(number), ...draft };
  };
  const contenders: [string, () => Promise<unknown>][] = [
    ['raw IndexedDB, strict, one copy (floor)', () => put(raw, next(), 'strict')],
    [
      'our journal: strict, numbered, chained, and a second copy in OPFS',
      () => journal.append([rating(++seq)]),
    ],
    ['PouchDB made strict, one copy', () => strictPouch.put(document())],
    ['PouchDB as it ships: relaxed, one copy', () => pouch.put(document())],
    ['raw IndexedDB, relaxed, one copy', () => put(relaxed, next(), 'relaxed')],
  ];
  const answer: WritesAnswer = contenders.map(([name]) => ({ name, times: [] }));
  for (const [, write] of contenders) for (let turn = 0; turn < 10; turn += 1) await write();
  for (let turn = 0; turn < rounds; turn += 1) {
    for (let place = 0; place < contenders.length; place += 1) {
      const index = (place + turn) % contenders.length;
      const begun = performance.now();
      await contenders[index]![1]();
      answer[index]!.times.push(performance.now() - begun);
    }
  }
  if ((await journal.state()).storage !== 'ok') throw new Error('the journal says its storage is broken');
  await journal.close();
  await Promise.all([pouch.close(), strictPouch.close()]);
  raw.close();
  relaxed.close();
  return answer;
};
