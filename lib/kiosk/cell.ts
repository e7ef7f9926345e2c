/** One value that screens watch. */
import { useEffect, useState } from 'preact/hooks';

export interface Cell<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

/** A cell holding `value`. Setting the same value again tells nobody. */
export function cell<T>(value: T): Cell<T> {
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Renders again when the source changes; answers its value. */
export function useValue<T>(get: () => T, subscribe: (listener: () => void) => () => void): T {
  const [value, setValue] = useState<{ readonly now: T }>({ now: get() });
  useEffect(() => {
    const read = () => setValue((old) => (Object.is(old.now, get()) ? old : { now: get() }));
    read();
    return subscribe(read);
  }, []);
  return value.now;
}
