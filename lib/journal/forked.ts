/**
 * Lines the hub set aside as a fork: a restored image wrote on under numbers the hub already has with other bytes. They count as
 * received there, so nobody would ever send them again; their content is recorded anew under numbers that are free.
 */
import { hasSeq, type Range, type Receipt } from '../batch/index.ts';
import type { EntryDraft } from '../domain/entry.ts';
import { entryOf } from './append.ts';
import type { LineRow, Store } from './store.ts';

/** What must be recorded again, and the numbers it leaves. */
export interface Forked {
  readonly drafts: EntryDraft[];
  readonly places: [number, number][];
}

/**
 * Takes back the lines of a receipt's stream that it names as forks and that it is the first to call received: a line
 * received earlier is the one the hub kept (the fork is then another machine's, a copy of this one). Lines this version cannot
 * read stay as they are. Call inside a transaction over all tables.
 */
export async function takeBackForked(
  store: Store,
  { stream, quarantined }: Pick<Receipt, 'stream' | 'quarantined'>,
  before: readonly Range[],
): Promise<Forked> {
  const seqs = new Set(
    quarantined.filter(({ seq, code }) => code === 'fork' && !hasSeq(before, seq)).map(({ seq }) => seq),
  );
  const drafts: EntryDraft[] = [];
  const places: [number, number][] = [];
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    const row = await store.lines.get([stream, seq]);
    const draft = row && draftOf(row);
    if (!draft) continue;
    await store.lines.delete([stream, seq]);
    drafts.push(draft);
    places.push([stream, seq]);
  }
  return { drafts, places };
}

function draftOf(row: LineRow): EntryDraft | null {
  const entry = entryOf(row);
  if (!entry) return null;
  const { kind, body, person, ref } = entry;
  return {
    kind,
    body,
    ...(person === undefined ? {} : { person }),
    ...(ref === undefined ? {} : { ref }),
  } as EntryDraft;
}
