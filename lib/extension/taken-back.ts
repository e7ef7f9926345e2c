/** Which entries were taken back, by their names within this device. Pure. */
import type { Entry } from '../domain/entry.ts';

/** `stream/seq` of every entry taken back among these: by itself, or with everything its pack version read. */
export function voidedOf(entries: readonly Entry[]): Set<string> {
  const found = new Set<string>();
  const packs = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== 'void') continue;
    if ('seq' in entry.body.target) found.add(nameOf(entry.body.target));
    else packs.add(entry.body.target.pack);
  }
  for (const entry of entries) {
    if (entry.kind === 'action' && packs.has(entry.body.pack)) found.add(nameOf(entry));
  }
  return found;
}

/** The name of an entry within this device. */
export function nameOf(entry: { readonly stream: number; readonly seq: number }): string {
  return `${entry.stream}/${entry.seq}`;
}
