/** What devices call: activation, batches, configuration, look-up, repaired packs. Answered to extensions across origins, never with cookies. */
import type { Hono } from 'hono';
import {
  activationRequestSchema,
  BATCH_TYPE,
  isBatchError,
  LIMITS,
  lookupRequestSchema,
  packProposalSchema,
  RECEIPT_TYPE,
  signReceipt,
  signUnlock,
  unlockRequestSchema,
} from '../../batch/index.ts';
import { activateDevice } from '../device/activation.ts';
import { lookUp } from '../device/lookup.ts';
import { isPolicyToken } from '../device/policy-token.ts';
import { unlockDevice } from '../device/unlock.ts';
import { ingest, isDeviceRefusal } from '../ingest/index.ts';
import { PACK_LIMITS, proposePack } from '../packs/propose.ts';
import { needType, readBytes, readJson } from './body.ts';
import type { HubContext, HubEnv, Parts } from './context.ts';
import { needDevice } from './device-token.ts';
import { corsHeaders, extensionOrigin, preflight } from './headers.ts';
import { kioskRoutes } from './kiosks.ts';
import { refuse } from './problem.ts';
import { takeTurn, tooMany } from './turns.ts';

const LARGEST_BATCH = LIMITS.headerBytes + 1 + LIMITS.packedBytes;

/** Adds the device endpoints. */
export function deviceRoutes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, keys, clock, attempts, calls, metrics } = parts;
  const admission = makeAdmission(parts);

  app.use('/v1/device/*', cors);
  app.use('/v1/batches', cors);

  app.post('/v1/device/activate', async (c) => {
    const request = await readJson(c, activationRequestSchema);
    const limiter = isPolicyToken(request.code) ? attempts.policy : attempts.activation;
    const wait = limiter.wait(c.var.address);
    if (wait > 0) throw tooMany(wait);
    const result = await activateDevice(parts, request, clock());
    metrics.count('nmc_activations_total', { result: result.ok ? 'ok' : result.code });
    if (result.ok) return c.json(result.answer, 200, { 'cache-control': 'no-store' });
    limiter.failed(c.var.address);
    throw refuse(422, result.code, { field: result.code === 'proof' ? 'proof' : 'code' });
  });

  app.post('/v1/device/unlock', async (c) => {
    const device = await needDevice(c, parts);
    const { code, nonce } = await readJson(c, unlockRequestSchema);
    const wait = attempts.activation.wait(c.var.address);
    if (wait > 0) throw tooMany(wait);
    const refused = await unlockDevice(db, parts.secrets, device, code, clock());
    metrics.count('nmc_unlocks_total', { result: refused ?? 'ok' });
    if (refused !== null) {
      attempts.activation.failed(c.var.address);
      throw refuse(422, refused, { field: 'code' });
    }
    const answer = {
      typ: 'nmc-unlock',
      device: device.id,
      nonce,
      time: new Date(clock()).toISOString(),
    } as const;
    const headers = { 'content-type': RECEIPT_TYPE, 'cache-control': 'no-store' };
    return c.body(await signUnlock(answer, keys.receipts.key), 200, headers);
  });

  app.post('/v1/batches', (c) =>
    admission(async () => {
      needType(c, BATCH_TYPE);
      return receiptFor(parts, await readBytes(c, LARGEST_BATCH), 'http');
    }),
  );

  app.get('/v1/device/config', async (c) => {
    const device = await needDevice(c, parts);
    const { etag, text } = await parts.readConfig(device.id, phoneOrigin(c, parts));
    const headers = { etag, 'cache-control': 'no-cache' };
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers);
    return c.body(text, 200, { ...headers, 'content-type': RECEIPT_TYPE });
  });

  kioskRoutes(app, parts);

  app.post('/v1/device/lookup', async (c) => {
    const device = await needDevice(c, parts, 'extension');
    takeTurn(calls.lookup, device.id);
    const { keys: asked } = await readJson(c, lookupRequestSchema);
    const answer = await lookUp(db, device.unit, asked, clock());
    metrics.count('nmc_lookups_total', {}, 1);
    return c.json(answer, 200, { 'cache-control': 'no-store' });
  });

  app.post('/v1/device/packs', async (c) => {
    const device = await needDevice(c, parts, 'extension');
    takeTurn(calls.proposal, device.id);
    const proposal = await readJson(c, packProposalSchema, PACK_LIMITS.bodyBytes);
    const result = await proposePack(db, device.id, proposal, clock());
    metrics.count('nmc_pack_proposals_total', { result: result.ok ? 'ok' : result.code });
    if (!result.ok) {
      const status = result.code === 'packTooLarge' ? 413 : result.code === 'packInvalid' ? 422 : 409;
      throw refuse(status, result.code, { field: result.field, values: result.values });
    }
    const { ref, stage, sha256, isNew } = result;
    return c.json({ pack: ref, stage, sha256 }, isNew ? 201 : 200, { 'cache-control': 'no-store' });
  });

  /** Says `keys` is used: the hub's identity is part of every receipt. */
  metrics.gauge(`nmc_hub_info{hub="${keys.hub}"}`, 1);
}

/** Takes the bytes and answers the signed receipt; the same code for HTTP and hand-over files. */
export async function receiptFor(
  { ingest: deps, keys, metrics }: Parts,
  bytes: Uint8Array,
  way: 'http' | 'file',
): Promise<Response> {
  const started = performance.now();
  try {
    const { receipt, accepted, duplicates, quarantined } = await ingest(deps, bytes, way);
    metrics.count('nmc_batches_total', { way, result: 'ok' });
    metrics.count('nmc_entries_total', { result: 'accepted' }, accepted);
    metrics.count('nmc_entries_total', { result: 'duplicate' }, duplicates);
    metrics.count('nmc_entries_total', { result: 'quarantined' }, quarantined);
    metrics.observe('nmc_ingest_seconds', (performance.now() - started) / 1_000);
    const text = await signReceipt(receipt, keys.receipts.key);
    return new Response(text, { headers: { 'content-type': RECEIPT_TYPE, 'cache-control': 'no-store' } });
  } catch (error) {
    const refusal = refusalOf(error, way);
    metrics.count('nmc_batches_total', { way, result: refusal?.code ?? 'error' });
    throw refusal ?? error;
  }
}

function refusalOf(error: unknown, way: 'http' | 'file') {
  if (isDeviceRefusal(error)) {
    // A hand-over is brought by a person: 401 would end that person's session on screen.
    const status = way === 'file' ? 422 : error.code === 'unknownDevice' ? 401 : 403;
    return refuse(status, error.code, { field: 'device' });
  }
  if (!isBatchError(error)) return null;
  const { code, field } = error;
  if (code === 'signature') return refuse(way === 'file' ? 422 : 401, 'batchSignature', { code, field });
  if (code === 'bound') {
    const limit = LIMITS[field as keyof typeof LIMITS] ?? LIMITS.packedBytes;
    return refuse(413, 'tooLarge', { field, values: { limit } });
  }
  return refuse(400, 'batch', { code, field });
}

/** Admits so many batches at once as the database can serve soon; the rest come again (sync §1.2, herd at 17:00). */
function makeAdmission({ config }: Parts) {
  const most = config.pool * 4;
  let inFlight = 0;
  return async (work: () => Promise<Response>): Promise<Response> => {
    if (inFlight >= most) throw refuse(503, 'busy', { retryAfter: 5 + Math.floor(Math.random() * 25) });
    inFlight += 1;
    try {
      return await work();
    } finally {
      inFlight -= 1;
    }
  };
}

/** The hub's address as a citizen's phone reaches it, or null when all that is known is this computer itself. */
function phoneOrigin(c: HubContext, { config }: Parts): string | null {
  const host = c.req.header('host') ?? '';
  if (config.publicUrl !== null) return config.publicUrl;
  if (/^(localhost|127\.|\[::1\])/.test(host) || !/^[\w.:[\]-]{1,100}$/.test(host)) return null;
  return `${c.var.isSecure ? 'https' : 'http'}://${host}`;
}

async function cors(c: HubContext, next: () => Promise<void>): Promise<Response | undefined> {
  if (c.req.method === 'OPTIONS') return preflight(c);
  await next();
  const origin = extensionOrigin(c);
  if (origin !== null) {
    for (const [name, value] of Object.entries(corsHeaders(origin))) c.res.headers.set(name, value);
  }
  return undefined;
}
