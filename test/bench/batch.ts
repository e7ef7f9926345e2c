import { createHash, createPublicKey, createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { GENESIS, packBatch, readBatchHeader, verifyBatch } from '../../lib/batch/index.ts';
import type { PublicJwk } from '../../lib/batch/protocol.ts';
import { linesFrom, sightings } from './data.ts';
import { type Bench, compare } from './measure.ts';

const LINES = 200;
const BATCHES = 40;

/** Packing and verifying a batch beside gzip, SHA-256 and P-256 alone. */
export const batch: Bench = {
  name: 'batch',
  about: `packBatch and verifyBatch (${LINES} lines each) beside raw gzip + SHA-256 + P-256`,
  run: async () => {
    const lines = linesFrom(sightings(LINES));
    const raw = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x, y } = pair.publicKey.export({ format: 'jwk' });
    const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! };
    const key = await crypto.subtle.importKey(
      'jwk',
      pair.privateKey.export({ format: 'jwk' }),
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    );
    const content = {
      device: 'bench',
      kind: 'extension',
      stream: 1,
      first: 1,
      lines,
      prev: GENESIS,
      sent: Date.UTC(2026, 8, 21),
      beacon: { head: LINES, unsent: 0 },
    } as const;
    const bytes = await packBatch(content, { jwk, key });
    const { payload } = readBatchHeader(bytes);
    const floorPayload = gzipSync(raw);
    const signature = createSign('sha256')
      .update(floorPayload)
      .sign({ key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
    const publicKey = createPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }));
    const times = async (work: () => unknown) => {
      for (let turn = 0; turn < BATCHES; turn += 1) await work();
    };
    const packing = await compare('packing', 'lines/s', LINES * BATCHES, [
      {
        name: 'gzip + SHA-256 + sign (floor: node:zlib, node:crypto)',
        run: () =>
          times(() => {
            createHash('sha256').update(raw).digest();
            createSign('sha256')
              .update(gzipSync(raw))
              .sign({ key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
          }),
      },
      {
        name: 'packBatch: the same + hash chain per line + JWS',
        run: () => times(() => packBatch(content, { jwk, key })),
      },
    ]);
    const verifying = await compare('verifying', 'lines/s', LINES * BATCHES, [
      {
        name: 'verify + gunzip + SHA-256 (floor: node:zlib, node:crypto)',
        run: () =>
          times(() => {
            const isTrue = createVerify('sha256')
              .update(floorPayload)
              .verify({ key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
            if (!isTrue) throw new Error('the floor does not verify');
            createHash('sha256').update(gunzipSync(floorPayload)).digest();
          }),
      },
      {
        name: 'verifyBatch: the same + schema, bounds, hash chain per line',
        run: () => times(() => verifyBatch(bytes, jwk)),
      },
    ]);
    const perLine = `${(payload.length / LINES).toFixed(0)} bytes/line packed, ${(raw.length / LINES).toFixed(0)} raw`;
    return [
      { ...packing, title: `packing (${perLine})` },
      { ...verifying, title: `verifying (${perLine})` },
    ];
  },
};
