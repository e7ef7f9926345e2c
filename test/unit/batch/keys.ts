import type { BatchSigner, PublicJwk } from '../../../lib/batch/index.ts';

/** A fresh P-256 pair as devices and hubs hold it. */
export async function signer(): Promise<BatchSigner> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! };
  return { jwk, key: pair.privateKey };
}
