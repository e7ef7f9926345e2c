/** What kiosks call beside batches: comments (erasable, kept apart from entries) and recorded phrases. */
import type { Hono } from 'hono';
import {
  clipRequestSchema,
  commentsRequestSchema,
  KIOSK_LIMITS,
  RECEIPT_TYPE,
  signCommentsReceipt,
} from '../../batch/index.ts';
import { dayOf } from '../../domain/dates.ts';
import { proposeClip, readClip } from '../feedback/clips.ts';
import { keepComments } from '../feedback/comments.ts';
import { readJson } from './body.ts';
import type { HubEnv, Parts } from './context.ts';
import { needDevice } from './device-token.ts';
import { refuse } from './problem.ts';
import { takeTurn } from './turns.ts';

/** Fifty comments of the largest size, every character of it escaped. */
const COMMENTS_BODY = 512 * 1024;
const CLIP_BODY = Math.ceil(KIOSK_LIMITS.clipBytes / 3) * 4 + 1_024;

/** Adds the endpoints of kiosks. */
export function kioskRoutes(app: Hono<HubEnv>, parts: Parts): void {
  const { db, keys, clock, calls, metrics } = parts;

  app.post('/v1/device/comments', async (c) => {
    const device = await needDevice(c, parts, 'kiosk');
    takeTurn(calls.comments, device.id);
    const { comments } = await readJson(c, commentsRequestSchema, COMMENTS_BODY);
    const now = clock();
    const kept = await keepComments(db, comments, dayOf(now));
    metrics.count('nmc_comments_total', { result: 'kept' }, kept.length);
    metrics.count('nmc_comments_total', { result: 'wrongHash' }, comments.length - kept.length);
    const time = new Date(now).toISOString();
    const receipt = { typ: 'nmc-comments', device: device.id, kept, time } as const;
    const headers = { 'content-type': RECEIPT_TYPE, 'cache-control': 'no-store' };
    return c.body(await signCommentsReceipt(receipt, keys.receipts.key), 200, headers);
  });

  app.post('/v1/device/clips', async (c) => {
    const device = await needDevice(c, parts, 'kiosk');
    takeTurn(calls.clips, device.id);
    const result = await proposeClip(db, device.id, await readJson(c, clipRequestSchema, CLIP_BODY), clock());
    if (!result.ok) {
      const status = result.code === 'tooLarge' ? 413 : result.code === 'clipMany' ? 409 : 422;
      throw refuse(status, result.code, { field: result.field, values: result.values ?? {} });
    }
    return c.json(result.value, 201, { 'cache-control': 'no-store' });
  });

  app.get('/v1/device/clips/:sha256', async (c) => {
    await needDevice(c, parts, 'kiosk');
    const clip = await readClip(db, c.req.param('sha256'));
    if (clip === null) throw refuse(404, 'clipUnknown', { field: 'sha256' });
    // Named by its hash: it can never be another one.
    const headers = { 'content-type': clip.mime, 'cache-control': 'private, max-age=31536000, immutable' };
    return c.body(clip.content, 200, headers);
  });
}
