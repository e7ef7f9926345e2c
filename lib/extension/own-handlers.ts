/** What the extension's own pages ask for: popup, options, unit page. */
import { parseDossierCode } from '../domain/codes.ts';
import { dayOf } from '../domain/dates.ts';
import { isSyncError } from '../sync/index.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { Deps } from './deps.ts';
import { addPerson, type DutyDeps, onDuty, removePerson, takeDuty } from './duty.ts';
import { bindingProblem, hostOf, patternOf } from './hosts.ts';
import type {
  CodesAnswer,
  ExtensionToWorker,
  HandoverAnswer,
  KeysAnswer,
  LedgerAnswer,
  LinesAnswer,
  Outcome,
  WorkerView,
} from './messages.ts';
import { refOf } from './recorder.ts';
import { reconcile } from './registrations.ts';
import { reportedViews } from './report-state.ts';
import { NOTICE_VERSION } from './settings.ts';
import { bindings, daySummary, record, recordingState, showState } from './state.ts';
import { sumActions } from './summary.ts';
import { activated } from './sync-loop.ts';
import { voidedOf } from './taken-back.ts';

type Of<T extends ExtensionToWorker['type']> = Extract<ExtensionToWorker, { type: T }>;

const PAGE = 500;
const MOST_LINES = 1_000;
const done = { ok: true } as const;

const dutyDeps = (deps: Deps): DutyDeps => ({
  people: deps.local.people,
  duty: deps.session.duty,
  attempts: deps.session.attempts,
  clock: deps.clock,
});

/** Everything the popup and the options page show. */
export async function view(deps: Deps): Promise<WorkerView> {
  const now = deps.clock();
  const monthStart = `${dayOf(now).slice(0, 7)}-01`;
  const [
    summary,
    people,
    notice,
    device,
    hosts,
    families,
    lastSync,
    policy,
    language,
    isMarking,
    kept,
    entries,
  ] = await Promise.all([
    daySummary(deps),
    deps.local.people.get(),
    deps.local.notice.get(),
    deps.device(),
    hostViews(deps),
    deps.packs.families(),
    deps.local.lastSync.get(),
    deps.policy(),
    deps.local.language.get(),
    deps.local.marks.get(),
    deps.journal().then(
      (journal) => journal.state(),
      () => null,
    ),
    deps.journal().then(
      (journal) =>
        journal.entries({
          from: Date.parse(`${monthStart}T00:00:00+07:00`),
          kinds: ['action', 'manual', 'void'],
        }),
      () => [],
    ),
  ]);
  return {
    ...(await reportedViews(deps)),
    summary,
    month: sumActions(entries, summary.person?.id ?? null, monthStart, dayOf(now)),
    language,
    isMarking,
    people: people.filter((one) => !one.isRemoved).map(({ id, name }) => ({ id, name })),
    notice: { version: NOTICE_VERSION, acceptedAt: notice?.version === NOTICE_VERSION ? notice.at : null },
    device: device && { id: device.id, name: device.name, unit: device.unit.name, hub: device.hub },
    hosts,
    families: [...families],
    streams: (kept?.streams ?? []).map(({ stream, head }) => ({ stream, head })),
    lastSync,
    policy: { hub: policy.hub, hasToken: policy.token !== null },
  };
}

async function hostViews(deps: Deps): Promise<WorkerView['hosts']> {
  const all = await bindings(deps);
  return Promise.all(
    all.map(async (one) => ({ ...one, isGranted: await deps.scripting.isGranted(patternOf(one.origin)) })),
  );
}

export async function duty(deps: Deps, message: Of<'extension-worker/duty'>): Promise<Outcome> {
  const outcome = await takeDuty(dutyDeps(deps), message.person, message.pin);
  await showState(deps);
  return outcome;
}

export async function person(
  deps: Deps,
  message: Of<'extension-worker/add-person'> | Of<'extension-worker/remove-person'>,
): Promise<Outcome> {
  const outcome =
    message.type === 'extension-worker/add-person'
      ? await addPerson(dutyDeps(deps), message.name, message.pin)
      : await removePerson(dutyDeps(deps), message.person);
  await showState(deps);
  return outcome;
}

/** An entry by hand, for what no page confirmed; with a reason, never for a day to come. */
export async function manual(deps: Deps, message: Of<'extension-worker/manual'>): Promise<Outcome> {
  const state = await recordingState(deps);
  if (state !== 'recording' && state !== 'storageBroken') return { ok: false, code: state };
  if (message.day > dayOf(deps.clock())) return { ok: false, code: 'futureDay', field: 'day' };
  const who = await onDuty(dutyDeps(deps));
  const recorded = await record(deps, [
    {
      kind: 'manual',
      ref: refOf(message.ref),
      ...(who === null ? {} : { person: who.id }),
      body: { action: message.action, n: message.n, day: message.day, reason: message.reason.trim() },
    },
  ]);
  await showState(deps);
  return recorded === 'stored' ? done : { ok: false, code: 'storageBroken' };
}

export async function activate(
  deps: Deps,
  message: Of<'extension-worker/activate'> | Of<'extension-worker/activate-file'>,
): Promise<Outcome> {
  if ((await deps.local.notice.get())?.version !== NOTICE_VERSION) return { ok: false, code: 'noticeFirst' };
  try {
    if (message.type === 'extension-worker/activate')
      await deps.sync.activate(message.hub, message.code, message.name);
    else await deps.sync.activateFromFile(fromBase64(message.file), message.passphrase, message.name);
  } catch (error) {
    return problemOf(error);
  }
  await activated(deps);
  return done;
}

/** Binds a host; the page asked the browser for the permission in its own click. */
export async function bind(deps: Deps, message: Of<'extension-worker/bind'>): Promise<Outcome> {
  const problem = bindingProblem(message.origin);
  if (problem !== null) return { ok: false, code: problem, field: 'origin' };
  if ((await deps.packs.packOf(message.family)) === null)
    return { ok: false, code: 'unknownFamily', field: 'family' };
  const host = hostOf(message.origin, message.family, message.name)!;
  await deps.local.hosts.update((all) => [...all.filter(({ origin }) => origin !== host.origin), host]);
  const patterns = await reconcile(deps.scripting, () => bindings(deps), 'new');
  await deps.face.tellPages(patterns, { type: 'worker-page/pack' });
  return done;
}

export async function unbind(deps: Deps, message: Of<'extension-worker/unbind'>): Promise<Outcome> {
  await deps.local.hosts.update((all) => all.filter(({ origin }) => origin !== message.origin));
  const patterns = await reconcile(deps.scripting, () => bindings(deps), 'none');
  await deps.face.tellPages(patterns, { type: 'worker-page/pack' });
  return done;
}

/** The ledger, newest first; `hasMore` when older ones were cut. */
export async function ledger(deps: Deps, message: Of<'extension-worker/ledger'>): Promise<LedgerAnswer> {
  const journal = await deps.journal();
  const [entries, voids] = await Promise.all([
    journal.entries({
      from: message.from,
      ...(message.kinds.length === 0 ? {} : { kinds: message.kinds }),
    }),
    journal.entries({ from: message.from, kinds: ['void'] }),
  ]);
  return {
    entries: entries.reverse().slice(0, PAGE),
    hasMore: entries.length > PAGE,
    voided: [...voidedOf(voids)],
  };
}

export async function lines(deps: Deps, message: Of<'extension-worker/lines'>): Promise<LinesAnswer> {
  const last = Math.min(message.last, message.first + MOST_LINES - 1);
  return { lines: await (await deps.journal()).lines(message.stream, message.first, last) };
}

export async function handover(
  deps: Deps,
  { scope }: Of<'extension-worker/handover'>,
): Promise<HandoverAnswer> {
  const files = await deps.sync.handover(scope);
  return { files: files.map(({ name, bytes }) => ({ name, base64: toBase64(bytes) })) };
}

export async function receipt(deps: Deps, message: Of<'extension-worker/receipt'>): Promise<Outcome> {
  try {
    await deps.sync.acceptReceipt(fromBase64(message.file));
  } catch (error) {
    return problemOf(error);
  }
  await showState(deps);
  return done;
}

export async function codes(deps: Deps, message: Of<'extension-worker/codes'>): Promise<CodesAnswer> {
  const known = await deps.session.codes.get();
  if (known.day !== dayOf(deps.clock())) return { codes: {} };
  return {
    codes: Object.fromEntries(
      message.keys.flatMap((key) => (known.codes[key] === undefined ? [] : [[key, known.codes[key]]])),
    ),
  };
}

export async function keysOf(deps: Deps, message: Of<'extension-worker/keys-of'>): Promise<KeysAnswer> {
  const device = await deps.device();
  if (device === null || parseDossierCode(message.code) === null) return { keys: [] };
  return { keys: await device.keysOf(message.code) };
}

function problemOf(error: unknown): Outcome {
  if (!isSyncError(error)) throw error;
  const { problem } = error;
  return {
    ok: false,
    code: error.code,
    ...(problem?.field === undefined ? {} : { field: problem.field }),
    ...(problem === null ? {} : { message: problem.message }),
  };
}
