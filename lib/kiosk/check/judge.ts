/**
 * The check before use (kiểm tra trước khi đưa vào sử dụng): what was measured becomes lines that staff can act on.
 * Pure. `ok`; `todo`: something has to be done first; `unknown`: this device cannot tell, look for yourself.
 */
import type { StaffKey } from '../../i18n/kiosk/staff/index.ts';

/** How the hub answered a real, authenticated pull. */
export type HubAnswer =
  | 'reached'
  | 'noHub'
  | 'offline'
  | 'captivePortal'
  | 'busy'
  | 'needsActivation'
  | 'rejected';

/** What `measure.ts` found and what the person in front of the screen said. Bytes, milliseconds; null = not known. */
export interface CheckFacts {
  readonly database: boolean;
  readonly secondPlace: boolean;
  readonly journal: boolean;
  readonly persisted: boolean | null;
  readonly usage: number | null;
  readonly quota: number | null;
  /** A mark of an earlier start of the browser was found. */
  readonly outlivedRestart: boolean;
  readonly isSecure: boolean;
  readonly origin: string;
  readonly hub: HubAnswer;
  /** Device clock, and the day before which it cannot be right. */
  readonly now: number;
  readonly built: number;
  /** Hub time minus device time at the last receipt, and that receipt's hub time. */
  readonly offset: number | null;
  readonly lastReceipt: number | null;
  readonly display: 'fullscreen' | 'standalone' | 'browser';
  readonly wake: 'kept' | 'refused' | 'missing';
  /** Zoom of the page by two fingers; 1 = none. */
  readonly scale: number;
  /** The page itself forbids zooming by two fingers. */
  readonly isPinchOff: boolean;
  /** Build of the running service worker; null before there is one. */
  readonly build: string | null;
  /** Updates that did not come in since the last that did. */
  readonly failedUpdates: number;
  /** The person heard the tones; null = not tried. */
  readonly heard: boolean | null;
  /** With what all five places were touched; null = not tried. */
  readonly touched: 'touch' | 'pen' | 'mouse' | null;
}

export const CHECKS = [
  'storage',
  'persisted',
  'space',
  'restart',
  'secure',
  'hub',
  'clock',
  'sound',
  'touch',
  'display',
  'wake',
  'zoom',
  'update',
] as const;
export type CheckId = (typeof CHECKS)[number];

export type CheckState = 'ok' | 'todo' | 'unknown';

export interface CheckLine {
  readonly id: CheckId;
  readonly state: CheckState;
  readonly text: StaffKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

type Verdict = Omit<CheckLine, 'id'>;

/** A device with less room than this will meet a full disk within its life, bytes. */
const LEAST_ROOM = 200_000_000;
/** Ratings are told apart by the quarter-hour and the hub corrects less; more than this is a wrong clock (CHT's bound). */
const CLOCK_MS = 10 * 60_000;

const ok = (text: StaffKey, values?: CheckLine['values']): Verdict => verdict('ok', text, values);
const todo = (text: StaffKey, values?: CheckLine['values']): Verdict => verdict('todo', text, values);
const unknown = (text: StaffKey, values?: CheckLine['values']): Verdict => verdict('unknown', text, values);

function verdict(state: CheckState, text: StaffKey, values?: CheckLine['values']): Verdict {
  return values ? { state, text, values } : { state, text };
}

/** One line per check, in the order of {@link CHECKS}. */
export function judge(facts: CheckFacts): CheckLine[] {
  return CHECKS.map((id) => ({ id, ...RULES[id](facts) }));
}

/** Nothing is left to do: everything that can be told is right. */
export function isReady(lines: readonly CheckLine[]): boolean {
  return lines.every(({ state }) => state !== 'todo');
}

const HUB: Record<Exclude<HubAnswer, 'reached' | 'noHub'>, StaffKey> = {
  offline: 'check_hub_offline',
  captivePortal: 'check_hub_captivePortal',
  busy: 'check_hub_busy',
  needsActivation: 'check_hub_needsActivation',
  rejected: 'check_hub_rejected',
};

const RULES: Record<CheckId, (facts: CheckFacts) => Verdict> = {
  storage({ database, secondPlace, journal }) {
    if (!database || !journal) return todo('check_storage_database');
    return secondPlace ? ok('check_storage_ok') : todo('check_storage_second');
  },
  persisted({ persisted }) {
    if (persisted === null) return unknown('check_persisted_unknown');
    return persisted ? ok('check_persisted_ok') : todo('check_persisted_todo');
  },
  space({ usage, quota }) {
    if (usage === null || quota === null) return unknown('check_space_unknown');
    const room = { free: megabytes(quota - usage) };
    return quota - usage < LEAST_ROOM ? todo('check_space_todo', room) : ok('check_space_ok', room);
  },
  restart: ({ outlivedRestart }) => (outlivedRestart ? ok('check_restart_ok') : todo('check_restart_todo')),
  secure: ({ isSecure, origin }) =>
    isSecure ? ok('check_secure_ok', { origin }) : todo('check_secure_todo', { origin }),
  hub({ hub }) {
    if (hub === 'reached') return ok('check_hub_ok');
    return hub === 'noHub' ? ok('check_hub_none') : todo(HUB[hub]);
  },
  clock: judgeClock,
  sound({ heard }) {
    if (heard === null) return todo('check_sound_try');
    return heard ? ok('check_sound_ok') : todo('check_sound_todo');
  },
  touch({ touched }) {
    if (touched === null) return todo('check_touch_try');
    return touched === 'mouse' ? unknown('check_touch_mouse') : ok('check_touch_ok');
  },
  display: ({ display }) =>
    display === 'browser' ? todo('check_display_todo') : ok(`check_display_${display}`),
  wake({ wake }) {
    if (wake === 'missing') return unknown('check_wake_unknown');
    return wake === 'kept' ? ok('check_wake_ok') : todo('check_wake_todo');
  },
  zoom({ scale, isPinchOff }) {
    if (Math.abs(scale - 1) > 0.01) return todo('check_zoom_todo');
    return isPinchOff ? ok('check_zoom_ok') : unknown('check_zoom_unknown');
  },
  update({ build, failedUpdates }) {
    if (build === null) return todo('check_update_todo');
    if (failedUpdates > 0) return unknown('check_update_failed', { n: failedUpdates });
    return ok('check_update_ok', { build });
  },
};

/** A clock before the build or before the last receipt is wrong without asking anybody; else the hub's time decides. */
function judgeClock({ now, built, offset, lastReceipt, hub }: CheckFacts): Verdict {
  if (now < built) return todo('check_clock_floor');
  if (offset !== null && Math.abs(offset) > CLOCK_MS) {
    return todo('check_clock_todo', { minutes: Math.round(Math.abs(offset) / 60_000) });
  }
  if (lastReceipt !== null && now + (offset ?? 0) < lastReceipt - CLOCK_MS) return todo('check_clock_floor');
  if (offset !== null) return ok('check_clock_ok');
  return unknown(hub === 'noHub' ? 'check_clock_noHub' : 'check_clock_unknown');
}

function megabytes(bytes: number): number {
  return Math.max(0, Math.floor(bytes / 1_000_000));
}
