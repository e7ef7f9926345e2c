/** Whether we record now, what is bound, and what the person on duty sees of it. */
import { dayOf } from '../domain/dates.ts';
import type { EntryDraft } from '../domain/entry.ts';
import { isJournalError } from '../journal/index.ts';
import type { Deps } from './deps.ts';
import { onDuty } from './duty.ts';
import { bindingsOf, patternOf } from './hosts.ts';
import type { Binding, DaySummary } from './messages.ts';
import type { RecordingState } from './page-messages.ts';
import { NOTICE_VERSION } from './settings.ts';
import { lastActions, sumActions, totalOf } from './summary.ts';

/** Nothing is recorded before the notice is accepted and the PC activated, while paused, or on a broken store. */
export async function recordingState(deps: Deps): Promise<RecordingState> {
  const notice = await deps.local.notice.get();
  if (notice === null || notice.version < NOTICE_VERSION || (await deps.device()) === null)
    return 'notActivated';
  if (await deps.session.isBroken.get()) return 'storageBroken';
  return (await deps.local.pausedSince.get()) === null ? 'recording' : 'paused';
}

/** Every binding in force now. */
export async function bindings(deps: Deps): Promise<Binding[]> {
  const [chosen, config, policy] = await Promise.all([
    deps.local.hosts.get(),
    deps.sync.config(),
    deps.policy(),
  ]);
  return bindingsOf(chosen, config?.tenants ?? [], policy.tenants);
}

/** The binding of an origin that may be read now, or null: not bound, or its permission was taken away. */
export async function bindingOf(deps: Deps, origin: string | null): Promise<Binding | null> {
  if (origin === null) return null;
  const binding = (await bindings(deps)).find((one) => one.origin === origin);
  return binding && (await deps.scripting.isGranted(patternOf(origin))) ? binding : null;
}

/** `stored` = durable; `broken`: send again later; `refused`: the drafts do not fit the schema and never will. */
export type Recorded = 'stored' | 'broken' | 'refused';

/**
 * Records drafts. A store that fails is remembered as broken until a write succeeds again, and said so on the
 * badge. Drafts that do not fit the schema are a fault of ours: logged without their values.
 */
export async function record(deps: Deps, drafts: readonly EntryDraft[]): Promise<Recorded> {
  if (drafts.length === 0) return 'stored';
  try {
    await (await deps.journal()).append(drafts);
  } catch (error) {
    if (isJournalError(error) && (error.code === 'schema' || error.code === 'lineBytes')) {
      console.error('journal: drafts refused', error.code);
      return 'refused';
    }
    console.error('journal: append failed', isJournalError(error) ? error.code : 'unknown');
    await setBroken(deps, true);
    return 'broken';
  }
  await setBroken(deps, false);
  return 'stored';
}

async function setBroken(deps: Deps, isBroken: boolean): Promise<void> {
  if ((await deps.session.isBroken.get()) === isBroken) return;
  await deps.session.isBroken.set(isBroken);
  await showState(deps);
}

/** The day of the person on duty. Never fails: a broken journal is a state with what is known. */
export async function daySummary(deps: Deps): Promise<DaySummary> {
  const now = deps.clock();
  const today = dayOf(now);
  const [state, person, health] = await Promise.all([
    recordingState(deps),
    onDuty({ people: deps.local.people, duty: deps.session.duty }),
    deps.session.health.get(),
  ]);
  const base = {
    day: today,
    person: person && { id: person.id, name: person.name },
    state,
    packs: Object.values(health),
  };
  try {
    const journal = await deps.journal();
    const [entries, kept, seen] = await Promise.all([
      journal.entries({ from: startOfDay(now), kinds: ['action', 'manual', 'void'] }),
      journal.state(),
      deps.memory.seenOn(today),
    ]);
    return {
      ...base,
      state: kept.storage === 'broken' ? 'storageBroken' : state,
      counts: sumActions(entries, person?.id ?? null, today, today),
      last: lastActions(entries, person?.id ?? null, today),
      dossiersSeen: seen,
      unsent: kept.unsent,
      receivedThrough: kept.lastReceipt,
    };
  } catch {
    return {
      ...base,
      state: 'storageBroken',
      counts: {},
      last: [],
      dossiersSeen: 0,
      unsent: 0,
      receivedThrough: null,
    };
  }
}

/** The first instant of the calendar day (Asia/Ho_Chi_Minh) of `now`. */
function startOfDay(now: number): number {
  return Date.parse(`${dayOf(now)}T00:00:00+07:00`);
}

/** Shows state and today's number on the toolbar and on every page that is read. */
export async function showState(deps: Deps): Promise<void> {
  const [summary, people, bound] = await Promise.all([
    daySummary(deps),
    deps.local.people.get(),
    bindings(deps),
  ]);
  const counted = totalOf(summary.counts);
  const isPersonMissing = summary.person === null && people.some((one) => !one.isRemoved);
  await deps.face.badge(summary.state, counted, isPersonMissing);
  await deps.face.tellPages([...new Set(bound.map(({ origin }) => patternOf(origin)))], {
    type: 'worker-page/state',
    state: summary.state,
    counted,
  });
}
