import { describe, expect, it } from 'vitest';
import { opfsPlace, type SecondPlace, storageLocalPlace } from '../../../lib/journal/index.ts';

/** A directory of the origin private file system in memory: what is written appears at close, not before. */
function memoryDirectory(): FileSystemDirectoryHandle {
  const files = new Map<string, string>();
  const handleOf = (name: string) => ({
    kind: 'file',
    name,
    createWritable: async () => {
      let text = '';
      return {
        write: async (part: string) => {
          text += part;
        },
        close: async () => {
          files.set(name, text);
        },
      };
    },
    getFile: async () => new Blob([files.get(name) ?? '']),
  });
  const directory = {
    getFileHandle: async (name: string) => handleOf(name),
    removeEntry: async (name: string) => {
      if (!files.delete(name)) throw new DOMException('not there', 'NotFoundError');
    },
    async *entries() {
      for (const name of [...files.keys()]) yield [name, handleOf(name)];
    },
  };
  return directory as unknown as FileSystemDirectoryHandle;
}

function memoryArea() {
  const items: Record<string, unknown> = { 'somebody-else': 'stays' };
  return {
    items,
    get: async () => ({ ...items }),
    set: async (more: Record<string, unknown>) => {
      Object.assign(items, more);
    },
    remove: async (keys: string[]) => {
      for (const key of keys) delete items[key];
    },
  };
}

const places: [string, () => SecondPlace][] = [
  ['storage.local', () => storageLocalPlace(memoryArea())],
  ['origin private file system', () => opfsPlace(memoryDirectory())],
];

describe.each(places)('second place: %s', (_name, make) => {
  it('puts, replaces, lists and removes texts; unknown names are fine', async () => {
    const place = make();
    await place.put(
      new Map([
        ['line-1-1', 'một'],
        ['line-1-2', 'hai\u0301'],
      ]),
    );
    await place.put(new Map([['line-1-1', 'một cửa']]));
    expect(await place.all()).toEqual(
      new Map([
        ['line-1-1', 'một cửa'],
        ['line-1-2', 'hai\u0301'],
      ]),
    );
    await place.remove(['line-1-1', 'never-there']);
    await place.remove([]);
    expect([...(await place.all()).keys()]).toEqual(['line-1-2']);
  });
});

it('leaves what others keep in storage.local alone', async () => {
  const area = memoryArea();
  const place = storageLocalPlace(area);
  await place.put(new Map([['mark-1', 'nmc1 0']]));
  expect([...(await place.all()).keys()]).toEqual(['mark-1']);
  await place.remove(['mark-1', 'somebody-else']);
  expect(area.items).toEqual({ 'somebody-else': 'stays' });
});
