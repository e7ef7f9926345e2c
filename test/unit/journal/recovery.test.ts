import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../lib/batch/index.ts';
import type { Journal, SecondPlace } from '../../../lib/journal/index.ts';
import {
  action,
  destroyDatabase,
  eraseLines,
  freshName,
  memoryPlace,
  openKiosk,
  restoreImage,
  START,
  takeImage,
  unsent,
} from './helpers.ts';

function receiptOf(stream: number, received: [number, number][], minutes = 1): Receipt {
  return {
    typ: 'nmc-receipt',
    hub: 'hub-1',
    epoch: 1,
    device: 'device-1',
    stream,
    received,
    gaps: [],
    quarantined: [],
    time: new Date(START + minutes * 60_000).toISOString(),
    skew: 0,
    durable: 0,
    next: { after: 0, window: 0 },
  };
}

async function healthOf(journal: Journal): Promise<string[]> {
  const entries = await journal.entries({ kinds: ['health'] });
  return entries.map((entry) => (entry.kind === 'health' ? `${entry.stream}/${entry.body.state}` : ''));
}

describe('start: the database is lost or behind', () => {
  it('a vanished store: unsent lines come back byte for byte in their stream, the next stream opens', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action('a'), action('b'), action('c')]);
    await first.accept(receiptOf(1, [[1, 1]]));
    const before = await unsent(first);
    await first.close();
    await destroyDatabase(name);

    const journal = await openKiosk(name, second);
    expect(await healthOf(journal)).toEqual(['2/storeLost']);
    const [entry] = await journal.append([action()]);
    expect(entry).toMatchObject({ stream: 2, seq: 2 });
    const after = await unsent(journal);
    for (const [place, line] of before) expect(after.get(place)).toBe(line);
    expect([...after.keys()]).toEqual(['1/2', '1/3', '2/1', '2/2']);
    const [repeat] = await journal.append([action('b')]);
    expect(repeat, 'the ref index came back with the line').toMatchObject({ stream: 1, seq: 2 });
    await journal.close();
    const again = await openKiosk(name, second);
    expect(await healthOf(again), 'told once').toEqual(['2/storeLost']);
    await again.close();
  });

  it('a vanished store whose lines were all received still opens the next stream', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action(), action()]);
    await first.accept(receiptOf(1, [[1, 2]]));
    await first.close();
    await destroyDatabase(name);
    const journal = await openKiosk(name, second);
    expect(await journal.state()).toMatchObject({ stream: 2, head: 1, unsent: 1 });
    expect((await journal.state()).streams[0]).toMatchObject({ stream: 1, head: 2 });
    await journal.close();
  });

  it('a restored image: what the second place still has is restored, and never numbered again', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action(), action()]);
    await first.close();
    const image = await takeImage(name);
    const grown = await openKiosk(name, second);
    await grown.append([action('late')]);
    const before = await unsent(grown);
    await grown.close();
    await restoreImage(name, image);

    const journal = await openKiosk(name, second);
    expect(await healthOf(journal)).toEqual(['2/rolledBack']);
    const after = await unsent(journal);
    for (const [place, line] of before) expect(after.get(place)).toBe(line);
    await journal.close();
  });

  it('a restored image whose later lines were received is seen by the mark', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action()]);
    await first.close();
    const image = await takeImage(name);
    const grown = await openKiosk(name, second);
    await grown.append([action()]);
    await grown.accept(receiptOf(1, [[1, 2]]));
    await grown.close();
    await restoreImage(name, image);
    const journal = await openKiosk(name, second);
    expect(await journal.state()).toMatchObject({ stream: 2 });
    await journal.close();
  });

  it('a lost database does not make an outdated receipt believable', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action(), action()]);
    await first.accept({ ...receiptOf(1, [[1, 1]], 5), epoch: 2 });
    await first.close();
    await destroyDatabase(name);
    const journal = await openKiosk(name, second);
    await journal.accept(receiptOf(1, [[1, 2]], 9));
    expect([...(await unsent(journal)).keys()], 'the hub lost that since: an older epoch').toContain('1/2');
    await journal.accept({ ...receiptOf(1, [[1, 2]], 4), epoch: 2 });
    expect([...(await unsent(journal)).keys()], 'older in the same epoch').toContain('1/2');
    await journal.accept({ ...receiptOf(1, [[1, 2]], 6), epoch: 2 });
    expect([...(await unsent(journal)).keys()]).toEqual(['2/1']);
    await journal.close();
  });

  it('an image from before the last receipt is no loss: the lines are offered again', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action(), action()]);
    await first.close();
    const image = await takeImage(name);
    const later = await openKiosk(name, second);
    await later.accept(receiptOf(1, [[1, 2]], 5));
    await later.close();
    await restoreImage(name, image);
    const journal = await openKiosk(name, second);
    expect(await journal.state()).toMatchObject({ stream: 1, head: 2, unsent: 2 });
    expect(await healthOf(journal)).toEqual([]);
    await journal.accept(receiptOf(1, [[1, 2]], 5));
    expect((await journal.state()).unsent, 'the same receipt again').toBe(0);
    await journal.close();
  });

  it('both places restored to the same image: the next receipt opens the next stream', async () => {
    const name = freshName();
    const second = memoryPlace();
    const journal = await openKiosk(name, second);
    await journal.append([action()]);
    await journal.accept(receiptOf(1, [[1, 3]]));
    const state = await journal.state();
    expect(state).toMatchObject({ stream: 2, head: 1, unsent: 1 });
    expect(await healthOf(journal)).toEqual(['2/receiptAhead']);
    expect(second.texts.has('line-2-1')).toBe(true);
    await journal.accept(receiptOf(1, [[1, 3]], 2));
    expect((await journal.state()).stream, 'once').toBe(2);
    await journal.close();
  });

  it('a restored image that wrote under numbers the hub had: its lines are recorded anew, once', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    const mine = { ...action(), ref: 'visit:sau-khi-khoi-phuc' };
    await first.append([action(), mine]);
    const told: Receipt = { ...receiptOf(1, [[1, 2]]), quarantined: [{ seq: 2, code: 'fork' }] };
    await first.accept(told);
    expect(await healthOf(first)).toEqual(['2/receiptAhead']);
    const held = (await first.entries({ kinds: ['action'] })).map(({ stream, seq, ref }) => [
      stream,
      seq,
      ref,
    ]);
    expect(held).toEqual([
      [1, 1, undefined],
      [2, 2, mine.ref],
    ]);
    expect([...(await unsent(first)).keys()]).toEqual(['2/1', '2/2']);
    expect([...second.texts.keys()].filter((key) => key.startsWith('line')).sort()).toEqual([
      'line-2-1',
      'line-2-2',
    ]);
    const [again] = await first.append([mine]);
    expect([again?.stream, again?.seq], 'the same ref again').toEqual([2, 2]);
    await first.accept({ ...told, ...receiptOf(1, [[1, 2]], 2), quarantined: told.quarantined });
    await first.close();
    const next = await openKiosk(name, second);
    expect([...(await unsent(next)).keys()]).toEqual(['2/1', '2/2']);
    await next.close();
  });

  it('a fork under a number that was received before belongs to a copy of this machine: nothing is recorded anew', async () => {
    const name = freshName();
    const journal = await openKiosk(name, memoryPlace());
    await journal.append([action(), action()]);
    await journal.accept(receiptOf(1, [[1, 2]]));
    await journal.accept({ ...receiptOf(1, [[1, 2]], 2), quarantined: [{ seq: 2, code: 'fork' }] });
    expect(await journal.state()).toMatchObject({ stream: 1, head: 2, unsent: 0 });
    await journal.close();
  });

  it('lines missing in the middle are put back', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action(), action(), action()]);
    const before = await unsent(first);
    await first.close();
    await eraseLines(name, [[1, 2]]);
    const journal = await openKiosk(name, second);
    expect(await healthOf(journal)).toEqual(['1/linesLost']);
    const after = await unsent(journal);
    for (const [place, line] of before) expect(after.get(place)).toBe(line);
    expect([...after.keys()]).toEqual(['1/1', '1/2', '1/3', '1/4']);
    await journal.close();
  });
});

describe('start: the second place is lost or damaged', () => {
  it('is filled again, and the loss told once', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action(), action()]);
    await first.close();
    const before = new Map(second.texts);
    second.texts.clear();
    const journal = await openKiosk(name, second);
    for (const [key, text] of before) expect(second.texts.get(key)).toBe(text);
    expect(await healthOf(journal)).toEqual(['1/secondLost']);
    await journal.close();
    const again = await openKiosk(name, second);
    expect(await healthOf(again)).toHaveLength(1);
    await again.close();
  });

  it('is filled in small writes; a stop among them is mended at the next start', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append(Array.from({ length: 450 }, () => action()));
    await first.close();
    const before = new Map(second.texts);
    second.texts.clear();
    const sizes: number[] = [];
    const failing: SecondPlace = {
      ...second,
      put: (texts) => {
        sizes.push(texts.size);
        return sizes.length < 3 ? second.put(texts) : Promise.reject(new Error('the worker was stopped'));
      },
    };
    const broken = await openKiosk(name, failing);
    expect(await broken.state()).toMatchObject({ storage: 'broken' });
    await broken.close();
    expect(sizes.slice(0, 2)).toEqual([200, 200]);
    const journal = await openKiosk(name, second);
    for (const [key, text] of before) expect(second.texts.get(key)).toBe(text);
    expect(await healthOf(journal), 'told once, however many tries it took').toEqual(['1/secondLost']);
    await journal.close();
    second.texts.clear();
    const again = await openKiosk(name, second);
    expect(await healthOf(again)).toHaveLength(2);
    await again.close();
  });

  it('a stop between the two writes is mended without an alarm', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action(), action()]);
    await first.close();
    second.texts.delete('line-1-2');
    const journal = await openKiosk(name, second);
    expect(second.texts.has('line-1-2')).toBe(true);
    expect(await healthOf(journal)).toEqual([]);
    await journal.close();
  });

  it('a record that does not prove itself is never restored, is told once and kept', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action(), action()]);
    await first.close();
    const text = second.texts.get('line-1-2')!;
    second.texts.set('line-1-2', text.replace('"n":1', '"n":9'));
    await destroyDatabase(name);
    const journal = await openKiosk(name, second);
    const found = await unsent(journal);
    expect([...found.keys()]).toEqual(['1/1', '2/1']);
    expect((await journal.state()).streams[0], 'the number is known to be used').toMatchObject({ head: 2 });
    expect(second.texts.has('line-1-2')).toBe(true);
    const [health] = await journal.entries({ kinds: ['health'] });
    expect(health).toMatchObject({ body: { state: 'storeLost', detail: { restored: 1, damaged: 1 } } });
    await journal.close();
    const again = await openKiosk(name, second);
    expect(await healthOf(again)).toHaveLength(1);
    await again.close();
  });

  it('a leftover of a received line is removed', async () => {
    const name = freshName();
    const second = memoryPlace();
    const first = await openKiosk(name, second);
    await first.append([action()]);
    const leftover = second.texts.get('line-1-1')!;
    await first.accept(receiptOf(1, [[1, 1]]));
    await first.close();
    second.texts.set('line-1-1', leftover);
    const journal = await openKiosk(name, second);
    expect(second.texts.has('line-1-1')).toBe(false);
    expect(await journal.state()).toMatchObject({ stream: 1, unsent: 0 });
    await journal.close();
  });
});
