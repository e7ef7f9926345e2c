/**
 * Look-up of dossiers for people at work: keyed hashes to the hub, what it holds of them back (DESIGN §3, Keys). Only the
 * device's own unit and below; never by a kiosk. Nothing is kept here: the caller decides how long an answer is good.
 */
import {
  DEVICE_SCHEME,
  type LookupAnswer,
  lookupAnswerSchema,
  lookupRequestSchema,
  signDeviceToken,
} from '../batch/index.ts';
import { retryAfter } from './backoff.ts';
import { isForeignPage, readProblem, readText } from './http.ts';
import type { Device, Fetch } from './types.ts';

/** Keys one request may hold (`lookupRequestSchema`); more are asked for in parts. */
const MOST_KEYS = 500;
const MOST_BYTES = 1024 * 1024;
/** Somebody waits for the answer. */
const TIMEOUT = 15_000;

export interface LookUpDeps {
  readonly fetch?: Fetch;
  /** Milliseconds. */
  readonly clock?: () => number;
  /** Clock offset of the journal's state, so that a wrong device clock does not spoil the token. */
  readonly offset?: number | null;
}

export type LookUpResult =
  | { readonly state: 'answer'; readonly answer: LookupAnswer }
  | {
      readonly state: /** No connection, or the hub did not answer. */
        | 'offline'
        /** Something answered that is not the hub. */
        | 'captivePortal'
        /** Too many questions, or the hub is busy: ask again after `after` milliseconds. */
        | 'busy'
        /** The hub does not know this device any more. */
        | 'needsActivation'
        /** This device may not ask (a kiosk), or asked what the hub does not take. */
        | 'refused'
        /** The unit has no hub: nothing to ask. */
        | 'noHub';
      /** For `busy`, milliseconds. */
      readonly after?: number;
    };

/** Asks the hub about these keys. Never rejects for anything the network or the hub does; without keys nobody is asked. */
export async function lookUp(
  device: Device,
  keys: readonly string[],
  deps: LookUpDeps = {},
): Promise<LookUpResult> {
  if (device.hub === null) return { state: 'noHub' };
  const clock = deps.clock ?? Date.now;
  const wanted = [...new Set(keys)];
  const dossiers: LookupAnswer['dossiers'][number][] = [];
  let asOf = new Date(clock() + (deps.offset ?? 0)).toISOString();
  for (let at = 0; at < wanted.length; at += MOST_KEYS) {
    const result = await ask(device, device.hub, wanted.slice(at, at + MOST_KEYS), deps);
    if (result.state !== 'answer') return result;
    dossiers.push(...result.answer.dossiers);
    asOf = result.answer.asOf;
  }
  return { state: 'answer', answer: { asOf, dossiers } };
}

async function ask(
  device: Device,
  hub: string,
  keys: readonly string[],
  deps: LookUpDeps,
): Promise<LookUpResult> {
  const clock = deps.clock ?? Date.now;
  const request = lookupRequestSchema.safeParse({ keys });
  if (!request.success) return { state: 'refused' };
  const token = await signDeviceToken(device.id, clock() + (deps.offset ?? 0), device.key);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  let response: Response;
  let text: string;
  try {
    const send: Fetch = deps.fetch ?? fetch;
    response = await send(`${hub}/v1/device/lookup`, {
      method: 'POST',
      headers: { authorization: `${DEVICE_SCHEME} ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(request.data),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      signal: stop.signal,
    });
    text = await readText(response, MOST_BYTES);
  } catch {
    return { state: 'offline' };
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return readAnswer(text, keys);
  const problem = readProblem(text);
  if (response.status === 429 || response.status === 503) {
    return { state: 'busy', after: retryAfter(response.headers.get('retry-after'), clock()) ?? 60_000 };
  }
  if (problem === null)
    return { state: isForeignPage(response) || response.status < 500 ? 'captivePortal' : 'offline' };
  if (
    problem.code === 'unknownDevice' ||
    problem.code === 'revokedDevice' ||
    problem.code === 'deviceToken'
  ) {
    return { state: 'needsActivation' };
  }
  return { state: response.status >= 500 ? 'offline' : 'refused' };
}

/** Believed only in the known form, and only about keys that were asked for. */
function readAnswer(text: string, keys: readonly string[]): LookUpResult {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { state: 'captivePortal' };
  }
  const answer = lookupAnswerSchema.safeParse(raw);
  if (!answer.success) return { state: 'captivePortal' };
  const asked = new Set(keys);
  const { asOf, dossiers } = answer.data;
  return { state: 'answer', answer: { asOf, dossiers: dossiers.filter((one) => asked.has(one.key)) } };
}
