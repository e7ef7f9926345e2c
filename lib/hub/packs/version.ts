/** Versions of packs and references to them. Pure. */

import type { Pack } from '../../adapters/pack.ts';
import { BUNDLED_PACKS } from '../../adapters/packs/index.ts';

export const PACK_REF = /^([a-z0-9-]{1,40})@(\d{1,5}\.\d{1,5}\.\d{1,5})$/;

/** `id@version`, as entries and the kill list name a pack. */
export function refOf({ id, version }: { readonly id: string; readonly version: string }): string {
  return `${id}@${version}`;
}

/** The two parts of a reference, or null when it is none. */
export function readRef(text: string): { id: string; version: string } | null {
  const found = PACK_REF.exec(text);
  return found && { id: found[1]!, version: found[2]! };
}

/** Negative when `a` is the older version, 0 when they are the same. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let at = 0; at < 3; at += 1) {
    const difference = (left![at] ?? 0) - (right![at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The pack of this version that ships with the extension, or null. */
export function bundledPack(id: string, version?: string): Pack | null {
  return BUNDLED_PACKS.find((one) => one.id === id && (version ?? one.version) === one.version) ?? null;
}
