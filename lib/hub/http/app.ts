/** The hub's HTTP face: a list of what answers where. Limits, headers and refusals are the same for all. */
import { Hono } from 'hono';
import { hubWords } from '../../i18n/hub/index.ts';
import { isMigrated } from '../database/migrate.ts';
import { errorFields } from '../log.ts';
import { complaintRoutes } from './complaints.ts';
import type { HubContext, HubEnv, Parts } from './context.ts';
import { deviceRoutes } from './devices.ts';
import { feedbackRoutes } from './feedback.ts';
import { secureHeaders } from './headers.ts';
import { packRoutes } from './packs.ts';
import { peopleRoutes } from './people.ts';
import { answerRefusal, isRefusal, refuse } from './problem.ts';
import { publicRoutes } from './public.ts';
import { serveFile } from './static.ts';
import { needReader } from './who.ts';

/** The application; `parts` are everything it can reach. */
export function createApp(parts: Parts): Hono<HubEnv> {
  const app = new Hono<HubEnv>();
  app.use('*', async (c, next) => {
    identify(c, parts);
    const started = performance.now();
    await next();
    for (const [name, value] of Object.entries(
      secureHeaders(c.res.headers.get('content-type') ?? '', c.var.isSecure),
    )) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
    const route = c.req.path.startsWith('/v1/') ? c.req.path.split('/').slice(0, 3).join('/') : 'static';
    const seconds = (performance.now() - started) / 1_000;
    const { status } = c.res;
    parts.metrics.observe('nmc_request_seconds', seconds);
    if (route !== 'static' || status >= 400) {
      const ms = Math.round(seconds * 1_000);
      parts.log(status >= 500 ? 'error' : 'info', 'request', { method: c.req.method, route, status, ms });
    }
  });
  app.use('/v1/*', async (_c, next) => {
    if (parts.isClosing()) throw refuse(503, 'closing', { retryAfter: 60 });
    await next();
  });
  app.onError((error, c) => {
    if (isRefusal(error)) return answerRefusal(c, error);
    if (c.req.raw.signal.aborted) return new Response(null, { status: 499 });
    parts.log('error', 'request', errorFields(error));
    return answerRefusal(c, refuse(500, 'internal'));
  });
  operations(app, parts);
  deviceRoutes(app, parts);
  peopleRoutes(app, parts);
  packRoutes(app, parts);
  feedbackRoutes(app, parts);
  publicRoutes(app, parts);
  complaintRoutes(app, parts);
  app.all('/v1/*', (c) => answerRefusal(c, refuse(404, 'notFound')));
  app.on(['GET', 'HEAD'], '*', async (c) => {
    const file = await serveFile(c, parts.config.web);
    if (file) return file;
    if (c.req.path === '/' || c.req.path === '/kiosk/') {
      return c.text(c.var.words('notBuilt'), 503, { 'cache-control': 'no-store' });
    }
    return answerRefusal(c, refuse(404, 'notFound'));
  });
  app.all('*', (c) => answerRefusal(c, refuse(405, 'method')));
  return app;
}

/** Health (this process), readiness (it can take batches), metrics (loopback, or a read token). */
function operations(app: Hono<HubEnv>, parts: Parts): void {
  const { db, metrics } = parts;
  app.get('/v1/health', (c) => c.json({ status: 'ok' }));
  app.get('/v1/ready', async (c) => {
    const isReady = await isMigrated(db).catch(() => false);
    return c.json({ status: isReady ? 'ready' : 'notReady' }, isReady ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    if (!isLoopback(c.var.address)) await needReader(c, parts, 'readDevices');
    metrics.gauge('nmc_pool_waiting', db.waiting());
    metrics.gauge('nmc_transaction_retries', db.retries());
    return c.text(metrics.text(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
}

function identify(c: HubContext, { config }: Parts): void {
  const forwarded = config.trustProxy
    ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    : undefined;
  const proto = config.trustProxy ? c.req.header('x-forwarded-proto') : undefined;
  c.set('words', hubWords(c.req.header('accept-language')));
  c.set('address', forwarded ?? c.env.incoming?.socket.remoteAddress ?? 'unknown');
  c.set('isSecure', (proto ?? config.publicUrl ?? '').startsWith('https'));
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
