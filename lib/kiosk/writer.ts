/** One window writes. The lock ends with the window, so a crash never leaves the device closed. */

const LOCK = 'nmc-kiosk-writer';

/**
 * Becomes the writing window. Resolves true at once when nobody else is; otherwise calls `onOther` and resolves true as
 * soon as the other window is gone. The lock is held until this window ends.
 */
export function becomeWriter(locks: LockManager, onOther: () => void): Promise<true> {
  return new Promise((resolve, reject) => {
    const hold = () => {
      resolve(true);
      return new Promise<never>(() => {});
    };
    locks
      .request(LOCK, { ifAvailable: true }, (lock) => {
        if (lock) return hold();
        onOther();
        locks.request(LOCK, hold).catch(reject);
        return undefined;
      })
      .catch(reject);
  });
}
