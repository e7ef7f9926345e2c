/** Who wants to know of changes, in this context and in the others of the same origin. */
export interface Changes {
  add(listener: () => void): () => void;
  tell(): void;
  close(): void;
}

/** Listeners of this context, told of its own changes and, by BroadcastChannel, of those of other tabs. */
export function listeners(name: string): Changes {
  const all = new Set<() => void>();
  let isOpen = true;
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  const tellHere = () => {
    for (const listener of all) listener();
  };
  if (channel) {
    channel.onmessage = tellHere;
    // Node only: an open channel must not keep a finished program alive.
    (channel as { unref?: () => void }).unref?.();
  }
  return {
    add(listener) {
      all.add(listener);
      return () => all.delete(listener);
    },
    tell() {
      if (!isOpen) return;
      tellHere();
      channel?.postMessage('changed');
    },
    close() {
      isOpen = false;
      all.clear();
      channel?.close();
    },
  };
}
