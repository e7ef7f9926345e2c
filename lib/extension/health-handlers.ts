/** How page types and the words of actions fare. */
import { admit, answerOf, type Of } from './admission.ts';
import type { Deps, Sender } from './deps.ts';
import type { ArmedAction, StoredAnswer } from './page-messages.ts';
import { refOf } from './recorder.ts';
import { bindingOf, record } from './state.ts';

/** A gesture of the same kind that comes sooner is the same person trying again. */
const SLOW = 1_500;
/** One failed call is nobody's fault; this many in a row without a success are worth telling. */
const UNANSWERED = 3;

/** How a page type fares: kept for panel and popup, written down only when it changes. */
export async function health(
  deps: Deps,
  message: Of<'page-worker/health'>,
  sender: Sender,
): Promise<StoredAnswer> {
  const admitted = await admit(deps, sender, message.context);
  if ('stored' in admitted) return admitted;
  const { pack, page } = message.context;
  const name = `${admitted.binding.tenant}|${pack}|${page}`;
  const before = (await deps.session.health.get())[name];
  if (before?.health === message.health) return { stored: true, counted: 0, isFinal: true };
  const recorded = await record(deps, [
    {
      kind: 'health',
      ref: refOf(message.ref),
      body: {
        topic: 'pack',
        state: message.health,
        detail: { pack, page, system: admitted.binding.tenant, unread: message.unread },
      },
    },
  ]);
  if (recorded === 'stored')
    await deps.session.health.update((all) => ({ ...all, [name]: { pack, page, health: message.health } }));
  return answerOf(recorded, 0);
}

/** The page type under which the words of an action fare. */
const pageOf = (rule: string) => `action:${rule}`;

/**
 * A gesture replaces one in the same place that no page ever answered. A portal that loads a new page after each gesture
 * leaves this to the worker: each document sees one gesture only.
 */
export async function noteUnanswered(
  deps: Deps,
  message: Of<'page-worker/arm'>,
  before: ArmedAction | null,
  sender: Sender,
): Promise<void> {
  const { armed, context } = message;
  if (before === null || before.rule !== armed.rule || armed.at - before.at < SLOW) return;
  const name = `${sender.origin}|${armed.rule}`;
  const all = await deps.session.unanswered.update((known) => ({ ...known, [name]: (known[name] ?? 0) + 1 }));
  const times = all[name] ?? 0;
  if (times < UNANSWERED) return;
  const ref = { document: `unanswered.${sender.tab}.${sender.frame}.${armed.at}`, counter: 1 };
  const place = { ...context, page: pageOf(armed.rule) };
  await health(
    deps,
    { type: 'page-worker/health', ref, context: place, health: 'degraded', unread: times },
    sender,
  );
}

/** The page said the words: they are as the pack knows them. */
export async function noteAnswered(
  deps: Deps,
  message: Of<'page-worker/confirm'>,
  sender: Sender,
): Promise<void> {
  const { armed, context, ref } = message;
  const name = `${sender.origin}|${armed.rule}`;
  if ((await deps.session.unanswered.get())[name] !== undefined)
    await deps.session.unanswered.update(({ [name]: _, ...others }) => others);
  const page = pageOf(armed.rule);
  const binding = await bindingOf(deps, sender.origin);
  const known = (await deps.session.health.get())[`${binding?.tenant}|${context.pack}|${page}`];
  if (known === undefined || known.health === 'ok') return;
  const own = { document: `answered.${ref.document}`, counter: ref.counter };
  await health(
    deps,
    { type: 'page-worker/health', ref: own, context: { ...context, page }, health: 'ok', unread: 0 },
    sender,
  );
}
