/** The clips of a device: found again after a restart, hash by hash, never more than the space. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openShelf, type Shelf } from '../../../lib/kiosk/voice/shelf.ts';
import { clipOf, type MemoryCache, memoryCache, sound } from './voice-room.ts';

let cache: MemoryCache;
let shelf: Shelf;
const open = (space?: number) => openShelf(async () => cache, space);
const text = (bytes: Uint8Array | null) => (bytes === null ? null : new TextDecoder().decode(bytes));

beforeEach(async () => {
  cache = memoryCache();
  shelf = await open();
});

describe('a recording of this device', () => {
  it('plays at once, and after a restart, with its state', async () => {
    await shelf.record('blt', 'ui.level1', 'audio/webm', sound('tệ'));
    await shelf.settle(shelf.recordings()[0]!, 'sent');
    const again = await open();
    expect(again.has('blt', 'ui.level1')).toBe(true);
    expect(text(await again.read('blt', 'ui.level1'))).toBe('tệ');
    expect(again.recordings()).toMatchObject([
      { language: 'blt', phrase: 'ui.level1', mime: 'audio/webm', bytes: 4, state: 'sent' },
    ]);
    expect(again.languages()).toEqual(['blt']);
  });

  it('every id a phrase may have is found again', async () => {
    const ids = ['ui.reasonsText.2', 'q.quick@2.quality.title', 'r.quick@2.onlinePaper', 'a-b_c'];
    for (const id of ids) await shelf.record('vi', id, 'audio/ogg', sound(id));
    const again = await open();
    for (const id of ids) expect(text(await again.read('vi', id))).toBe(id);
  });

  it('recorded again replaces the first; the answer of the hub about the first changes nothing', async () => {
    await shelf.record('vi', 'a', 'audio/webm', sound('một'));
    const first = shelf.recordings()[0]!;
    await shelf.record('vi', 'a', 'audio/webm', sound('hai'));
    await shelf.settle(first, 'sent');
    expect(shelf.stateOf('vi', 'a')).toBe('here');
    expect(text(await shelf.read('vi', 'a'))).toBe('hai');
    expect(await shelf.bytesOf(first)).toBeNull();
  });

  it('deleted is gone, also after a restart', async () => {
    await shelf.record('vi', 'a', 'audio/webm', sound('một'));
    await shelf.forget('vi', 'a');
    expect(shelf.has('vi', 'a')).toBe(false);
    expect((await open()).recordings()).toEqual([]);
  });

  it('a full disk refuses it and says so; the one before stays', async () => {
    await shelf.record('vi', 'a', 'audio/webm', sound('một'));
    cache.isFull = true;
    await expect(shelf.record('vi', 'a', 'audio/webm', sound('hai'))).rejects.toThrow('full');
    expect(text(await shelf.read('vi', 'a'))).toBe('một');
  });

  it('damaged is silence and a notice, and stays to be recorded again', async () => {
    await shelf.record('vi', 'a', 'audio/webm', sound('một'));
    const at = [...cache.records.keys()][0]!;
    cache.records.set(at, new Response(sound('mộx'), { headers: cache.records.get(at)!.headers }));
    expect(await shelf.read('vi', 'a')).toBeNull();
    expect(shelf.has('vi', 'a')).toBe(false);
    expect(shelf.notices()).toEqual([{ language: 'vi', phrase: 'a', why: 'damaged' }]);
    await shelf.record('vi', 'a', 'audio/webm', sound('mới'));
    expect(shelf.notices()).toEqual([]);
    expect(shelf.has('vi', 'a')).toBe(true);
  });
});

describe('clips of the province', () => {
  it('are wanted until they are kept; a wrong hash or length is not kept', async () => {
    const one = await clipOf('hmn', 'a', sound('một'));
    await shelf.adopt([one]);
    expect(shelf.wanted()).toEqual([one]);
    expect(await shelf.keep(one, sound('mốt'))).toBe(false);
    expect(await shelf.keep(one, sound('một và'))).toBe(false);
    expect(await shelf.keep({ ...one, bytes: one.bytes - 1 }, sound('một'))).toBe(false);
    expect(shelf.notices()).toEqual([{ language: 'hmn', phrase: 'a', why: 'damaged' }]);
    expect(shelf.has('hmn', 'a')).toBe(false);
    expect(await shelf.keep(one, sound('một'))).toBe(true);
    expect(shelf.wanted()).toEqual([]);
    expect(shelf.notices()).toEqual([]);
    const again = await open();
    await again.adopt([one]);
    expect(text(await again.read('hmn', 'a'))).toBe('một');
  });

  it('go when no configuration names them; a configuration that says nothing about clips keeps them', async () => {
    const one = await clipOf('hmn', 'a', sound('một'));
    const two = await clipOf('hmn', 'b', sound('hai'));
    await shelf.adopt([one, two]);
    await shelf.keep(one, sound('một'));
    await shelf.keep(two, sound('hai'));
    await shelf.adopt(undefined);
    expect(cache.records.size).toBe(2);
    await shelf.adopt([two]);
    expect([shelf.has('hmn', 'a'), shelf.has('hmn', 'b')]).toEqual([false, true]);
    expect(cache.records.size).toBe(1);
  });

  it('a record that was damaged later is dropped and wanted again', async () => {
    const one = await clipOf('hmn', 'a', sound('một'));
    await shelf.adopt([one]);
    await shelf.keep(one, sound('một'));
    cache.records.set([...cache.records.keys()][0]!, new Response(sound('mốt')));
    expect(await shelf.read('hmn', 'a')).toBeNull();
    expect(shelf.wanted()).toEqual([one]);
    expect(shelf.notices()).toEqual([{ language: 'hmn', phrase: 'a', why: 'missing' }]);
  });

  it('one this browser cannot play is not offered and not fetched again', async () => {
    const one = await clipOf('hmn', 'a', sound('một'));
    await shelf.adopt([one]);
    await shelf.keep(one, sound('một'));
    shelf.unplayable('hmn', 'a');
    expect(shelf.has('hmn', 'a')).toBe(false);
    expect(shelf.wanted()).toEqual([]);
    expect(shelf.notices()).toMatchObject([{ why: 'unplayable' }]);
  });

  it('stay within the space, the own recordings first, in the order of the configuration', async () => {
    shelf = await open(10);
    const refs = [
      await clipOf('hmn', 'a', sound('1234')),
      await clipOf('hmn', 'b', sound('5678')),
      await clipOf('hmn', 'c', sound('9')),
    ];
    await shelf.adopt(refs);
    expect(shelf.wanted().map(({ phrase }) => phrase)).toEqual(['a', 'b', 'c']);
    await shelf.record('vi', 'x', 'audio/webm', sound('own'));
    expect(shelf.wanted().map(({ phrase }) => phrase)).toEqual(['a']);
    expect(shelf.notices()).toEqual([
      { language: 'hmn', phrase: 'a', why: 'missing' },
      { language: 'hmn', phrase: 'b', why: 'noSpace' },
      { language: 'hmn', phrase: 'c', why: 'noSpace' },
    ]);
  });

  it("this device's own recording goes before the province's, and is not fetched when the province shares it", async () => {
    const theirs = await clipOf('blt', 'a', sound('của tỉnh'));
    await shelf.adopt([theirs]);
    await shelf.keep(theirs, sound('của tỉnh'));
    expect(shelf.stateOf('blt', 'a')).toBe('shared');
    await shelf.record('blt', 'a', 'audio/webm', sound('của máy này'));
    expect(text(await shelf.read('blt', 'a'))).toBe('của máy này');
    expect(shelf.stateOf('blt', 'a')).toBe('here');
    await shelf.adopt([await clipOf('blt', 'a', sound('của máy này'))]);
    expect(shelf.stateOf('blt', 'a')).toBe('shared');
    expect(shelf.wanted()).toEqual([]);
    expect(shelf.notices()).toEqual([]);
    await shelf.forget('blt', 'a');
    expect(shelf.wanted()).toHaveLength(1);
  });
});

describe('a browser without storage for clips', () => {
  it('is a shelf with nothing on it; a recording is refused', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    shelf = await openShelf(async () => {
      throw new DOMException('no', 'SecurityError');
    });
    const one = await clipOf('hmn', 'a', sound('một'));
    await shelf.adopt([one]);
    expect(shelf.has('hmn', 'a')).toBe(false);
    expect(await shelf.read('hmn', 'a')).toBeNull();
    await expect(shelf.keep(one, sound('một'))).rejects.toThrow();
    await expect(shelf.record('vi', 'a', 'audio/webm', sound('một'))).rejects.toThrow();
  });
});
