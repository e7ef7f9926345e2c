/**
 * Actions of the person on duty, each confirmed by the page.
 *
 *   gesture ── arm ──> storage.session by tab and frame ──(reload)──> hello gives it to the next document
 *   page's word ── confirm ──> claim (first document wins) ──> journal (unique ref) ──> disarm ──> answer
 */
import { parseDossierCode } from '../domain/codes.ts';
import { admit, answerOf, type Of, personOnDuty, rowCode } from './admission.ts';
import type { Deps, Sender } from './deps.ts';
import { noteAnswered, noteUnanswered } from './health-handlers.ts';
import type { Outcome } from './messages.ts';
import type { ArmedAction, PageRef, StoredAnswer } from './page-messages.ts';
import { actionDraft, countOf, refOf } from './recorder.ts';
import { record, showState } from './state.ts';

const KEEP_CLAIMS = 300;
const done = { ok: true } as const;

/** Where an armed action waits. A frame that reloads keeps its id in the top document; other frames get new ones. */
const placeOf = (sender: Sender) => `${sender.tab}.${sender.frame}`;

/** Under which the first document to speak of a gesture is known. */
const claimOf = (armed: ArmedAction, sender: Sender) => `${placeOf(sender)}.${armed.rule}@${armed.at}`;

/** The gesture that waits in this place and may still be confirmed, or null. */
export async function waitingIn(deps: Deps, sender: Sender): Promise<ArmedAction | null> {
  const waiting = (await deps.session.armed.get())[placeOf(sender)]?.armed ?? null;
  return waiting && waiting.at + waiting.within >= deps.clock() ? waiting : null;
}

/** An action waits for the page's word. The person's own gesture woke the worker: nothing else happens yet. */
export async function arm(deps: Deps, message: Of<'page-worker/arm'>, sender: Sender): Promise<Outcome> {
  const now = deps.clock();
  let before: ArmedAction | null = null;
  await deps.session.armed.update((all) => {
    before = all[placeOf(sender)]?.armed ?? null;
    return {
      ...Object.fromEntries(Object.entries(all).filter(([, { armed }]) => armed.at + armed.within >= now)),
      [placeOf(sender)]: { armed: { ...message.armed, codes: [...message.armed.codes] } },
    };
  });
  await noteUnanswered(deps, message, before, sender);
  return done;
}

export async function disarm(
  deps: Deps,
  message: Of<'page-worker/disarm'>,
  sender: Sender,
): Promise<Outcome> {
  await deps.session.armed.update((all) =>
    all[placeOf(sender)]?.armed.rule === message.rule ? without(all, placeOf(sender)) : all,
  );
  return done;
}

/**
 * A gesture of the document before that no worker answered. It may have been heard after all: then it is armed, or
 * confirmed, already.
 */
export async function armLate(deps: Deps, message: Of<'page-worker/arm'>, sender: Sender): Promise<void> {
  const { isSent: _, ...armed } = message.armed;
  const [known, claims] = await Promise.all([deps.session.armed.get(), deps.session.claims.get()]);
  const other = known[placeOf(sender)]?.armed;
  if (claims[claimOf(armed, sender)] !== undefined || (other && other.at >= armed.at)) return;
  await arm(deps, { ...message, armed }, sender);
}

/** The page confirmed: one action entry, however often and from whichever document it is told. */
export async function confirm(
  deps: Deps,
  message: Of<'page-worker/confirm'>,
  sender: Sender,
): Promise<StoredAnswer> {
  const admitted = await admit(deps, sender, message.context);
  if ('stored' in admitted) {
    await disarm(deps, { type: 'page-worker/disarm', rule: message.armed.rule }, sender);
    return admitted;
  }
  const { binding, device } = admitted;
  const ref = await claimedRef(deps, message.armed, message.ref, sender);
  const keys = await Promise.all(
    message.armed.codes.map((code) =>
      device.keysOf(parseDossierCode(code) === null ? rowCode(binding.tenant, code) : code),
    ),
  );
  const draft = actionDraft(
    {
      armed: message.armed,
      confirm: message.confirm,
      count: message.count,
      page: message.context,
      system: binding.tenant,
    },
    [...new Set(keys.flat())],
    await personOnDuty(deps),
    ref,
  );
  const recorded = await record(deps, [draft]);
  if (recorded === 'stored') {
    await disarm(deps, { type: 'page-worker/disarm', rule: message.armed.rule }, sender);
    await noteAnswered(deps, message, sender);
    await showState(deps);
  }
  return answerOf(recorded, countOf(message.armed, message.count));
}

/**
 * A full reload lets two documents confirm the same gesture. The first to speak names the entry; a later document
 * gets that same ref, so whichever of the two reaches the journal, it is there once.
 */
async function claimedRef(deps: Deps, armed: ArmedAction, ref: PageRef, sender: Sender): Promise<string> {
  const name = claimOf(armed, sender);
  const claims = await deps.session.claims.update((all) => {
    if (all[name] !== undefined) return all;
    const kept = Object.entries(all).slice(-KEEP_CLAIMS);
    return { ...Object.fromEntries(kept), [name]: { document: ref.document, ref: refOf(ref), at: armed.at } };
  });
  const claim = claims[name];
  return claim === undefined || claim.document === ref.document ? refOf(ref) : claim.ref;
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
