/** Words that a reloading page took with it, settled by the worker at the next hello. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { newPad, newSealKey } from '../../../lib/batch/seal.ts';
import type { ArmedAction, HelloAnswer, KeptWord } from '../../../lib/extension/page-messages.ts';
import { createKeeper } from '../../../lib/page/kept.ts';
import { armed, confirm, context, makeWorld, ORIGIN, page, ready, type World } from './world.ts';

let world: World;

beforeEach(async () => {
  world = makeWorld();
  await ready(world);
});

describe('last words of the document before', () => {
  const hello = async () =>
    (await world.say({ type: 'page-worker/hello', origin: ORIGIN })) as Required<HelloAnswer>;
  const actions = async () => (await world.entries()).filter((one) => one.kind === 'action');
  const leave = (answer: HelloAnswer, ...words: KeptWord['word'][]) => {
    let kept: readonly KeptWord[] | null = null;
    const keeper = createKeeper(answer.pad, (left) => {
      kept = left;
    });
    for (const word of words) keeper.keep(word);
    world.state.lastWords.set(answer.slot, kept);
    return JSON.stringify(kept);
  };

  it('a confirmation no worker heard is recorded with its codes; one that was heard is not doubled', async () => {
    const first = await hello();
    const left = leave(first, confirm(1, {}, 'gone'));
    expect(left).not.toContain(armed().codes[0]);
    await world.say({ type: 'page-worker/hello', origin: ORIGIN }, { ...page, tab: 5 });
    expect(await actions()).toEqual([]);
    const second = await hello();
    expect(await actions()).toMatchObject([{ body: { n: 1, keys: [expect.any(String)] } }]);
    expect(world.state.lastWords.size).toBe(0);
    await world.say(confirm(2, { at: world.state.now }, 'heard'));
    leave(second, confirm(2, { at: world.state.now }, 'heard'));
    await hello();
    expect(await actions()).toHaveLength(2);
  });

  it('a gesture no worker heard waits for the next document, unless it was confirmed or followed by another', async () => {
    const gesture = (more: Partial<ArmedAction> = {}) =>
      ({ type: 'page-worker/arm', armed: { ...armed(), ...more }, context }) as const;
    leave(await hello(), gesture());
    const next = await hello();
    expect(next.armed).toEqual(armed());
    await world.say(confirm(1, {}, 'next'));
    leave(next, gesture());
    expect((await hello()).armed).toBeNull();
    const { now } = world.state;
    await world.say(gesture({ at: now }));
    leave(await hello(), gesture({ at: now - 500, codes: [] }));
    expect((await hello()).armed).toMatchObject({ at: now });
  });

  it('a gesture whose call was under way is told so to the very next document, and to no other', async () => {
    const sent = { type: 'page-worker/arm', armed: armed({ isSent: true }), context } as const;
    leave(await hello(), sent);
    expect((await hello()).armed).toEqual({ ...armed(), isSent: true });
    expect((await hello()).armed).toEqual(armed());
  });

  it('a confirmation of another day is written down as unread, one that cannot be read is let go', async () => {
    leave(await hello(), confirm(3, { at: world.state.now - 600_000 }, 'yesterday'));
    const { slot } = await hello();
    expect((await world.entries()).at(-1)).toMatchObject({ kind: 'health', body: { topic: 'pack' } });
    world.state.lastWords.set(slot, [{ word: { type: 'page-worker/confirm', armed: {} }, codes: null }]);
    await hello();
    expect([await actions(), world.state.lastWords.size]).toEqual([[], 0]);
  });

  it('a confirmation that could not be stored stays, and is recorded by a later hello', async () => {
    leave(await hello(), confirm(1, {}, 'gone'));
    world.state.appendFails = true;
    await hello();
    expect(world.state.lastWords.size).toBe(1);
    world.state.appendFails = false;
    await hello();
    expect(await actions()).toMatchObject([{ body: { n: 1, keys: [expect.any(String)] } }]);
    expect(world.state.lastWords.size).toBe(0);
  });

  it('after the browser was closed the key is gone: counted, without codes', async () => {
    const { slot } = await hello();
    leave({ ...(await hello()), pad: await newPad(newSealKey()), slot }, confirm(1, {}, 'gone'));
    await hello();
    expect(await actions()).toMatchObject([{ body: { n: 1, keys: [] } }]);
  });
});
