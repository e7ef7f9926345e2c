/**
 * Words of the document before that no worker answered: its page reloaded while the worker was waking or was stopped.
 * They are in this frame's slot of `storage.local` (`lib/page/kept.ts`), their codes sealed.
 *
 *   hello ── gesture ──> armed, unless it was heard after all; `isSent` goes to the document that asks, and no further
 *        ├── confirmation ──> recorded under its own ref: one that was heard is not counted twice
 *        └── a new pad for the document that begins
 */
import * as z from 'zod/mini';
import { newPad, newSealKey, unseal } from '../batch/seal.ts';
import { armLate, confirm } from './action-handlers.ts';
import type { Deps, Sender } from './deps.ts';
import { health } from './health-handlers.ts';
import { readMessage } from './message-schema.ts';
import type { ArmedAction, HelloAnswer, PageToWorker } from './page-messages.ts';

/** How long after the confirmation's own window a last word may still be counted, milliseconds. */
const GRACE = 60_000;

const keptWord = z.object({
  word: z.looseObject({ armed: z.looseObject({}) }),
  codes: z.nullable(z.object({ pad: z.string(), from: z.int().check(z.gte(0)), text: z.string() })),
});
const keptWords = z.array(keptWord);

interface LastWords {
  /** Slot and pad of the document that begins. */
  readonly own: Pick<HelloAnswer, 'slot' | 'pad'>;
  /** The gesture whose call was under way when the last document went. */
  readonly sent: ArmedAction | null;
  /** Takes the words away. To be called last: a worker stopped before it settles them once more, and nothing twice. */
  readonly letGo: () => Promise<void>;
}

/** Settles what the frame's last document left. */
export async function settleLastWords(deps: Deps, sender: Sender): Promise<LastWords> {
  const slot = `last-word-${sender.tab}-${sender.frame}`;
  const left = await deps.lastWords.get(slot);
  const key =
    (await deps.session.sealKey.get()) ||
    (await deps.session.sealKey.update((known) => known || newSealKey()));
  const words = keptWords.safeParse(left);
  let sent: ArmedAction | null = null;
  let isSettled = true;
  for (const { word, codes } of words.success ? words.data : []) {
    const whole = { ...word, armed: { ...word.armed, codes: [...(await unseal(key, codes))] } };
    const reading = readMessage(whole);
    if (!reading.ok) continue;
    const message = reading.message as PageToWorker;
    if (message.type === 'page-worker/arm' && message.armed.isSent) sent = message.armed;
    isSettled = (await settle(deps, sender, message)) && isSettled;
  }
  return {
    own: { slot, pad: await newPad(key) },
    sent,
    letGo: async () => {
      // The store failed: the words stay until this document has some of its own to leave.
      if (left !== undefined && isSettled) await deps.lastWords.remove(slot);
    },
  };
}

/**
 * False when the store failed. A confirmation from long ago (the tab was closed, its number given again) may be somebody
 * else's work of another day: it is written down as unread, never counted.
 */
async function settle(deps: Deps, sender: Sender, message: PageToWorker): Promise<boolean> {
  if (message.type === 'page-worker/arm') await armLate(deps, message, sender);
  if (message.type !== 'page-worker/confirm') return true;
  const { armed, context, ref } = message;
  const isFresh = armed.at + armed.within + GRACE >= deps.clock();
  const answer = isFresh
    ? await confirm(deps, message, sender)
    : await health(deps, { type: 'page-worker/health', ref, context, health: 'degraded', unread: 1 }, sender);
  return answer.stored || answer.isFinal;
}
