/**
 * The uploader: at-least-once transport, exactly-once effect (DESIGN §6).
 *
 *   pending run ── pack ── POST ──┬─ 200 + valid receipt for this device and stream ── journal.accept ── next run
 *                                 ├─ 200 without one ............ captivePortal   (nothing changes)
 *                                 ├─ 413 ........................ halve, down to one line
 *                                 ├─ 401, 403 ................... needsActivation (everything kept)
 *                                 ├─ 429, 503 ................... busy: Retry-After + rand(0..Retry-After)
 *                                 └─ anything else, no answer ... full-jitter back-off
 *
 * No HTTP status frees an entry; only `received` ranges of a verified receipt do.
 */
import { BATCH_TYPE, GENESIS, LIMITS, packBatch, type Receipt, verifyReceipt } from '../batch/index.ts';
import { isJournalError, type Journal, type PendingBatch } from '../journal/index.ts';
import { backoffDelay, retryAfter } from './backoff.ts';
import { contentOf } from './handover.ts';
import { isForeignPage, readProblem, readText } from './http.ts';
import { slotOf } from './schedule.ts';
import { isTooLarge } from './size.ts';
import { deviceMemory, type RetryRow, type SyncMemory } from './store.ts';
import type { Device, Fetch, SyncError, SyncResult, SyncState } from './types.ts';

export interface SyncDeps {
  readonly journal: Journal;
  readonly device: Device;
  readonly fetch?: Fetch;
  readonly clock?: () => number;
  /** 0 ≤ x < 1. */
  readonly random?: () => number;
  readonly memory?: SyncMemory;
  /** Web Locks; null = none here. One uploader at a time where they exist. */
  readonly locks?: Pick<LockManager, 'request'> | null;
  /** A person asked for it: own back-off does not hold it up, a Retry-After does. */
  readonly force?: boolean;
  /** End of the day: declare the head by a signed beacon even when there is nothing to send. */
  readonly closing?: boolean;
  /** Batches in one run at most. */
  readonly batches?: number;
}

/** A beacon goes out by itself when the hub has not been heard for this long. */
const HEARTBEAT = 12 * 3_600_000;
const RECEIPT_BYTES = 512 * 1024;
const RUN_BYTES = 1024 * 1024;
const TIMEOUT = 60_000;
const SOON = 1_000;
const DAY = 86_400_000;

/** Sends what is pending. Never rejects for anything the network, the hub or the journal's storage does. */
export async function syncNow(deps: SyncDeps): Promise<SyncResult> {
  const locks = deps.locks === undefined ? (globalThis.navigator?.locks ?? null) : deps.locks;
  if (!locks) return run(deps);
  return locks.request('nmc-sync', { ifAvailable: true }, (lock) =>
    lock === null
      ? resultOf('running', (deps.clock ?? Date.now)() + SOON * 30, { sent: 0, received: 0 })
      : run(deps),
  );
}

interface Tally {
  sent: number;
  received: number;
}

function resultOf(
  state: SyncState,
  nextAt: number,
  tally: Readonly<Tally>,
  problem: SyncError['problem'] = null,
): SyncResult {
  return { state, sent: tally.sent, received: tally.received, nextAt, message: state, problem };
}

async function run(deps: SyncDeps): Promise<SyncResult> {
  const { journal, device, clock = Date.now, random = Math.random, memory = deviceMemory } = deps;
  const tally: Tally = { sent: 0, received: 0 };
  if (device.hub === null) return resultOf('noHub', clock() + DAY, tally);
  const retry = (await memory.loadRetry()) ?? { failures: 0, nextAt: 0, notBefore: 0 };
  const wait = waitUntil(retry, clock(), deps.force === true);
  if (wait !== null) return resultOf('waiting', wait, tally);

  const fail = async (outcome: Exclude<Outcome, { kind: 'receipt' | 'tooLarge' }>): Promise<SyncResult> => {
    const failures = retry.failures + 1;
    const asked = outcome.after ?? null;
    const delay = asked === null ? backoffDelay(failures - 1, random) : asked + Math.round(random() * asked);
    const nextAt = clock() + Math.max(SOON, delay);
    await memory.saveRetry({ failures, nextAt, notBefore: asked === null ? 0 : nextAt });
    return resultOf(outcome.kind, nextAt, tally, outcome.problem ?? null);
  };

  try {
    let next: Receipt['next'] | null = null;
    let entries: number = LIMITS.entries;
    let isDone = false;
    for (let count = 0; count < (deps.batches ?? 50); count += 1) {
      const batch = await pendingOrBeacon(deps, entries, next !== null, clock());
      if (batch === null) {
        isDone = true;
        break;
      }
      const outcome = await offer(batch, { ...deps, clock });
      if (outcome.kind === 'tooLarge') {
        if (batch.lines.length <= 1) return await fail({ kind: 'refused', problem: outcome.problem ?? null });
        entries = Math.max(1, Math.floor(batch.lines.length / 2));
        continue;
      }
      if (outcome.kind !== 'receipt') return await fail(outcome);
      const before = await unsentOf(journal);
      await journal.accept(outcome.receipt, { offset: outcome.offset });
      const freed = before - (await unsentOf(journal));
      tally.sent += batch.lines.length;
      tally.received += Math.max(0, freed);
      next = outcome.receipt.next;
      // A receipt that frees nothing of what was sent (an old answer from a cache) must not become a loop.
      if (batch.lines.length > 0 && !(await isReceived(journal, batch))) {
        return await fail({ kind: 'captivePortal' });
      }
    }
    await memory.saveRetry({ failures: 0, nextAt: 0, notBefore: 0 });
    if (!isDone) return resultOf('more', clock() + SOON, tally);
    return resultOf('done', clock() + pause(next, device), tally);
  } catch (error) {
    if (isJournalError(error)) return fail({ kind: 'storage' });
    throw error;
  }
}

/** When trying is allowed again, or null for now. A clock set back must not silence a device for long. */
function waitUntil(retry: RetryRow, now: number, isForced: boolean): number | null {
  const until = isForced ? retry.notBefore : Math.max(retry.nextAt, retry.notBefore);
  return until > now && until - now <= 2 * DAY ? until : null;
}

/** The pause the hub asked for, spread over its window; at least half a minute, at most a day. */
function pause(next: Receipt['next'] | null, device: Device): number {
  if (next === null) return 15 * 60_000;
  return Math.min(DAY, Math.max(30_000, next.after + slotOf(device.id, Math.min(next.window, DAY))));
}

async function unsentOf(journal: Journal): Promise<number> {
  return (await journal.state()).unsent;
}

async function isReceived(journal: Journal, batch: PendingBatch): Promise<boolean> {
  const after = await journal.pending({ entries: 1, bytes: 1 });
  return after === null || after.stream !== batch.stream || after.first !== batch.first;
}

async function pendingOrBeacon(
  { journal, closing }: SyncDeps,
  entries: number,
  hasReceipt: boolean,
  now: number,
): Promise<PendingBatch | null> {
  const batch = await journal.pending({ entries, bytes: RUN_BYTES });
  if (batch !== null) return batch;
  const state = await journal.state();
  if (hasReceipt || state.stream === 0) return null;
  const heard = state.lastReceipt === null ? 0 : Date.parse(state.lastReceipt) - (state.offset ?? 0);
  if (closing !== true && Math.abs(now - heard) < HEARTBEAT) return null;
  const { stream, head, unsent } = state;
  const prev = head === 0 ? GENESIS : await journal.chainBefore(stream, head + 1);
  return { stream, first: head + 1, lines: [], prev, head, unsent };
}

type Outcome =
  | {
      readonly kind: 'receipt';
      readonly receipt: Receipt;
      /** Clock offset from the middle of the exchange; null when it took too long to tell. */
      readonly offset: number | null;
    }
  | { readonly kind: 'tooLarge'; readonly problem?: SyncError['problem'] }
  | {
      readonly kind: 'offline' | 'captivePortal' | 'busy' | 'refused' | 'needsActivation' | 'storage';
      readonly problem?: SyncError['problem'];
      /** Milliseconds asked for by Retry-After. */
      readonly after?: number | null;
    };

async function offer(batch: PendingBatch, deps: SyncDeps & { clock: () => number }): Promise<Outcome> {
  const { device, clock } = deps;
  const sent = clock();
  let bytes: Uint8Array;
  try {
    bytes = await packBatch(contentOf(batch, device, sent), device);
  } catch (error) {
    if (isTooLarge(error)) return { kind: 'tooLarge' };
    throw error;
  }
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  let response: Response;
  let text: string;
  try {
    const send: Fetch = deps.fetch ?? fetch;
    response = await send(`${device.hub}/v1/batches`, {
      method: 'POST',
      headers: { 'content-type': BATCH_TYPE },
      body: bytes as Uint8Array<ArrayBuffer>,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      signal: stop.signal,
    });
    text = await readText(response, RECEIPT_BYTES);
  } catch {
    return { kind: 'offline' };
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) return refusal(response, text, clock());
  const receipt = await verifyReceipt(text, device.hubJwk).catch(() => null);
  const isOurs =
    receipt !== null &&
    receipt.device === device.id &&
    receipt.hub === device.hubId &&
    receipt.stream === batch.stream;
  if (!isOurs) return { kind: 'captivePortal' };
  const answered = clock();
  const isQuick = answered >= sent && answered - sent < 30_000;
  const offset = isQuick ? Math.round(Date.parse(receipt.time) - (sent + answered) / 2) : null;
  return { kind: 'receipt', receipt, offset };
}

function refusal(response: Response, text: string, now: number): Outcome {
  const problem = readProblem(text);
  const { status } = response;
  if (status === 413) return { kind: 'tooLarge', problem };
  if (status === 429 || status === 503) {
    return { kind: 'busy', problem, after: retryAfter(response.headers.get('retry-after'), now) };
  }
  if (status === 401 || status === 403) {
    return isForeignPage(response) ? { kind: 'captivePortal' } : { kind: 'needsActivation', problem };
  }
  if (status === 0 || (status >= 300 && status < 400)) return { kind: 'captivePortal' };
  if (status >= 500) return { kind: 'offline', problem };
  return problem === null ? { kind: 'captivePortal' } : { kind: 'refused', problem };
}
