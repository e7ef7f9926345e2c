/** One door for every message: read, admit by sender, hand over, answer. Never throws, never leaves a page waiting. */

import * as action from './action-handlers.ts';
import type { Deps, Sender } from './deps.ts';
import * as exported from './export-handlers.ts';
import { health } from './health-handlers.ts';
import type { MessageReading } from './message-schema.ts';
import { readMessage } from './message-schema.ts';
import type { Answers, Outcome, ToWorker } from './messages.ts';
import { acceptNotice } from './notice.ts';
import * as own from './own-handlers.ts';
import * as page from './page-handlers.ts';
import { pause, undo } from './panel-handlers.ts';
import * as reported from './report-state.ts';
import { rows } from './row-handlers.ts';
import { bindingOf, daySummary, record, recordingState } from './state.ts';
import { syncAsked } from './sync-loop.ts';
import { totals } from './totals-handlers.ts';
import * as work from './work-handlers.ts';
import * as workshop from './workshop-handlers.ts';

/** Faults of one kind are written down once per browser session: a broken page must not fill the journal. */
const MOST_FAULTS = 40;

type Answer = Answers[keyof Answers] | Refusal;

/** A refusal that every caller understands: pages read `stored` and `isFinal`, own pages read `ok` and `field`. */
interface Refusal extends Extract<Outcome, { ok: false }> {
  readonly stored: false;
  readonly counted: 0;
  readonly reason: string;
  readonly isFinal: boolean;
}

const refusal = (code: string, isFinal: boolean, field?: string): Refusal => ({
  ok: false,
  code,
  stored: false,
  counted: 0,
  reason: code,
  isFinal,
  ...(field === undefined ? {} : { field }),
});

/** Answers one message. */
export async function dispatch(deps: Deps, raw: unknown, sender: Sender): Promise<Answer> {
  const reading = readMessage(raw);
  try {
    if (!reading.ok) {
      if (!sender.isOwnPage) await noteFault(deps, reading, sender);
      return refusal('malformed', true, reading.field);
    }
    const { message } = reading;
    const isPages = message.type.startsWith('page-worker/');
    if (message.type.startsWith('extension-worker/') && !sender.isOwnPage) return refusal('notAllowed', true);
    if (isPages && (sender.isOwnPage || sender.tab === null)) return refusal('notAllowed', true);
    return await answer(deps, message, sender);
  } catch (error) {
    // The error's text may quote data: only its name is logged.
    const type = reading.ok ? reading.message.type : 'unknown';
    console.error(`worker: ${type} failed`, error instanceof Error ? error.name : 'unknown');
    return refusal('internal', false);
  }
}

function answer(deps: Deps, message: ToWorker, sender: Sender): Promise<Answer> {
  switch (message.type) {
    case 'page-worker/hello':
      return page.hello(deps, sender);
    case 'page-worker/rows':
      return rows(deps, message, sender);
    case 'page-worker/arm':
      return action.arm(deps, message, sender);
    case 'page-worker/disarm':
      return action.disarm(deps, message, sender);
    case 'page-worker/confirm':
      return action.confirm(deps, message, sender);
    case 'page-worker/health':
      return health(deps, message, sender);
    case 'page-worker/totals':
      return totals(deps, message, sender);
    case 'page-worker/reports':
      return reported.reports(deps, message, sender);
    case 'page-worker/suggest':
      return reported.suggest(deps, message, sender);
    case 'page-worker/marks':
      return work.marks(deps, message, sender);
    case 'page-worker/load-engine':
      return page.loadEngine(deps, sender);
    case 'page-worker/open-panel':
      return page.openPanel(deps, sender);
    case 'panel-worker/summary':
      return daySummary(deps);
    case 'panel-worker/undo':
      return undo(deps, message.stream, message.seq);
    case 'panel-worker/pause':
      return pause(deps, message.paused);
    case 'panel-worker/sync':
      return syncAsked(deps);
    case 'extension-worker/view':
      return own.view(deps);
    case 'extension-worker/duty':
      return own.duty(deps, message);
    case 'extension-worker/add-person':
    case 'extension-worker/remove-person':
      return own.person(deps, message);
    case 'extension-worker/language':
      return deps.local.language.set(message.language).then(() => ({ ok: true }) as const);
    case 'extension-worker/manual':
      return own.manual(deps, message);
    case 'extension-worker/accept-notice':
      return acceptNotice(deps, message.version).then((isDone) =>
        isDone ? { ok: true } : refusal('oldNotice', true),
      );
    case 'extension-worker/activate':
    case 'extension-worker/activate-file':
      return own.activate(deps, message);
    case 'extension-worker/bind':
      return own.bind(deps, message);
    case 'extension-worker/unbind':
      return own.unbind(deps, message);
    case 'extension-worker/ledger':
      return own.ledger(deps, message);
    case 'extension-worker/lines':
      return own.lines(deps, message);
    case 'extension-worker/handover':
      return own.handover(deps, message);
    case 'extension-worker/receipt':
      return own.receipt(deps, message);
    case 'extension-worker/codes':
      return own.codes(deps, message);
    case 'extension-worker/it-profile':
      return workshop.itProfile(deps, message.wanted);
    case 'extension-worker/packs':
      return workshop.packsInForce(deps);
    case 'extension-worker/send-pack':
      return workshop.sendPack(deps, message.proposal);
    case 'extension-worker/lookup':
      return work.lookup(deps, message);
    case 'extension-worker/guidance':
      return work.guidance(deps, message);
    case 'extension-worker/month':
      return work.month(deps, message);
    case 'extension-worker/mark-rows':
      return work.markRows(deps, message);
    case 'extension-worker/export-context':
      return exported.exportContext(deps);
    case 'extension-worker/export-rows':
      return exported.exportRows(deps, message);
    case 'extension-worker/export-totals':
      return exported.exportTotals(deps, message);
    case 'extension-worker/keys-of':
      return own.keysOf(deps, message);
  }
}

/** Writes a page's malformed message down: which message, which field, which kind of fault. No value of it. */
async function noteFault(
  deps: Deps,
  fault: Extract<MessageReading, { ok: false }>,
  sender: Sender,
): Promise<void> {
  const binding = await bindingOf(deps, sender.origin);
  if (binding === null || (await recordingState(deps)) !== 'recording') return;
  const name = `${binding.tenant}|${fault.type}|${fault.field.replace(/\d+/g, '*')}`;
  const faults = await deps.session.faults.get();
  if (faults.includes(name) || faults.length >= MOST_FAULTS) return;
  await deps.session.faults.update((all) => [...all, name]);
  await record(deps, [
    {
      kind: 'health',
      body: {
        topic: 'message',
        state: 'malformed',
        detail: { type: fault.type, field: fault.field, problem: fault.problem, system: binding.tenant },
      },
    },
  ]);
}
