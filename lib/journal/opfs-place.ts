/**
 * Second place of the kiosk: one small file per text in the origin private file system, which outlives a damaged
 * IndexedDB (kiosk.md §0.3, measured). A file is written to a swap file and moved at `close()`, so never torn.
 */
import type { SecondPlace } from './types.ts';

/** Files read at the same time. */
const AT_ONCE = 64;

/** Files in `folder`: a name below the root of the origin's private file system, or a directory handle. */
export function opfsPlace(folder: string | FileSystemDirectoryHandle): SecondPlace {
  let opened: Promise<FileSystemDirectoryHandle> | null = null;
  const directory = () => {
    opened ??= open(folder).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  return {
    async put(texts) {
      for (const [name, text] of texts) {
        const file = await (await directory()).getFileHandle(name, { create: true });
        const writable = await file.createWritable();
        await writable.write(text);
        await writable.close();
      }
    },
    async remove(names) {
      const place = await directory();
      await Promise.all(names.map((name) => place.removeEntry(name).catch(ignoreMissing)));
    },
    async all() {
      const files: [string, FileSystemFileHandle][] = [];
      for await (const [name, handle] of (await directory()).entries()) {
        if (handle.kind === 'file') files.push([name, handle as FileSystemFileHandle]);
      }
      const found = new Map<string, string>();
      for (let from = 0; from < files.length; from += AT_ONCE) {
        const some = files.slice(from, from + AT_ONCE);
        const texts = await Promise.all(some.map(async ([, handle]) => (await handle.getFile()).text()));
        for (const [index, text] of texts.entries()) found.set(some[index]![0], text);
      }
      return found;
    },
  };
}

async function open(folder: string | FileSystemDirectoryHandle): Promise<FileSystemDirectoryHandle> {
  if (typeof folder !== 'string') return folder;
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(folder, { create: true });
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
}
