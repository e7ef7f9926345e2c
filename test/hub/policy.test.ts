/** Enrolment by policy: quota, expiry, unit; and the extension that activates itself against a real hub (DESIGN §7). */
import 'fake-indexeddb/auto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BUNDLED_PACKS } from '../../lib/adapters/packs/index.ts';
import { activationAnswerSchema, activationRequestSchema, problemSchema } from '../../lib/batch/index.ts';
import type { Deps } from '../../lib/extension/deps.ts';
import { openMemory } from '../../lib/extension/memory.ts';
import { packDoor } from '../../lib/extension/packs.ts';
import { readPolicy } from '../../lib/extension/policy.ts';
import { localSettings, sessionSettings } from '../../lib/extension/settings.ts';
import { memoryArea } from '../../lib/extension/store.ts';
import { deviceCache, deviceDoor, syncDoor } from '../../lib/extension/sync-door.ts';
import { tick } from '../../lib/extension/sync-loop.ts';
import { issuePolicyToken, listPolicyTokens, revokePolicyToken } from '../../lib/hub/device/policy-token.ts';
import { type Journal, openJournal } from '../../lib/journal/index.ts';
import { forgetDevice, loadDevice } from '../../lib/sync/index.ts';
import {
  activationBody,
  type Caller,
  callerOf,
  type KeyPair,
  keyPair,
  load,
  type TestHub,
  type TestServer,
  testHub,
  testServer,
} from './support.ts';

let server: TestServer;
let at: TestHub;
let call: Caller;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  at = await testHub(server);
  call = callerOf(at.hub.url);
});
afterEach(() => at.close());

const issue = (quota = 3, days = 7) =>
  issuePolicyToken(
    at.hub.db,
    at.hub.secrets,
    { unit: 'xa-a', name: 'Xã A', quota, days },
    'test',
    at.clock.now,
  );
async function activate(token: string, keys?: KeyPair, kind: 'extension' | 'kiosk' = 'extension') {
  const { body, open } = await activationBody(token, kind, keys ?? (await keyPair()));
  return { answer: await call('POST', '/v1/device/activate', body), open };
}
const codeOf = async (answer: Response) => problemSchema.parse(await answer.json()).error.code;

describe('a policy token', () => {
  it('activates as many browsers of its unit as its quota says, each with the province key', async () => {
    const { token } = await issue(2);
    expect(activationRequestSchema.shape.code.safeParse(token).success).toBe(true);
    const secrets = new Set<string>();
    for (let n = 0; n < 2; n += 1) {
      const { answer, open } = await activate(token);
      const body = activationAnswerSchema.parse(await answer.json());
      expect(body).toMatchObject({ unit: { id: 'xa-a', name: 'Xã A' }, province: 'tinh' });
      secrets.add(Buffer.from(await open(body.provinceKey!.jwe)).toString('hex'));
    }
    expect(secrets.size).toBe(1);
    const third = await activate(token);
    expect([third.answer.status, await codeOf(third.answer)]).toEqual([422, 'policyUsedUp']);
    const admin = await at.person('provinceAdmin', null);
    const { devices } = (await (await admin('GET', '/v1/devices?unit=xa-a')).json()) as {
      devices: { name: string }[];
    };
    expect(devices.map((one) => one.name)).toEqual(['Xã A 1', 'Xã A 2']);
  });

  it('lets in exactly its quota when everybody asks at once', async () => {
    const { token } = await issue(5);
    const answers = await Promise.all(Array.from({ length: 24 }, () => activate(token)));
    const statuses = answers.map(({ answer }) => answer.status).sort();
    expect(statuses).toEqual([...Array(5).fill(200), ...Array(19).fill(422)]);
    expect(await listPolicyTokens(at.hub.db)).toMatchObject([{ quota: 5, used: 5 }]);
    const rows = await at.hub.db.tx({ role: 'admin' }, (query) =>
      query<{ n: number }>('SELECT count(*)::int AS n FROM device WHERE policy_token IS NOT NULL'),
    );
    expect(rows[0]!.n).toBe(5);
  });

  it('gives the same key the same device and counts it once', async () => {
    const { token } = await issue(1);
    const keys = await keyPair();
    const devices = await Promise.all(
      [1, 2, 3].map(async () => {
        const { answer } = await activate(token, keys);
        return activationAnswerSchema.parse(await answer.json()).device;
      }),
    );
    expect(new Set(devices).size).toBe(1);
    expect(await listPolicyTokens(at.hub.db)).toMatchObject([{ used: 1 }]);
  });

  it('refuses kiosks, strangers to the key, what expired, what was revoked, what was made up', async () => {
    const { token, id } = await issue(3, 2);
    const refused = async (text: string, kind: 'extension' | 'kiosk' = 'extension') =>
      codeOf((await activate(text, undefined, kind)).answer);
    expect(await refused(token, 'kiosk')).toBe('policyKind');
    const { body } = await activationBody(token, 'extension', await keyPair());
    expect(
      await codeOf(await call('POST', '/v1/device/activate', { ...body, jwk: (await keyPair()).jwk })),
    ).toBe('proof');
    expect(await refused(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBe('policyUnknown');
    at.clock.now += 2 * 86_400_000;
    expect(await refused(token)).toBe('policyExpired');
    at.clock.now -= 2 * 86_400_000;
    expect(await revokePolicyToken(at.hub.db, id, 'test', at.clock.now)).toBe(true);
    expect(await revokePolicyToken(at.hub.db, id, 'test', at.clock.now)).toBe(false);
    expect(await refused(token)).toBe('policyRevoked');
    expect(await listPolicyTokens(at.hub.db)).toMatchObject([{ used: 0, revokedAt: expect.any(String) }]);
  });

  it('is kept nowhere, and what it did is in the audit log', async () => {
    const { token } = await issue();
    await activate(token);
    const text = await at.hub.db.tx({ role: 'admin' }, async (query) => {
      const rows = await query<{ text: string }>(
        "SELECT (SELECT string_agg(t::text, ' ') FROM policy_token t) || (SELECT string_agg(a::text, ' ') FROM audit a) AS text",
      );
      return rows[0]!.text;
    });
    expect(text).not.toContain(token);
    expect(text).toContain('makePolicyToken');
  });

  it('that has expired on a hundred PCs does not keep anybody behind the same address from a one-time code', async () => {
    const { token, id } = await issue();
    await revokePolicyToken(at.hub.db, id, 'test', at.clock.now);
    for (let n = 0; n < 15; n += 1) expect((await activate(token)).answer.status).toBe(422);
    await at.device('xa-a');
  });
});

describe('the extension under a policy', () => {
  /** The worker's rooms as they are, with the browser's storage in memory. */
  function worker(managed: Record<string, unknown>): Deps {
    const clock = () => at.clock.now;
    const cache = deviceCache();
    let journal: Promise<Journal> | null = null;
    const second = new Map<string, string>();
    const open = () => {
      journal ??= openJournal({
        name: `policy-${Math.random()}`,
        kind: 'extension',
        clock,
        second: {
          put: async (texts) => texts.forEach((text, name) => void second.set(name, text)),
          remove: async (keys) => {
            for (const key of keys) second.delete(key);
          },
          all: async () => new Map(second),
        },
      });
      return journal;
    };
    const sync = syncDoor(cache, open, clock);
    return {
      clock,
      lastWords: { get: async () => undefined, remove: async () => undefined },
      local: localSettings(memoryArea()),
      session: sessionSettings(memoryArea()),
      memory: openMemory(`memory-${Math.random()}`),
      journal: open,
      device: async () => {
        const device = await cache.get();
        return device && deviceDoor(device);
      },
      deviceChanged: cache.reset,
      sync,
      packs: packDoor(BUNDLED_PACKS, sync.config),
      policy: () => readPolicy(async () => managed),
      scripting: {
        isGranted: async () => true,
        registered: async () => [],
        unregister: async () => undefined,
        register: async () => undefined,
        tabsOn: async () => [],
        inject: async () => undefined,
      },
      face: {
        badge: async () => undefined,
        tellPages: async () => undefined,
        injectPanel: async () => undefined,
        injectEngine: async () => undefined,
      },
    } as unknown as Deps;
  }
  afterEach(() => forgetDevice());

  it('activates itself at the next tick, once, and has the configuration and the key of its province', async () => {
    await load(at.hub, 'tenants', 'id,name,family,origins\nmc,Một cửa,igate2,https://mc.example.gov.vn\n');
    const { token } = await issue(5);
    const deps = worker({ hub: at.hub.url, policyToken: token });
    expect(await deps.device()).toBeNull();
    await tick(deps);
    await tick(deps);
    const device = await deps.device();
    expect(device).toMatchObject({ unit: { id: 'xa-a', name: 'Xã A' }, hub: at.hub.url });
    expect(await device!.keysOf('H99.1-260915-0001')).toEqual([expect.stringMatching(/^1:[\w-]{22}$/)]);
    expect(await deps.sync.config()).toMatchObject({ tenants: [{ id: 'mc' }], packs: [] });
    expect(await listPolicyTokens(at.hub.db)).toMatchObject([{ used: 1 }]);
    expect((await loadDevice())!.id).toBe(device!.id);
  });

  it('stays as it was when the token is spent, and activates when the policy brings a good one', async () => {
    const { token, id } = await issue(5);
    await revokePolicyToken(at.hub.db, id, 'test', at.clock.now);
    const managed: Record<string, unknown> = { hub: at.hub.url, policyToken: token };
    const deps = worker(managed);
    await tick(deps);
    expect(await deps.device()).toBeNull();
    managed.policyToken = (await issue(5)).token;
    await tick(deps);
    expect(await deps.device()).not.toBeNull();
  });
});
