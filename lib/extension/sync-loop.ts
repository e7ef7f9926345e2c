/**
 * The device's talk with the hub, trickling through the day (DESIGN §6). One alarm rings every five minutes; what is
 * due is decided from stored times, because ticks are not a clock and a worker forgets everything between two.
 */
import { addDays, dayOf, localTimeOf } from '../domain/dates.ts';
import { slotOf } from '../sync/index.ts';
import type { Deps } from './deps.ts';
import type { Outcome } from './messages.ts';
import { noteAcceptance } from './notice.ts';
import { reconcile } from './registrations.ts';
import { takeBackRetired } from './retired.ts';
import { bindings, showState } from './state.ts';

export const ALARM = 'nmc-tick';
/** Minutes. Half a minute keeps Chrome's worker awake for good (measured), so never below one. */
export const PERIOD = 5;
const CONFIG_EVERY = 60 * 60_000;
const FARTHEST = 2 * 86_400_000;
/** Offices close at 17:00; devices declare their day's head spread over the two hours after 16:30. */
const CLOSING_FROM = 16.5 * 3_600_000;
const CLOSING_WINDOW = 2 * 3_600_000;

/** A stored time lies ahead; one too far ahead is a clock that was set back and does not count. */
function isAhead(time: number, now: number): boolean {
  return time > now && time - now < FARTHEST;
}

/** What one ring of the alarm does: enrol by policy, send, fetch the configuration, forget what is old. */
export async function tick(deps: Deps): Promise<void> {
  await enrolByPolicy(deps);
  await talk(deps, false);
  await refreshConfig(deps, false);
  await forgetOld(deps);
  await showState(deps);
}

/** "Đồng bộ ngay": whatever is possible now. */
export async function syncAsked(deps: Deps): Promise<Outcome> {
  const result = await talk(deps, true);
  await refreshConfig(deps, true);
  await showState(deps);
  return result;
}

async function talk(deps: Deps, isAsked: boolean): Promise<Outcome> {
  const device = await deps.device();
  if (device === null) return { ok: false, code: 'notActivated' };
  const now = deps.clock();
  const schedule = await deps.local.schedule.get();
  const closing = isClosingTime(device.id, now) && schedule.closedDay !== dayOf(now);
  if (!isAsked && !closing && isAhead(schedule.nextAt, now)) return { ok: true };
  const result = await deps.sync.sync({ isAsked, closing });
  if (result.state === 'waiting' && !isAsked) return { ok: true };
  const ok = result.state === 'done' || result.state === 'more';
  await deps.local.schedule.update((last) => ({
    ...last,
    nextAt: result.nextAt,
    closedDay: closing && result.state === 'done' ? dayOf(now) : last.closedDay,
  }));
  await deps.local.lastSync.set({ at: new Date(deps.clock()).toISOString(), ok, code: result.state });
  return ok
    ? { ok }
    : { ok, code: result.state, ...(result.problem === null ? {} : { message: result.problem.message }) };
}

function isClosingTime(device: string, now: number): boolean {
  const [hours, minutes] = localTimeOf(now).slice(11).split(':').map(Number);
  const ofDay = (hours! * 60 + minutes!) * 60_000;
  return ofDay >= CLOSING_FROM + slotOf(device, CLOSING_WINDOW);
}

/** Fetches the configuration when it is due; a new one brings hosts and packs into force at once. */
async function refreshConfig(deps: Deps, isAsked: boolean): Promise<void> {
  const now = deps.clock();
  const { configAt } = await deps.local.schedule.get();
  if ((await deps.device()) === null) return;
  if (!isAsked && isAhead(configAt + CONFIG_EVERY, now)) return;
  await deps.local.schedule.update((last) => ({ ...last, configAt: now }));
  if (await deps.sync.pullConfig()) await adoptConfig(deps);
}

async function adoptConfig(deps: Deps): Promise<void> {
  const patterns = await reconcile(deps.scripting, () => bindings(deps), 'new');
  await deps.face.tellPages(patterns, { type: 'worker-page/pack' });
  await takeBackRetired(deps);
}

/** A policy with hub and token enrols the PC by itself; the notice is still each official's own to accept. */
async function enrolByPolicy(deps: Deps): Promise<void> {
  if ((await deps.device()) !== null) return;
  const { hub, token } = await deps.policy();
  if (hub === null || token === null) return;
  try {
    await deps.sync.activate(hub, token, 'Theo chính sách');
  } catch (error) {
    console.error('policy enrolment failed', error instanceof Error ? error.name : 'unknown');
    return;
  }
  await activated(deps);
}

/** After any activation: the new identity is in force, the notice is in the journal, hosts of the province follow. */
export async function activated(deps: Deps): Promise<void> {
  deps.deviceChanged();
  await deps.local.schedule.set({ nextAt: 0, configAt: 0, closedDay: '', forgotDay: '' });
  await noteAcceptance(deps);
  await refreshConfig(deps, true);
  await reconcile(deps.scripting, () => bindings(deps), 'new');
  await showState(deps);
}

async function forgetOld(deps: Deps): Promise<void> {
  const today = dayOf(deps.clock());
  if ((await deps.local.schedule.get()).forgotDay === today) return;
  await deps.memory.forget(today);
  await deps.session.claims.update((all) =>
    Object.fromEntries(Object.entries(all).filter(([, { at }]) => dayOf(at) >= addDays(today, -1))),
  );
  await deps.local.schedule.update((last) => ({ ...last, forgotDay: today }));
}
