import { describe, expect, it } from 'vitest';
import { type DeviceConfig, signConfig } from '../../../lib/batch/index.ts';
import { type Fetch, loadConfig, pullConfig } from '../../../lib/sync/index.ts';
import { signer } from '../batch/keys.ts';
import { memoryHub, problem } from './hub.ts';
import { deviceFor, START, syncMemory } from './world.ts';

function configOf(version: number): DeviceConfig {
  return {
    typ: 'nmc-config',
    version,
    issued: new Date(START).toISOString(),
    tenants: [{ id: 'thu', name: 'Cổng thử', family: 'igate2', origins: ['https://thu.example'] }],
    retiredPacks: [`igate2@0.0.${version}`],
    packs: [],
    questionnaire: null,
    counters: [{ id: 'q1', name: 'Quầy 1' }],
  };
}

async function setUp() {
  const hub = await memoryHub(() => START);
  const device = await deviceFor(hub);
  const memory = syncMemory();
  const pull = (fetch: Fetch = hub.fetch) => pullConfig({ device, memory, fetch, clock: () => START });
  return { hub, device, memory, pull };
}

const asText = (text: string) => async () => new Response(text);

describe('pullConfig', () => {
  it('takes over a signed configuration and asks with its ETag afterwards', async () => {
    const { hub, device, memory, pull } = await setUp();
    hub.config = configOf(3);
    expect(await pull()).toEqual({ state: 'updated', config: configOf(3) });
    const asked: (string | null)[] = [];
    const counting: Fetch = async (url, init) => {
      asked.push(new Headers(init.headers).get('if-none-match'));
      return hub.fetch(url, init);
    };
    expect(await pull(counting)).toEqual({ state: 'unchanged', config: configOf(3) });
    expect(asked).toEqual(['"v3"']);
    hub.config = configOf(4);
    expect(await pull()).toMatchObject({ state: 'updated', config: { version: 4 } });
    expect(await loadConfig(device, memory)).toEqual(configOf(4));
  });

  it('refuses a downgrade, another signer and an altered text, and stays with the last good one', async () => {
    const { hub, pull, device, memory } = await setUp();
    hub.config = configOf(3);
    await pull();
    hub.config = configOf(2);
    expect(await pull()).toMatchObject({ state: 'rejected', config: { version: 3 } });
    const stranger = await signer();
    const foreign = await signConfig(configOf(9), stranger.key);
    expect(await pull(asText(foreign))).toMatchObject({ state: 'rejected', config: { version: 3 } });
    const [head, , mark] = foreign.split('.');
    const body = Buffer.from(JSON.stringify({ ...configOf(9), counters: [] })).toString('base64url');
    expect(await pull(asText(`${head}.${body}.${mark}`))).toMatchObject({ state: 'rejected' });
    expect(await loadConfig(device, memory)).toEqual(configOf(3));
  });

  it('does not believe what it stored when that was tampered with', async () => {
    const { hub, pull, device, memory } = await setUp();
    hub.config = configOf(3);
    await pull();
    const row = (await memory.loadConfig())!;
    const [head, body, mark] = row.text.split('.') as [string, string, string];
    const changed = body.slice(0, 40) + (body[40] === 'A' ? 'B' : 'A') + body.slice(41);
    await memory.saveConfig({ ...row, text: `${head}.${changed}.${mark}` });
    expect(await loadConfig(device, memory)).toBeNull();
    expect(await pull(), 'asked without the ETag of what it lost').toMatchObject({ state: 'updated' });
  });

  it.each<[string, Fetch, string]>([
    ['no connection', () => Promise.reject(new TypeError('Failed to fetch')), 'offline'],
    ['a log-in page', async () => new Response('<html>'), 'captivePortal'],
    ['a redirect', async () => new Response(null, { status: 302 }), 'captivePortal'],
    ['an unknown device', async () => problem(401, 'deviceUnknown', '…'), 'needsActivation'],
    [
      'a firewall',
      async () => new Response('<html>', { status: 403, headers: { 'content-type': 'text/html' } }),
      'captivePortal',
    ],
    ['an overloaded hub', async () => problem(503, 'busy', '…'), 'busy'],
    ['a broken hub', async () => problem(500, 'internal', '…'), 'offline'],
  ])('%s leaves the last good one in force', async (_name, fetch, state) => {
    const { hub, pull } = await setUp();
    hub.config = configOf(3);
    await pull();
    expect(await pull(fetch)).toEqual({ state, config: configOf(3) });
  });

  it('asks nobody in a unit without a hub', async () => {
    const { device, memory } = await setUp();
    const never: Fetch = () => Promise.reject(new Error('asked'));
    expect(await pullConfig({ device: { ...device, hub: null }, memory, fetch: never })).toEqual({
      state: 'noHub',
      config: null,
    });
  });
});
