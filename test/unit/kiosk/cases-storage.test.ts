/** The forty cases (`cases.test.ts`), second part: what is kept, what is never offered to anybody, and a storage that fails. */
import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { afterEach, describe, expect, it } from 'vitest';
import type { EntryDraft } from '../../../lib/domain/entry.ts';
import { openVault } from '../../../lib/kiosk/vault.ts';
import { forgetDevice, loadDevice, makeHandover } from '../../../lib/sync/index.ts';
import { saveRow } from '../../../lib/sync/store.ts';
import { destroyDatabase, freshName, memoryPlace, openKiosk, unsent } from '../journal/helpers.ts';
import { makeWorld, type World } from '../sync/world.ts';
import { deskOf, rating } from './cases-device.ts';

let mend = () => {};
afterEach(() => {
  mend();
  mend = () => {};
});

/** From now on a call of this prototype fails as the platform's would. Undone by `mend` or by the end of the test. */
function fail<P extends object>(prototype: P, method: keyof P & string, name: string): void {
  const real = prototype[method];
  Object.defineProperty(prototype, method, {
    configurable: true,
    writable: true,
    value: () => {
      throw new DOMException('made to fail', name);
    },
  });
  const before = mend;
  mend = () => {
    Object.defineProperty(prototype, method, { configurable: true, writable: true, value: real });
    before();
  };
}

/** Every connection that begins a transaction from now on. */
function connections(): Set<IDBDatabase> {
  const seen = new Set<IDBDatabase>();
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args: Parameters<typeof real>) {
    seen.add(this);
    return real.apply(this, args);
  };
  const before = mend;
  mend = () => {
    IDBDatabase.prototype.transaction = real;
    before();
  };
  return seen;
}

const feedbackOf = async (world: World) => world.journal.entries({ kinds: ['feedback'] });

describe('a visit under way', () => {
  it('T2 is never sent: it is in the mirror, not in the journal', async () => {
    const world = await makeWorld();
    const { kiosk, state } = deskOf(() => world.journal);
    kiosk.send({ type: 'start', id: 'under-way' });
    kiosk.send({ type: 'answer', level: 1 });
    expect(state.mirror).toContain('visit:under-way');
    expect(await world.sync()).toMatchObject({ sent: 0 });
    expect(world.hub.entries.size).toBe(0);
    await world.journal.close();
  });

  it('T10 is in no list and in no hand-over file', async () => {
    const world = await makeWorld();
    const { kiosk, screen } = deskOf(() => world.journal);
    kiosk.send({ type: 'start', id: 'ended' });
    kiosk.send({ type: 'answer', level: 5 });
    kiosk.send({ type: 'answer', level: 5 });
    await screen('thanks');
    kiosk.send({ type: 'back' });
    kiosk.send({ type: 'start', id: 'under-way' });
    kiosk.send({ type: 'answer', level: 1 });
    expect((await feedbackOf(world)).map(({ ref }) => ref)).toEqual(['visit:ended']);
    const files = await makeHandover(world.journal, world.device, () => world.now);
    expect(files.map(({ name }) => name)).toEqual(['device-1-1-1-1.nmc']);
    await world.journal.close();
  });

  it('T14 of one citizen is never shown to the next: what is left has no answer in it', async () => {
    const world = await makeWorld();
    const before = deskOf(() => world.journal);
    before.kiosk.send({ type: 'start', id: 'first' });
    before.kiosk.send({ type: 'language', language: 'en' });
    before.kiosk.send({ type: 'answer', level: 1 });
    const left = JSON.parse(before.state.mirror ?? '[]') as EntryDraft[];

    const after = deskOf(() => world.journal);
    after.kiosk.owe(left);
    expect(after.kiosk.flow()).toMatchObject({ screen: { name: 'attract' }, visit: null, language: 'vi' });
    after.kiosk.send({ type: 'start', id: 'second' });
    expect(after.kiosk.flow().visit?.answers).toEqual({});
    after.kiosk.send({ type: 'answer', level: 5 });
    after.kiosk.send({ type: 'answer', level: 4 });
    await after.screen('thanks');
    const [abandoned, own, ...more] = (await feedbackOf(world)).map(({ body }) => body);
    expect(more).toEqual([]);
    expect(abandoned).toMatchObject({ outcome: 'abandoned', step: 'attitude' });
    expect(JSON.stringify(abandoned)).not.toContain('answers');
    expect(own).toMatchObject({ outcome: 'completed', answers: { quality: 5, attitude: 4 } });
    await world.journal.close();
  });
});

describe('the list of records', () => {
  it('T9 the same visit stored twice is one entry, the first', async () => {
    const world = await makeWorld();
    const [first] = await world.journal.append([rating('once', 5)]);
    const [again] = await world.journal.append([rating('once', 1)]);
    expect(again).toEqual(first);
    expect(await feedbackOf(world)).toHaveLength(1);
    await world.sync();
    expect(world.hub.entries.size).toBe(1);
    await world.journal.close();
  });

  it('T11 is empty, not missing, when there is nothing', async () => {
    const world = await makeWorld();
    expect(await world.journal.entries()).toEqual([]);
    expect(await world.journal.lines(1, 1, 100)).toEqual([]);
    expect(await world.journal.pending({ entries: 10, bytes: 1_000 })).toBeNull();
    expect(await makeHandover(world.journal, world.device)).toEqual([]);
    await world.journal.close();
  });

  it('T18 an entry without its second copy is sent all the same, and the copy is made again', async () => {
    const world = await makeWorld();
    await world.journal.append([rating('a'), rating('b')]);
    const copy = world.second.texts.get('line-1-1');
    world.second.texts.delete('line-1-1');
    await world.reopen();
    expect(world.second.texts.get('line-1-1')).toBe(copy);
    await world.sync();
    expect([...world.hub.entries.keys()]).toEqual(expect.arrayContaining(['device-1/1/1', 'device-1/1/2']));
    await world.journal.close();
  });

  it('T18 a copy that is no record is ignored and kept, and what is whole goes on', async () => {
    const world = await makeWorld();
    await world.journal.append([rating('a')]);
    world.second.texts.set('line-1-7', 'torn');
    await world.reopen();
    expect(await world.sync()).toMatchObject({ state: 'done' });
    expect(world.hub.entries.has('device-1/1/1')).toBe(true);
    expect(world.second.texts.get('line-1-7')).toBe('torn');
    await world.journal.close();
  });

  it('T39 what frees one thing touches no other', async () => {
    const world = await makeWorld();
    await world.journal.append([rating('a')]);
    await world.journal.close();
    await destroyDatabase(world.name);
    await world.reopen();
    await world.journal.append([rating('b')]);
    await world.journal.accept({
      typ: 'nmc-receipt',
      hub: 'hub-1',
      epoch: 1,
      device: 'device-1',
      stream: 1,
      received: [[1, 1]],
      gaps: [],
      quarantined: [],
      time: new Date(world.now).toISOString(),
      skew: 0,
      durable: 0,
      next: { after: 0, window: 0 },
    });
    expect([...(await unsent(world.journal)).keys()]).toEqual(['2/1', '2/2']);

    const { sign: _sign, ...row } = world.device;
    await saveRow({ slot: 'current', ...row });
    expect(await loadDevice()).not.toBeNull();
    await forgetDevice();
    expect(await loadDevice()).toBeNull();
    expect([...(await unsent(world.journal)).keys()]).toEqual(['2/1', '2/2']);

    const vault = openVault(indexedDB, freshName());
    await vault.write('settings', '{"counter":"3"}');
    await vault.write('mirror', '[]');
    await vault.write('mirror', null);
    expect(await vault.read('settings')).toBe('{"counter":"3"}');
    expect(await vault.read('mirror')).toBeNull();
    await world.journal.close();
  });
});

describe('a storage that fails', () => {
  it('T8 a closed connection is gone at once, opened again, and usable; while it cannot be opened it says so', async () => {
    const seen = connections();
    const journal = await openKiosk(freshName(), memoryPlace());
    await journal.append([rating('a')]);
    expect(seen.size).toBe(1);
    for (const connection of seen) forceCloseDatabase(connection as never);
    const [next] = await journal.append([rating('b')]);
    expect(next?.seq).toBe(2);
    expect(seen.size, 'a new connection').toBe(2);

    fail(IDBFactory.prototype, 'open', 'QuotaExceededError');
    for (const connection of seen) forceCloseDatabase(connection as never);
    await expect.poll(async () => (await journal.state()).storage).toBe('broken');
    await expect(journal.append([rating('c')])).rejects.toMatchObject({ code: 'storage' });
    mend();
    mend = () => {};
    expect((await journal.append([rating('c')]))[0]?.seq).toBe(3);
    expect(await journal.state()).toMatchObject({ storage: 'ok', head: 3 });
    await journal.close();
  });

  it('T34 a journal that cannot be read sends nothing and loses nothing', async () => {
    const world = await makeWorld();
    await world.journal.append([rating('a'), rating('b')]);
    fail(IDBTransaction.prototype, 'objectStore', 'InvalidStateError');
    expect(await world.sync()).toMatchObject({ state: 'storage', sent: 0 });
    expect(world.requests).toBe(0);
    mend();
    mend = () => {};
    expect(await world.sync({ force: true })).toMatchObject({ state: 'done', received: 2 });
    expect(world.hub.entries.size).toBe(2);
    await world.journal.close();
  });

  it('T35 a store that never opens: out of service, no thanks; in service again with the rating in it', async () => {
    fail(IDBFactory.prototype, 'open', 'QuotaExceededError');
    const journal = await openKiosk(freshName(), memoryPlace());
    expect(await journal.state()).toMatchObject({ storage: 'broken' });
    const { kiosk, state, screen, pass } = deskOf(() => journal);
    const shown: string[] = [];
    kiosk.subscribe(() => shown.push(kiosk.flow().screen.name));
    kiosk.send({ type: 'start', id: 'kept' });
    kiosk.send({ type: 'answer', level: 5 });
    kiosk.send({ type: 'answer', level: 5 });
    await screen('broken');
    expect(shown).not.toContain('thanks');
    expect(state.mirror).toContain('visit:kept');
    mend();
    mend = () => {};
    const back = screen('attract');
    await pass(15_000);
    await back;
    expect((await journal.entries({ kinds: ['feedback'] })).map(({ ref }) => ref)).toEqual(['visit:kept']);
    expect(state.mirror).toBeNull();
    await journal.close();
  });
});
