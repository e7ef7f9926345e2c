/** What a host page asks for itself: its pack, its second half, the panel. */
import { confirm, waitingIn } from './action-handlers.ts';
import type { Deps, Sender } from './deps.ts';
import { health } from './health-handlers.ts';
import { readMessage } from './message-schema.ts';
import type { HelloAnswer, Outcome } from './messages.ts';
import { packAt } from './packs.ts';
import { bindingOf, recordingState } from './state.ts';

const done = { ok: true } as const;
/** How long after the confirmation's own window a last word may still be counted, milliseconds. */
const LAST_WORD_GRACE = 60_000;

/** The pack of this host, and what was armed before a full reload. An unknown host gets nothing and stays inert. */
export async function hello(deps: Deps, sender: Sender): Promise<HelloAnswer> {
  const slot = slotOf(sender);
  await settleLastWord(deps, sender, slot);
  const [binding, state, language, isMarking, device, health, armed] = await Promise.all([
    bindingOf(deps, sender.origin),
    recordingState(deps),
    deps.local.language.get(),
    deps.local.marks.get(),
    deps.device(),
    deps.session.health.get(),
    waitingIn(deps, sender),
  ]);
  const pack = binding && (await packAt(deps.packs, binding, sender.place ?? null));
  return {
    pack,
    isUnverified: (binding?.status ?? pack?.status) === 'unverified',
    system: binding?.tenant ?? '',
    state,
    armed,
    language,
    // Only a hub knows more of these dossiers than the page itself.
    isMarking: isMarking && device !== null && device.hub !== null,
    unwell: Object.entries(health).flatMap(([name, one]) =>
      name.startsWith(`${binding?.tenant}|`) && one.health !== 'ok' ? [one.page] : [],
    ),
    slot,
  };
}

function slotOf({ tab, frame }: Sender): string {
  return `last-word-${tab}-${frame}`;
}

/**
 * A confirmation that the document before this one left and no worker heard: recorded now, under its own ref, so that
 * one which was heard after all is not counted twice. One from long ago (the tab was closed, its number given again)
 * may be somebody else's work of another day: it is written down as unread, never counted.
 */
async function settleLastWord(deps: Deps, sender: Sender, slot: string): Promise<void> {
  const word = await deps.lastWord.get(slot);
  if (word === undefined) return;
  const reading = readMessage(word);
  if (reading.ok && reading.message.type === 'page-worker/confirm') {
    const { armed, context, ref } = reading.message;
    const isFresh = armed.at + armed.within + LAST_WORD_GRACE >= deps.clock();
    const answer = isFresh
      ? await confirm(deps, reading.message, sender)
      : await health(
          deps,
          { type: 'page-worker/health', ref, context, health: 'degraded', unread: 1 },
          sender,
        );
    if (!answer.stored && !answer.isFinal) return;
  }
  await deps.lastWord.remove(slot);
}

/** The address may be a known page: the second half of the reader, for a bound host only. */
export async function loadEngine(deps: Deps, sender: Sender): Promise<Outcome> {
  if (sender.tab === null || (await bindingOf(deps, sender.origin)) === null)
    return { ok: false, code: 'hostNotBound' };
  await deps.face.injectEngine(sender.tab, sender.frame);
  return done;
}

export async function openPanel(deps: Deps, sender: Sender): Promise<Outcome> {
  if (sender.tab === null) return { ok: false, code: 'noTab' };
  await deps.face.injectPanel(sender.tab);
  return done;
}
