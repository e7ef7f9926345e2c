/** Offers a pack repaired in the workshop to the province: `POST /v1/device/packs`. Nothing is kept here; the draft is. */
import { DEVICE_SCHEME, type PackProposal, signDeviceToken } from '../batch/index.ts';
import { isForeignPage, readProblem, readText } from './http.ts';
import type { Device, Fetch, SyncError } from './types.ts';

const MOST_BYTES = 64 * 1024;
/** A fetch of a worker must answer within 30 s (field-notes §4.2). */
const TIMEOUT = 25_000;

export interface SendPackDeps {
  readonly device: Device;
  readonly proposal: PackProposal;
  readonly fetch?: Fetch;
  readonly clock?: () => number;
  /** Clock offset of the journal's state, so that a wrong device clock does not spoil the token. */
  readonly offset?: number | null;
}

export interface SendPackResult {
  /** `refused`: the hub said why in `problem`. */
  readonly state: 'accepted' | 'refused' | 'offline' | 'captivePortal' | 'busy' | 'needsActivation' | 'noHub';
  readonly problem: SyncError['problem'];
}

/** One attempt. Never rejects for anything the network or the hub does; the same proposal may be sent again. */
export async function sendPack(deps: SendPackDeps): Promise<SendPackResult> {
  const { device, proposal, clock = Date.now } = deps;
  const only = (state: SendPackResult['state']): SendPackResult => ({ state, problem: null });
  if (device.hub === null) return only('noHub');
  const token = await signDeviceToken(device.id, clock() + (deps.offset ?? 0), device.key);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  let response: Response;
  let text: string;
  try {
    const send: Fetch = deps.fetch ?? fetch;
    response = await send(`${device.hub}/v1/device/packs`, {
      method: 'POST',
      headers: { authorization: `${DEVICE_SCHEME} ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(proposal),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      signal: stop.signal,
    });
    text = await readText(response, MOST_BYTES);
  } catch {
    return only('offline');
  } finally {
    clearTimeout(timer);
  }
  const problem = readProblem(text);
  // A 200 without a JSON answer is a network's own page, not the hub.
  if (response.ok) return only(isForeignPage(response) || !isObject(text) ? 'captivePortal' : 'accepted');
  if (response.status === 429 || response.status === 503) return { state: 'busy', problem };
  if (response.status === 401 || response.status === 403) {
    return problem ? { state: 'needsActivation', problem } : only('captivePortal');
  }
  if (problem) return { state: 'refused', problem };
  return only(isForeignPage(response) ? 'captivePortal' : 'offline');
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
