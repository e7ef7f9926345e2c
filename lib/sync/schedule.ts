/** Spreads devices over a window, so that ten thousand do not come at 17:00 together. Pure. */

/** The place of a device in a window of milliseconds: always the same for the same device, 0 ≤ slot < window. */
export function slotOf(device: string, window: number): number {
  if (window <= 0) return 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < device.length; at += 1) {
    hash = Math.imul(hash ^ device.charCodeAt(at), 0x01000193) >>> 0;
  }
  // FNV leaves the low bits of short, alike ids alike: mix before dividing.
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 0;
  hash = (hash ^ (hash >>> 16)) >>> 0;
  return Math.floor((hash / 2 ** 32) * window);
}
