/**
 * The device configuration: pulled with an ETag, believed only when signed by the key pinned at activation, never an
 * older one than the last. The last good one is kept as signed text and verified again whenever it is read.
 */
import { DEVICE_SCHEME, type DeviceConfig, signDeviceToken, verifyConfig } from '../batch/index.ts';
import { isForeignPage, readProblem, readText } from './http.ts';
import { deviceMemory, type SyncMemory } from './store.ts';
import type { Device, Fetch } from './types.ts';

const MOST_BYTES = 4 * 1024 * 1024;
const TIMEOUT = 60_000;

export interface PullDeps {
  readonly device: Device;
  readonly fetch?: Fetch;
  readonly memory?: SyncMemory;
  readonly clock?: () => number;
  /** Clock offset of the journal's state, so that a wrong device clock does not spoil the token. */
  readonly offset?: number | null;
}

export interface PullResult {
  readonly state:
    | 'updated'
    | 'unchanged'
    /** Signed by somebody else, older than ours, or not of the known form: ours stays in force. */
    | 'rejected'
    | 'offline'
    | 'captivePortal'
    | 'busy'
    | 'needsActivation'
    | 'noHub';
  /** The configuration in force afterwards, null when there never was one. */
  readonly config: DeviceConfig | null;
}

/** The last good configuration, verified again; null when there is none or it was tampered with. */
export async function loadConfig(
  device: Pick<Device, 'configJwk'>,
  memory: SyncMemory = deviceMemory,
): Promise<DeviceConfig | null> {
  const row = await memory.loadConfig();
  return row ? verifyConfig(row.text, device.configJwk).catch(() => null) : null;
}

/** Asks the hub for the configuration. Never rejects for anything the network or the hub does. */
export async function pullConfig(deps: PullDeps): Promise<PullResult> {
  const { device, memory = deviceMemory, clock = Date.now } = deps;
  const config = await loadConfig(device, memory);
  if (device.hub === null) return { state: 'noHub', config };
  const etag = config === null ? null : ((await memory.loadConfig())?.etag ?? null);
  const token = await signDeviceToken(device.id, clock() + (deps.offset ?? 0), device.key);
  const headers: Record<string, string> = { authorization: `${DEVICE_SCHEME} ${token}` };
  if (etag !== null) headers['if-none-match'] = etag;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  let response: Response;
  let text: string;
  try {
    const send: Fetch = deps.fetch ?? fetch;
    response = await send(`${device.hub}/v1/device/config`, {
      headers,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      signal: stop.signal,
    });
    text = response.status === 304 ? '' : await readText(response, MOST_BYTES);
  } catch {
    return { state: 'offline', config };
  } finally {
    clearTimeout(timer);
  }
  if (response.status === 304) return { state: 'unchanged', config };
  if (response.status === 401 || response.status === 403) {
    return { state: isForeignPage(response) ? 'captivePortal' : 'needsActivation', config };
  }
  if (response.status === 429 || response.status === 503) return { state: 'busy', config };
  if (!response.ok) return { state: readProblem(text) ? 'offline' : 'captivePortal', config };
  return adopt(text, response.headers.get('etag'), config, { device, memory });
}

async function adopt(
  text: string,
  etag: string | null,
  config: DeviceConfig | null,
  { device, memory }: { device: Device; memory: SyncMemory },
): Promise<PullResult> {
  if (!/^\s*[\w-]+\.[\w-]+\.[\w-]+\s*$/.test(text)) return { state: 'captivePortal', config };
  const fresh = await verifyConfig(text, device.configJwk).catch(() => null);
  if (fresh === null || (config !== null && fresh.version < config.version)) {
    return { state: 'rejected', config };
  }
  if (fresh.version === config?.version) return { state: 'unchanged', config };
  await memory.saveConfig({ text: text.trim(), etag });
  return { state: 'updated', config: fresh };
}
