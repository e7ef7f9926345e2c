/** The small hub in memory behind the kiosk's own address: a browser test sets questionnaire and behaviour as a hub would. */
import type { BrowserContext } from 'playwright-core';
import type { DeviceConfig } from '../../lib/batch/index.ts';
import { type MemoryHub, memoryHub } from '../unit/sync/hub.ts';

/** A configuration that sets nothing. */
export function plainConfig(version: number, over: Partial<DeviceConfig> = {}): DeviceConfig {
  return {
    typ: 'nmc-config',
    version,
    issued: '2026-09-21T01:00:00.000Z',
    tenants: [],
    retiredPacks: [],
    packs: [],
    questionnaire: null,
    counters: [],
    ...over,
  };
}

/** Answers every `/v1/` request of this browser from a hub in memory (`known`, or a new one); `codes` may activate kiosks. */
export async function hubBehind(
  context: BrowserContext,
  codes: readonly string[],
  known?: MemoryHub,
): Promise<MemoryHub> {
  const hub = known ?? (await memoryHub(Date.now));
  for (const code of codes) hub.codes.set(code, 'kiosk');
  await context.route(
    (url) => url.pathname.startsWith('/v1/'),
    async (route) => {
      const request = route.request();
      const body = request.postDataBuffer();
      const response = await hub.fetch(request.url(), {
        method: request.method(),
        headers: request.headers(),
        ...(body ? { body: new Uint8Array(body) } : {}),
      });
      await route.fulfill({
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      });
    },
  );
  return hub;
}
