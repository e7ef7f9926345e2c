/** Who may record, and how a recording is answered. */
import type { Deps, DeviceDoor, Sender } from './deps.ts';
import { onDuty } from './duty.ts';
import type { Binding } from './messages.ts';
import type { PageContext, PageToWorker, StoredAnswer } from './page-messages.ts';
import { bindingOf, type Recorded, recordingState } from './state.ts';

export type Of<T extends PageToWorker['type']> = Extract<PageToWorker, { type: T }>;

const final = (reason: string): StoredAnswer => ({ stored: false, counted: 0, reason, isFinal: true });

/** The answer to a recording that stands for `counted` dossiers or documents. */
export function answerOf(recorded: Recorded, counted: number): StoredAnswer {
  if (recorded === 'stored') return { stored: true, counted, isFinal: true };
  return recorded === 'refused'
    ? final('malformed')
    : { stored: false, counted: 0, reason: 'storageBroken', isFinal: false };
}

/** What every recording message needs, or the final refusal. */
export async function admit(
  deps: Deps,
  sender: Sender,
  context: PageContext,
): Promise<{ readonly binding: Binding; readonly device: DeviceDoor } | StoredAnswer> {
  const state = await recordingState(deps);
  if (state === 'notActivated' || state === 'paused') return final(state);
  const [binding, device] = await Promise.all([bindingOf(deps, sender.origin), deps.device()]);
  if (binding === null || device === null) return final('hostNotBound');
  if (await deps.packs.isRetired(context.pack)) return final('packRetired');
  return { binding, device };
}

/** Id of the person on duty, null while nobody is. */
export async function personOnDuty(deps: Deps): Promise<string | null> {
  return (await onDuty({ people: deps.local.people, duty: deps.session.duty }))?.id ?? null;
}

/** A row id is only unique within its system. */
export function rowCode(tenant: string, id: string): string {
  return `${tenant}/${id}`;
}
