/** A phrase recorded at one kiosk, shared by the province, heard at another: the kiosks' own code against the real hub. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { decideClip, listClips } from '../../lib/hub/feedback/index.ts';
import { exchangeClips } from '../../lib/kiosk/voice/exchange.ts';
import { openShelf } from '../../lib/kiosk/voice/shelf.ts';
import { pullConfig } from '../../lib/sync/index.ts';
import { memoryCache } from '../unit/kiosk/voice-room.ts';
import { configMemory, syncDevice } from './device-calls.ts';
import { type TestHub, type TestServer, testHub, testServer } from './support.ts';

let server: TestServer;
let at: TestHub;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  at = await testHub(server);
});
afterEach(() => at.close());

const actor = { id: 'test', scope: '*' } as const;
/** The head of a WebM file and bytes no clip has. */
const voice = (last: number) =>
  new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, ...Array.from({ length: 60 }, (_, n) => n), last]);

/** A kiosk with its shelf; `sync` is what a sync does about clips. */
async function kiosk() {
  const device = syncDevice(at, await at.device('xa-a', 'kiosk'));
  const cache = memoryCache();
  const shelf = await openShelf(async () => cache);
  const memory = configMemory();
  return {
    shelf,
    async sync(force = false) {
      const { config } = await pullConfig({ device, memory, clock: () => at.clock.now });
      await shelf.adopt(config?.clips);
      return exchangeClips({ shelf, device, clock: () => at.clock.now, force });
    },
  };
}

it('recorded, sent, shared, fetched, withdrawn', async () => {
  const here = await kiosk();
  const there = await kiosk();
  await here.shelf.record('blt', 'ui.attractTitle', 'audio/webm', voice(1));
  expect(await here.sync()).toBe('done');
  expect(here.shelf.stateOf('blt', 'ui.attractTitle')).toBe('sent');
  await there.sync();
  expect(there.shelf.has('blt', 'ui.attractTitle')).toBe(false);

  const [clip] = await listClips(at.hub.db, '*');
  await decideClip(at.hub.db, actor, clip!.sha256, 'shared', at.clock.now);
  await here.sync();
  expect(here.shelf.stateOf('blt', 'ui.attractTitle')).toBe('shared');
  expect(await there.sync()).toBe('done');
  expect(await there.shelf.read('blt', 'ui.attractTitle')).toEqual(voice(1));

  await decideClip(at.hub.db, actor, clip!.sha256, 'withdrawn', at.clock.now);
  await Promise.all([here.sync(), there.sync()]);
  expect(there.shelf.has('blt', 'ui.attractTitle')).toBe(false);
  // Where it was recorded it stays: whoever records a phrase here hears it here.
  expect(here.shelf.has('blt', 'ui.attractTitle')).toBe(true);
  expect(here.shelf.stateOf('blt', 'ui.attractTitle')).toBe('sent');
});

it('what the hub does not take for sound stays here as refused; recorded anew it goes', async () => {
  const { shelf, sync } = await kiosk();
  await shelf.record('blt', 'a', 'audio/webm', new Uint8Array(64));
  expect(await sync()).toBe('done');
  expect(shelf.stateOf('blt', 'a')).toBe('refused');
  expect(shelf.has('blt', 'a')).toBe(true);
  await shelf.record('blt', 'a', 'audio/webm', voice(2));
  await sync();
  expect(shelf.stateOf('blt', 'a')).toBe('sent');
});
