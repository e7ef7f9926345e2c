/**
 * Small settings in `storage.local` and `storage.session`. The worker is the only writer: pages ask it by message,
 * so a change is one read and one write in its queue and nothing is lost between two of them.
 */
import type * as z from 'zod/mini';

/** What we use of a browser's storage area. */
export interface Area {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface Item<T> {
  /** The stored value, or the fallback when nothing is stored or it no longer fits its schema. */
  readonly get: () => Promise<T>;
  readonly set: (value: T) => Promise<void>;
  /** Changes the value in turn with other changes of the same item; answers the new one. */
  readonly update: (change: (value: T) => T | Promise<T>) => Promise<T>;
}

/** One setting under its key. A value that does not fit is treated as absent: settings are few and can be set again. */
export function item<T>(area: Area, key: string, schema: z.ZodMiniType<T>, fallback: T): Item<T> {
  let queue: Promise<unknown> = Promise.resolve();
  const get = async () => {
    const parsed = schema.safeParse((await area.get(key))[key]);
    return parsed.success ? parsed.data : fallback;
  };
  const set = (value: T) => area.set({ [key]: value });
  return {
    get,
    set,
    update(change) {
      const turn = queue.then(async () => {
        const value = await change(await get());
        await set(value);
        return value;
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** An area in memory with the same manners, for rooms that have no browser (tests). */
export function memoryArea(): Area & { readonly items: Map<string, unknown> } {
  const items = new Map<string, unknown>();
  return {
    items,
    get: async (key) => (items.has(key) ? { [key]: structuredClone(items.get(key)) } : {}),
    async set(added) {
      for (const [key, value] of Object.entries(added)) items.set(key, structuredClone(value));
    },
    async remove(key) {
      items.delete(key);
    },
  };
}
