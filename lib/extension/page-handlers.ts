/** What a host page asks for itself: its pack, its second half, the panel. */
import { waitingIn } from './action-handlers.ts';
import type { Deps, Sender } from './deps.ts';
import { settleLastWords } from './last-words.ts';
import type { Outcome } from './messages.ts';
import { packAt } from './packs.ts';
import type { HelloAnswer } from './page-messages.ts';
import { bindingOf, recordingState } from './state.ts';

const done = { ok: true } as const;

/** The pack of this host, and what was armed before a full reload. An unknown host gets nothing and stays inert. */
export async function hello(deps: Deps, sender: Sender): Promise<HelloAnswer> {
  const { own, sent, letGo } = await settleLastWords(deps, sender);
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
  const isSent = armed !== null && armed.rule === sent?.rule && armed.at === sent.at;
  await letGo();
  return {
    pack,
    isUnverified: (binding?.status ?? pack?.status) === 'unverified',
    system: binding?.tenant ?? '',
    state,
    armed: isSent ? { ...armed, isSent } : armed,
    language,
    // Only a hub knows more of these dossiers than the page itself.
    isMarking: isMarking && device !== null && device.hub !== null,
    unwell: Object.entries(health).flatMap(([name, one]) =>
      name.startsWith(`${binding?.tenant}|`) && one.health !== 'ok' ? [one.page] : [],
    ),
    ...own,
  };
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
