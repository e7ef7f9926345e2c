/**
 * The packs in force: bundled with the package, replaced by newer ones of the province's signed configuration, minus
 * the versions it retired. A pack from the configuration is data; the engine's own check decides what of it may run.
 */
import { checkPack } from '../adapters/check-pack.ts';
import { matchesPlace } from '../adapters/engine/recognise.ts';
import type { Pack } from '../adapters/pack.ts';
import type { DeviceConfig } from '../batch/index.ts';
import { kindOf } from '../page/place.ts';
import type { PackDoor } from './deps.ts';
import type { Binding } from './messages.ts';

/** The packs in force by family. Pure. */
export function packsInForce(bundled: readonly Pack[], config: DeviceConfig | null): Map<string, Pack> {
  const retired = new Set(config?.retiredPacks ?? []);
  const sent = (config?.packs ?? []).map((raw) => checkPack(raw).pack).filter((pack) => pack !== null);
  const found = new Map<string, Pack>();
  for (const pack of [...bundled, ...sent]) {
    if (retired.has(refOf(pack))) continue;
    const known = found.get(pack.id);
    if (known === undefined || isNewer(pack.version, known.version)) found.set(pack.id, pack);
  }
  return found;
}

/**
 * The pack for a document of this host. Where several families run there, the first whose pages, actions, deny rules or
 * fingerprint know the address; the binding's own family when none does.
 */
export async function packAt(
  door: Pick<PackDoor, 'packOf'>,
  { family, families = [] }: Pick<Binding, 'family' | 'families'>,
  place: string | null,
): Promise<Pack | null> {
  const names = [...new Set([family, ...families])];
  const packs = (await Promise.all(names.map(door.packOf))).filter((pack) => pack !== null);
  return (place === null ? undefined : packs.find((pack) => knows(pack, place))) ?? packs[0] ?? null;
}

function knows(pack: Pack, place: string): boolean {
  const { url } = pack.fingerprint ?? {};
  return (url !== undefined && matchesPlace(url, place)) || kindOf(pack, place) !== 'other';
}

/** `id@version`, as entries name a pack. */
function refOf(pack: Pack): string {
  return `${pack.id}@${pack.version}`;
}

function isNewer(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  for (let at = 0; at < 3; at += 1) {
    const difference = (left![at] ?? 0) - (right![at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** The door to the packs; `config` is read anew each time, because a worker forgets. */
export function packDoor(bundled: readonly Pack[], config: () => Promise<DeviceConfig | null>): PackDoor {
  return {
    packOf: async (family) => packsInForce(bundled, await config()).get(family) ?? null,
    families: async () =>
      [...packsInForce(bundled, await config()).values()].map((pack) => ({
        id: pack.id,
        name: pack.name,
        version: pack.version,
        status: pack.status,
        reads: pack.pages.filter(({ kind }) => kind !== 'none' && kind !== 'suggest').length,
        counts: pack.actions.length,
      })),
    isRetired: async (pack) => (await config())?.retiredPacks.includes(pack) ?? false,
  };
}
