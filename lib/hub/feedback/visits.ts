/** What entries say of visits, returns and kiosks becomes rows, inside the ingest transaction (`lib/hub/ingest/store.ts`). */
import { join } from 'node:path';
import type { EntryOf } from '../../domain/entry.ts';
import type { Query } from '../database/db.ts';
import { loadQueries } from '../database/queries.ts';
import type { EffectiveEntry } from '../ingest/effects.ts';

export const sql = loadQueries(join(import.meta.dirname, 'visits.sql'), [
  'addVisits',
  'voidVisits',
  'addReturns',
  'keepWords',
  'visitDifference',
  'returnDifference',
  'releaseDifference',
  'dropStrangeVisits',
  'repairVisits',
  'repairReturns',
]);

interface Place {
  readonly province: string;
  readonly device: string;
  readonly stream: number;
}

/**
 * Keeps the visits among the new entries of a batch (those void already as well) and marks those that became void. A visit
 * that was released before stays in its group: taking one answer out would show whose it was.
 */
export async function keepVisits(
  query: Query,
  { province, device, stream }: Place,
  fresh: readonly { readonly kind: string; readonly seq: number }[],
  gone: readonly EffectiveEntry[],
): Promise<void> {
  const seqs = fresh.flatMap((entry) => (entry.kind === 'feedback' ? [entry.seq] : []));
  if (seqs.length > 0) await query(sql.addVisits, [province, device, stream, seqs]);
  const voided = gone.filter(({ entry }) => entry.kind === 'feedback');
  if (voided.length > 0) await query(sql.voidVisits, [province, ...namesOf(voided)]);
}

/** Adds the confirmed returns that came and takes away those that became void. */
export async function countReturns(
  query: Query,
  province: string,
  came: readonly EffectiveEntry[],
  gone: readonly EffectiveEntry[],
): Promise<void> {
  const added = came.filter(isReturn);
  const taken = gone.filter(isReturn);
  if (added.length + taken.length === 0) return;
  const signs = [...added.map(() => 1), ...taken.map(() => -1)];
  await query(sql.addReturns, [province, ...namesOf([...added, ...taken]), signs]);
}

function isReturn({ entry }: EffectiveEntry): boolean {
  return entry.kind === 'action' && entry.body.action === 'return';
}

function namesOf(entries: readonly EffectiveEntry[]): [string[], number[], number[]] {
  return [
    entries.map((one) => one.device),
    entries.map(({ entry }) => entry.stream),
    entries.map(({ entry }) => entry.seq),
  ];
}

/** Keeps the latest word of a kiosk on each topic; an older one never replaces a newer one. */
export async function keepKioskWords(
  query: Query,
  { province, device, stream }: Place,
  came: readonly EffectiveEntry[],
): Promise<void> {
  const last = new Map<string, EntryOf<'health'>>();
  for (const { entry } of came) {
    if (entry.kind !== 'health') continue;
    const before = last.get(entry.body.topic);
    if (before === undefined || timeOf(before) <= timeOf(entry)) last.set(entry.body.topic, entry);
  }
  if (last.size === 0) return;
  const words = [...last.values()];
  await query(sql.keepWords, [
    ...[province, device, stream, words.map((one) => one.body.topic), words.map((one) => one.body.state)],
    words.map((one) => JSON.stringify(one.body.detail ?? {})),
    words.map((one) => new Date(timeOf(one)).toISOString()),
    words.map((one) => one.seq),
  ]);
}

function timeOf({ at, offset }: EntryOf<'health'>): number {
  return Date.parse(at) + (offset ?? 0);
}
