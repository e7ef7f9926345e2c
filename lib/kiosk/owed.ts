/** What an earlier run mirrored, read back with care: anything that cannot be an entry or its comment is dropped. */
import { commentsRequestSchema } from '../batch/index.ts';
import { type EntryDraft, readLine } from '../domain/entry.ts';
import type { WrittenComment } from './visit.ts';

export interface Owed {
  readonly drafts: readonly EntryDraft[];
  readonly comments: readonly WrittenComment[];
}

/** What a mirror text holds that can still be stored. */
export function readOwed(mirror: string | null): Owed {
  const raw = listIn(mirror);
  return { drafts: raw.filter(isDraft), comments: raw.flatMap(commentIn) };
}

function listIn(text: string | null): unknown[] {
  try {
    const raw: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(raw) ? raw : [];
  } catch {
    return [];
  }
}

function commentIn(raw: unknown): WrittenComment[] {
  if (typeof raw !== 'object' || raw === null || !('comment' in raw)) return [];
  const parsed = commentsRequestSchema.safeParse({ comments: [raw.comment] });
  return parsed.success ? parsed.data.comments : [];
}

function isDraft(raw: unknown): raw is EntryDraft {
  if (typeof raw !== 'object' || raw === null) return false;
  const identity = { v: 1, stream: 1, seq: 1, at: new Date(0).toISOString(), boot: 'mirror', offset: null };
  const reading = readLine(JSON.stringify({ ...raw, ...identity }));
  return reading.ok && (reading.entry.kind === 'feedback' || reading.entry.kind === 'guidance');
}
