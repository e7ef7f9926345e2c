/** What the panel and the popup ask for: the day, undo, pause. */
import type { EntryDraft } from '../domain/entry.ts';
import type { Deps } from './deps.ts';
import { onDuty } from './duty.ts';
import type { Outcome } from './messages.ts';
import { record, showState } from './state.ts';

const done = { ok: true } as const;

/** Takes back an action or hand entry of the person on duty. Twice is once: the ref names the target. */
export async function undo(deps: Deps, stream: number, seq: number): Promise<Outcome> {
  const [device, person] = await Promise.all([
    deps.device(),
    onDuty({ people: deps.local.people, duty: deps.session.duty }),
  ]);
  if (device === null) return { ok: false, code: 'notActivated' };
  const entries = await (await deps.journal()).entries({ stream, kinds: ['action', 'manual'] });
  const target = entries.find((entry) => entry.seq === seq);
  if (target === undefined) return { ok: false, code: 'noSuchEntry' };
  if ((target.person ?? null) !== (person?.id ?? null)) return { ok: false, code: 'notYours' };
  const draft: EntryDraft = {
    kind: 'void',
    ref: `void#${stream}.${seq}`,
    ...(person === null ? {} : { person: person.id }),
    body: { target: { device: device.id, stream, seq }, reason: 'Người trực hoàn tác' },
  };
  const recorded = await record(deps, [draft]);
  await showState(deps);
  return recorded === 'stored' ? done : { ok: false, code: 'storageBroken' };
}

/** Stops or resumes recording. Both are written down: a gap is honest, never silent. */
export async function pause(deps: Deps, paused: boolean): Promise<Outcome> {
  const since = await deps.local.pausedSince.get();
  if (paused === (since !== null)) return done;
  const now = deps.clock();
  const began = since ?? now;
  if ((await deps.device()) !== null) {
    const recorded = await record(deps, [
      {
        kind: 'health',
        ref: `pause#${began}.${paused ? 'start' : 'end'}`,
        body: {
          topic: 'recording',
          state: paused ? 'paused' : 'resumed',
          detail: { since: new Date(began).toISOString() },
        },
      },
    ]);
    // Pausing is a person's right even when it cannot be written down; resuming waits for a store that works.
    if (recorded !== 'stored' && !paused) return { ok: false, code: 'storageBroken' };
  }
  await deps.local.pausedSince.set(paused ? now : null);
  await showState(deps);
  return done;
}
