/** Second place of the extension: `storage.local`, which clearing browsing data leaves alone (field-notes §4.3). */
import type { SecondPlace } from './types.ts';

/** The part of a WebExtension storage area that is used. */
export interface StorageArea {
  get(keys: null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

/** One key per text in a storage area, under a common prefix. */
export function storageLocalPlace(area: StorageArea, prefix = 'nmc-journal/'): SecondPlace {
  return {
    // One call is one write of the browser's own store: all of it or nothing.
    put: (texts) => area.set(Object.fromEntries([...texts].map(([name, text]) => [prefix + name, text]))),
    remove: (names) =>
      names.length === 0 ? Promise.resolve() : area.remove(names.map((one) => prefix + one)),
    async all() {
      const found = new Map<string, string>();
      for (const [key, value] of Object.entries(await area.get(null))) {
        if (key.startsWith(prefix) && typeof value === 'string') found.set(key.slice(prefix.length), value);
      }
      return found;
    },
  };
}
