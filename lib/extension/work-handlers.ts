/**
 * For people at work: which rows of this page need attention, what is known of a pasted code, guidance given to citizens,
 * the month of the person on duty (DESIGN §3, Keys; §1). Codes become keys here and go no further.
 */
import { MARKS, type Mark } from '../batch/index.ts';
import { parseDossierCode } from '../domain/codes.ts';
import { dayOf } from '../domain/dates.ts';
import type { EntryOf } from '../domain/entry.ts';
import { type Of, personOnDuty } from './admission.ts';
import type { Deps, Sender } from './deps.ts';
import { onDuty } from './duty.ts';
import type { ExtensionToWorker, LookupView, MonthAnswer, Outcome } from './messages.ts';
import { daysOfMonth, monthTable } from './month.ts';
import type { MarksAnswer } from './page-messages.ts';
import { refOf } from './recorder.ts';
import { bindingOf, record, recordingState, showState } from './state.ts';

type Own<T extends ExtensionToWorker['type']> = Extract<ExtensionToWorker, { type: T }>;

/** What the hub said of a key is believed so long; a page scans four times a second. */
const FRESH_MS = 5 * 60_000;
/** What the hub did not hold it may hold after the next sync. */
const UNHELD_MS = 30_000;
const MOST_REMEMBERED = 4_000;
const MOST_KEYS = 500;
/** A hub that could not be asked is left alone so long. */
const QUIET_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far back the journal of this PC is searched for a pasted code or a due date. */
const BACK_MS = 200 * DAY_MS;

/** Marks of the rows of one page, by code; codes without a mark are left out. Nothing when switched off or unreachable. */
export async function marks(
  deps: Deps,
  message: Of<'page-worker/marks'>,
  sender: Sender,
): Promise<MarksAnswer> {
  const device = await deps.device();
  const isOff = !(await deps.local.marks.get());
  if (isOff || device === null || device.hub === null || (await bindingOf(deps, sender.origin)) === null)
    return { marks: {} };
  const keyed = await Promise.all(
    message.codes.map(async (code) => [code, (await device.keysOf(code))[0] ?? ''] as const),
  );
  const now = deps.clock();
  const known = await deps.session.marks.get();
  const isFresh = (key: string) => (known[key]?.at ?? 0) > now - FRESH_MS;
  const unknown = [...new Set(keyed.map(([, key]) => key).filter((key) => key !== '' && !isFresh(key)))];
  const isQuiet = (await deps.session.marksAfter.get()) > now;
  const isAsked = unknown.length > 0 && !isQuiet;
  const found = isAsked ? await deps.sync.lookUp(unknown.slice(0, MOST_KEYS)) : null;
  if (found !== null && found.state !== 'answer')
    await deps.session.marksAfter.set(now + Math.max(found.after ?? 0, QUIET_MS));
  const fresh: Record<string, { at: number; marks: Mark[] }> = {};
  if (found?.state === 'answer') {
    const byKey = new Map(found.answer.dossiers.map((one) => [one.key, one.marks]));
    for (const key of unknown.slice(0, MOST_KEYS))
      fresh[key] = {
        at: byKey.has(key) ? now : now - FRESH_MS + UNHELD_MS,
        marks: [...(byKey.get(key) ?? [])],
      };
    await deps.session.marks.update((all) => {
      const kept = Object.entries(all).filter(([, { at }]) => at > now - FRESH_MS);
      return { ...Object.fromEntries(kept.slice(-MOST_REMEMBERED)), ...fresh };
    });
  }
  const all = { ...known, ...fresh };
  return {
    marks: Object.fromEntries(
      keyed.flatMap(([code, key]) => {
        const own = all[key]?.marks.filter((mark) => MARKS.includes(mark)) ?? [];
        return own.length > 0 ? [[code, own]] : [];
      }),
    ),
  };
}

/** What the hub and this PC know of a pasted code. The code is hashed here; only its keys leave. */
export async function lookup(deps: Deps, message: Own<'extension-worker/lookup'>): Promise<LookupView> {
  const device = await deps.device();
  if (device === null) return { state: 'notActivated', hub: null, here: null };
  if (parseDossierCode(message.code) === null) return { state: 'notACode', hub: null, here: null };
  const keys = await device.keysOf(message.code);
  const [here, answer] = await Promise.all([lastHere(deps, keys), deps.sync.lookUp(keys)]);
  if (answer.state !== 'answer') return { state: answer.state, hub: null, here };
  const hub = answer.answer.dossiers[0] ?? null;
  return { state: hub === null && here === null ? 'unknown' : 'known', hub, here };
}

async function lastHere(deps: Deps, keys: readonly string[]): Promise<LookupView['here']> {
  const journal = await deps.journal();
  const entries = await journal.entries({ from: deps.clock() - BACK_MS, kinds: ['dossier'] });
  const last = entries.findLast(
    (entry): entry is EntryOf<'dossier'> =>
      entry.kind === 'dossier' && entry.body.keys.some((key) => keys.includes(key)),
  );
  if (last === undefined) return null;
  const { system, seen, facts } = last.body;
  return { system, seen, facts };
}

/** Citizens were shown or handed guidance on filing or paying online. */
export async function guidance(deps: Deps, message: Own<'extension-worker/guidance'>): Promise<Outcome> {
  const state = await recordingState(deps);
  if (state !== 'recording' && state !== 'storageBroken') return { ok: false, code: state };
  const person = await personOnDuty(deps);
  const recorded = await record(deps, [
    {
      kind: 'guidance',
      ref: refOf(message.ref),
      ...(person === null ? {} : { person }),
      body: { topic: message.topic, n: message.n },
    },
  ]);
  await showState(deps);
  return recorded === 'stored' ? { ok: true } : { ok: false, code: 'storageBroken' };
}

/** The month of the person on duty. */
export async function month(deps: Deps, message: Own<'extension-worker/month'>): Promise<MonthAnswer> {
  const who = await onDuty({ people: deps.local.people, duty: deps.session.duty });
  const { from } = daysOfMonth(message.month);
  const start = Date.parse(`${from}T00:00:00+07:00`);
  const journal = await deps.journal();
  const [counted, sightings] = await Promise.all([
    journal.entries({ from: start, kinds: ['action', 'manual', 'void', 'guidance'] }),
    journal.entries({ from: start - BACK_MS, kinds: ['dossier'] }),
  ]);
  const person = who?.id ?? null;
  const guided = counted.filter(
    (entry): entry is EntryOf<'guidance'> =>
      entry.kind === 'guidance' &&
      (entry.person ?? null) === person &&
      dayOf(Date.parse(entry.at)).startsWith(message.month),
  );
  const guidedOn = (topic: 'filing' | 'payment') =>
    guided.filter(({ body }) => body.topic === topic).reduce((sum, { body }) => sum + body.n, 0);
  return {
    month: message.month,
    person: who === null ? null : { name: who.name },
    rows: monthTable([...counted, ...sightings], person, message.month),
    guidance: { filing: guidedOn('filing'), payment: guidedOn('payment') },
  };
}

/** Marks on pages, on or off for this PC. */
export async function markRows(deps: Deps, message: Own<'extension-worker/mark-rows'>): Promise<Outcome> {
  await deps.local.marks.set(message.isOn);
  return { ok: true };
}
