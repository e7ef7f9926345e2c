/** Runs work one at a time: over all tabs where there are Web Locks, else within this one. */
export function locked(name: string): <T>(work: () => Promise<T>) => Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (locks) return async (work) => locks.request(name, work);
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = tail.then(work);
    tail = turn.catch(() => undefined);
    return turn;
  };
}
