/** A host whose permission was taken away: nothing is handed out or taken for it, and the journal says since when. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { noteGrants } from '../../../lib/extension/grants.ts';
import { bindingOf } from '../../../lib/extension/state.ts';
import { makeWorld, ORIGIN, ready } from './world.ts';

describe('a permission taken away', () => {
  it('is written down once per bound system that it covered, and again when it comes back', async () => {
    const world = makeWorld();
    await ready(world);
    const host = new URL(ORIGIN).hostname;
    await noteGrants(world.cold(), ['https://another.gov.vn/*', `*://*.other-${host}/*`], false);
    expect((await world.entries()).filter(({ kind }) => kind === 'health')).toHaveLength(1);
    await noteGrants(world.cold(), [`*://${host}/*`], false);
    world.state.now += 60_000;
    await noteGrants(world.cold(), ['<all_urls>'], true);
    const said = (await world.entries()).flatMap((one) => (one.kind === 'health' ? [one.body] : []));
    const [binding] = [await bindingOf(world.cold(), ORIGIN)];
    expect(said.slice(1)).toEqual([
      { topic: 'host', state: 'revoked', detail: { system: binding!.tenant } },
      { topic: 'host', state: 'granted', detail: { system: binding!.tenant } },
    ]);
  });

  it('gives no pack and takes nothing while it lasts', async () => {
    const world = makeWorld();
    await ready(world);
    const deps = world.cold();
    const revoked = { ...deps, scripting: { ...deps.scripting, isGranted: async () => false } };
    expect(await bindingOf(deps, ORIGIN)).not.toBeNull();
    expect(await bindingOf(revoked, ORIGIN)).toBeNull();
  });
});
