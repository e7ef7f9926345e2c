/** How an own page asks the worker. A worker may be stopped between message and answer: what may be asked twice is. */
import { browser } from 'wxt/browser';
import type { Answers, ExtensionToWorker, Outcome, PanelToWorker } from './messages.ts';

type Question = ExtensionToWorker | PanelToWorker;

/** Asked again, these would do something again (a second person) or find their one-time code used. */
const ONCE: readonly Question['type'][] = [
  'extension-worker/add-person',
  'extension-worker/activate',
  'extension-worker/activate-file',
  'extension-worker/send-pack',
];
const TRIES = 4;

/** The worker's answer, or null when it could not be reached. */
export async function ask<T extends Question['type']>(
  question: Extract<Question, { type: T }>,
): Promise<Answers[T] | null> {
  const tries = ONCE.includes(question.type) ? 1 : TRIES;
  for (let at = 0; at < tries; at += 1) {
    try {
      const answer = (await browser.runtime.sendMessage(question)) as Answers[T] | undefined;
      if (answer !== undefined) return answer;
    } catch {
      // The worker was stopped before it answered; the next message starts it again.
    }
    await new Promise((done) => setTimeout(done, 200 * (at + 1)));
  }
  return null;
}

/** The same for wishes: an outcome in every case. */
export async function wish<T extends Question['type']>(
  question: Extract<Question, { type: T }>,
): Promise<Outcome> {
  const answer = (await ask(question)) as Outcome | null;
  return answer ?? { ok: false, code: 'internal' };
}
