/**
 * The province's counter-signature of one pack: a JWS by the configuration key over reference and hash. It is checked again
 * whenever a configuration is made, so a row changed in the database behind the hub's back reaches no device.
 */
import * as z from 'zod/mini';
import { signCompact, verifyCompact } from '../../batch/jws.ts';
import type { HubKeys } from '../keys.ts';
import { packHash } from './propose.ts';
import { refOf } from './version.ts';

const KIND = 'nmc-pack';
const signedSchema = z.strictObject({ pack: z.string(), sha256: z.string() });

/** Signs the pack with this hash. */
export function signPackHash(keys: HubKeys, pack: string, sha256: string): Promise<string> {
  return signCompact({ pack, sha256 }, KIND, keys.config.key);
}

/** Whether this very body was signed under this very reference. */
export async function isSignedPack(
  keys: HubKeys,
  pack: { readonly id: string; readonly version: string; readonly body: unknown; readonly signature: string },
): Promise<boolean> {
  try {
    const said = await verifyCompact(pack.signature, KIND, keys.config.jwk, signedSchema);
    const body = pack.body as { id?: unknown; version?: unknown };
    return (
      said.pack === refOf(pack) &&
      said.sha256 === packHash(pack.body) &&
      body.id === pack.id &&
      body.version === pack.version
    );
  } catch {
    return false;
  }
}
