/** Asks the hub to confirm a one-time code, so that a forgotten PIN can be chosen anew. Nothing on the device changes. */
import { base64url } from 'jose';
import { DEVICE_SCHEME, signDeviceToken, verifyUnlock } from '../batch/index.ts';
import { readProblem, readText } from './http.ts';
import { type Device, type Fetch, syncError } from './types.ts';

const MOST_BYTES = 16 * 1024;

export interface UnlockDeps {
  readonly device: Device;
  /** One-time code for a kiosk, as typed. */
  readonly code: string;
  readonly fetch?: Fetch;
  readonly clock?: () => number;
  /** Clock offset of the journal's state, milliseconds. */
  readonly offset?: number | null;
}

/**
 * Resolves when the hub took the code: signed by the pinned key, for this device and this very request.
 * @throws SyncError `network`, `notHub`, `refused` (with the hub's problem), `badAnswer`
 */
export async function unlock({ device, code, clock = Date.now, ...deps }: UnlockDeps): Promise<void> {
  const nonce = base64url.encode(crypto.getRandomValues(new Uint8Array(16)));
  const token = await signDeviceToken(device.id, clock() + (deps.offset ?? 0), device.key);
  const send: Fetch = deps.fetch ?? fetch;
  let response: Response;
  let text: string;
  try {
    response = await send(`${device.hub}/v1/device/unlock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `${DEVICE_SCHEME} ${token}` },
      body: JSON.stringify({ code, nonce }),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
    });
    text = await readText(response, MOST_BYTES);
  } catch {
    throw syncError('network', 'the hub did not answer');
  }
  if (!response.ok) {
    const problem = readProblem(text);
    if (problem === null) throw syncError('notHub', 'something else than the hub answered');
    throw syncError('refused', `refused: ${problem.code}`, problem);
  }
  const answer = await verifyUnlock(text, device.hubJwk).catch(() => null);
  if (answer?.device !== device.id || answer.nonce !== nonce) {
    throw syncError('badAnswer', 'the answer is not signed for this request');
  }
}
