/**
 * What the citizens did, held against what the hub has. A visit is one of three:
 *
 *   thanked    every question answered and the thanks on the screen: at the hub exactly once, with these answers
 *   tapped     every question answered, thanks never seen: the citizen's answer all the same; at most once, with these answers
 *   begun      not every question answered: at most once, and only as abandoned, without any answer
 */
import type { EntryOf } from '../../lib/domain/entry.ts';
import type { Seen } from './kiosk-robot.ts';
import type { HubEntry } from './kiosk-world.ts';

export interface Account {
  /** Takes what the page said. */
  readonly saw: (seen: Seen) => void;
  /** The answers a visit gives, before it gives them. */
  readonly plan: (answers: readonly [number, number]) => void;
  readonly thanked: ReadonlySet<string>;
  readonly tapped: ReadonlySet<string>;
  /** Milliseconds between the last tap and the thanks, of those that were thanked. */
  readonly waits: readonly number[];
  /** Sentences about every visit that is not at the hub as it should be, and how many were lost or doubled. */
  verdict(entries: readonly HubEntry[]): Verdict;
}

export interface Verdict {
  readonly lost: number;
  readonly doubled: number;
  /** Counted as answered though not every question was, or with other answers. */
  readonly falselyAnswered: number;
  readonly notes: readonly string[];
}

export function openAccount(): Account {
  const begun = new Map<string, readonly [number, number]>();
  const tapped = new Map<string, number>();
  const thanked = new Set<string>();
  const waits: number[] = [];
  let planned: readonly [number, number] = [0, 0];
  return {
    saw({ type, id }) {
      if (type === 'started') begun.set(id, planned);
      else if (type === 'tapped') tapped.set(id, Date.now());
      else {
        thanked.add(id);
        waits.push(Date.now() - (tapped.get(id) ?? Date.now()));
      }
    },
    plan(answers) {
      planned = answers;
    },
    thanked,
    get tapped() {
      return new Set(tapped.keys());
    },
    waits,
    verdict(entries) {
      const visits = visitsOf(entries);
      const notes: string[] = [];
      let [lost, doubled, falselyAnswered] = [0, 0, 0];
      for (const id of thanked) {
        if (visits.get(id)?.some(({ body }) => body.outcome === 'completed')) continue;
        lost += 1;
        notes.push(`${id}: thanked and not at the hub as answered`);
      }
      for (const [id, all] of visits) {
        if (all.length > 1) {
          doubled += 1;
          notes.push(`${id}: ${all.length} times at the hub`);
        }
        for (const { body } of all) {
          const problem = problemOf(body, begun.get(id), tapped.has(id));
          if (problem === null) continue;
          falselyAnswered += 1;
          notes.push(`${id}: ${problem}`);
        }
      }
      return { lost, doubled, falselyAnswered, notes };
    },
  };
}

function problemOf(
  body: EntryOf<'feedback'>['body'],
  answers: readonly [number, number] | undefined,
  isTapped: boolean,
): string | null {
  if (!answers) return 'nobody gave this one';
  if (body.outcome === 'abandoned') return body.answers === undefined ? null : 'abandoned, with answers';
  if (!isTapped) return 'counted as answered before every question was';
  const isSame = body.answers?.quality === answers[0] && body.answers.attitude === answers[1];
  return isSame ? null : 'other answers than were tapped';
}

/** The feedback entries by visit id. */
function visitsOf(entries: readonly HubEntry[]): Map<string, EntryOf<'feedback'>[]> {
  const visits = new Map<string, EntryOf<'feedback'>[]>();
  for (const { entry } of entries) {
    if (entry.kind !== 'feedback') continue;
    const id = (entry.ref ?? '').replace(/^visit:/, '');
    visits.set(id, [...(visits.get(id) ?? []), entry]);
  }
  return visits;
}
