/** Runs inside Chromium: writes to the real journal without pause and says what was acknowledged, until it is killed. */
import type { EntryDraft } from '../../lib/domain/entry.ts';
import { openJournal, opfsPlace } from '../../lib/journal/index.ts';

declare global {
  interface Window {
    /** Appends for ever; `acknowledged` is told each number once it is durable. */
    write(from: number): Promise<void>;
    /** Every number in the journal, in order, and the storage state. */
    read(): Promise<{ numbers: number[]; storage: string; stream: number }>;
    acknowledged(number: number): Promise<void>;
  }
}

const draft = (n: number): EntryDraft => ({
  kind: 'guidance',
  ref: `faults#${n}`,
  body: { topic: 'filing', n },
});
const open = () => openJournal({ name: 'nmc-faults', second: opfsPlace('nmc-faults'), kind: 'kiosk' });

window.write = async (from) => {
  const journal = await open();
  for (let n = from; ; n += 1) {
    await journal.append([draft(n)]);
    void window.acknowledged(n);
  }
};

window.read = async () => {
  const journal = await open();
  const entries = await journal.entries({ kinds: ['guidance'] });
  const { storage, stream } = await journal.state();
  return {
    numbers: entries.flatMap((entry) => (entry.kind === 'guidance' ? [entry.body.n] : [])),
    storage,
    stream,
  };
};
