/** A pack on its way to the province: every answer of the hub and of the network has one meaning, and only IT staff send. */
import { describe, expect, it } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import { type PackProposal, packProposalSchema } from '../../../lib/batch/index.ts';
import type { Deps } from '../../../lib/extension/deps.ts';
import { localSettings } from '../../../lib/extension/settings.ts';
import { memoryArea } from '../../../lib/extension/store.ts';
import { sendPack as ask, itProfile } from '../../../lib/extension/workshop-handlers.ts';
import { type Device, type Fetch, sendPack } from '../../../lib/sync/index.ts';
import { asSource } from '../../../lib/workshop/draft.ts';

const proposal: PackProposal = {
  pack: asSource(BUNDLED_PACKS[0]!),
  note: 'Cột đổi tên',
  fixtures: [],
  results: [{ name: 'list-basic', ok: true }],
};

async function device(hub: string | null = 'https://hub.example'): Promise<Device> {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  return { id: 'dev1', hub, key: privateKey } as unknown as Device;
}

const answer = (status: number, body: string, type = 'application/json') =>
  new Response(body, { status, headers: { 'content-type': type } });
const problem = (code: string, field: string) =>
  JSON.stringify({ error: { code, field, message: 'Nâng phiên bản rồi gửi lại.' } });

describe('sending a pack', () => {
  it('asks once, as this device, with what the contract says', async () => {
    const asked: { url: string; init: RequestInit }[] = [];
    const fetch: Fetch = async (url, init) => {
      asked.push({ url, init });
      return answer(201, '{"pack":"igate2@0.1.1","stage":"proposed"}');
    };
    expect(await sendPack({ device: await device(), proposal, fetch })).toEqual({
      state: 'accepted',
      problem: null,
    });
    expect(asked).toHaveLength(1);
    const { url, init } = asked[0]!;
    expect(url).toBe('https://hub.example/v1/device/packs');
    expect(init.method).toBe('POST');
    expect(init.credentials).toBe('omit');
    expect(init.redirect).toBe('manual');
    const headers = init.headers as Record<string, string>;
    expect(headers.authorization).toMatch(/^NMC-Device [\w-]+\.[\w-]+\.[\w-]+$/);
    expect(packProposalSchema.parse(JSON.parse(String(init.body)))).toEqual(proposal);
  });

  it.each([
    ['refused', 409, problem('packTaken', 'pack.version'), 'application/json'],
    ['refused', 422, problem('packInvalid', 'pack.pages'), 'application/json'],
    ['needsActivation', 401, problem('device', 'authorization'), 'application/json'],
    ['busy', 503, '', 'text/plain'],
    ['busy', 429, problem('tooMany', ''), 'application/json'],
    ['captivePortal', 200, '<html>log in</html>', 'text/html'],
    ['captivePortal', 200, 'ok', 'text/plain'],
    ['captivePortal', 403, '<html>blocked</html>', 'text/html'],
    ['offline', 502, 'bad gateway', 'text/plain'],
  ] as const)('%s on %i', async (state, status, body, type) => {
    const result = await sendPack({
      device: await device(),
      proposal,
      fetch: async () => answer(status, body, type),
    });
    expect(result.state).toBe(state);
    if (state === 'refused') expect(result.problem?.message).toBe('Nâng phiên bản rồi gửi lại.');
  });

  it('without network or hub says so, and rejects for neither', async () => {
    const fetch: Fetch = () => Promise.reject(new TypeError('failed'));
    expect((await sendPack({ device: await device(), proposal, fetch })).state).toBe('offline');
    expect((await sendPack({ device: await device(null), proposal, fetch })).state).toBe('noHub');
  });
});

describe('the IT profile', () => {
  function room(policy: boolean, isActivated = true) {
    const sent: unknown[] = [];
    const deps = {
      local: localSettings(memoryArea()),
      policy: async () => ({ hub: null, token: null, tenants: [], ...(policy ? { itProfile: true } : {}) }),
      device: async () => (isActivated ? { id: 'dev1' } : null),
      sync: {
        sendPack: async (one: unknown) => {
          sent.push(one);
          return { state: 'accepted', problem: null };
        },
      },
    } as unknown as Deps;
    return { deps, sent };
  }

  it('is off until somebody switches it on, and sends nothing before', async () => {
    const { deps, sent } = room(false);
    expect(await itProfile(deps, null)).toEqual({ isOn: false, isFixed: false });
    expect((await ask(deps, proposal)).state).toBe('notAllowed');
    expect(await itProfile(deps, true)).toEqual({ isOn: true, isFixed: false });
    expect((await ask(deps, proposal)).state).toBe('accepted');
    expect(await itProfile(deps, false)).toEqual({ isOn: false, isFixed: false });
    expect((await ask(deps, proposal)).state).toBe('notAllowed');
    expect(sent).toEqual([proposal]);
  });

  it('set by policy stays on', async () => {
    const { deps } = room(true);
    expect(await itProfile(deps, false)).toEqual({ isOn: true, isFixed: true });
  });

  it('needs an activated device to send', async () => {
    const { deps, sent } = room(true, false);
    expect((await ask(deps, proposal)).state).toBe('notActivated');
    expect(sent).toEqual([]);
  });
});
