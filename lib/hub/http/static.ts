/** The built pages: the dashboard at `/`, the kiosk at `/kiosk/`, the phone's form at `/form/`. Nothing outside the folder is ever read. */
import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { HubContext } from './context.ts';
import { secureHeaders } from './headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.txt': 'text/plain; charset=utf-8',
};

/** Names with a content hash never change their content. */
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.(?:js|css|woff2|svg|png|webp|mp3|ogg)$/;

/** The file for a path, or null when there is none. */
export async function serveFile(c: HubContext, web: string): Promise<Response | null> {
  const place = placeOf(new URL(c.req.url).pathname);
  if (place === null) return null;
  if (place === 'kiosk') return new Response(null, { status: 308, headers: { location: '/kiosk/' } });
  const type = TYPES[extname(place)];
  if (type === undefined) return null;
  const bytes = await readInside(web, place);
  if (bytes === null) return null;
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const headers = {
    ...secureHeaders(type, c.var.isSecure),
    'content-type': type,
    etag,
    // The widget's page has an origin of its own (`framedPolicy`), so what it loads is asked for across origins.
    ...(place.startsWith('form/') ? { 'access-control-allow-origin': '*' } : {}),
    'cache-control':
      HASHED.test(place) && place.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(c.req.method === 'HEAD' ? null : new Uint8Array(bytes), { headers });
}

/** The file's path below the web folder; null for anything but plain names. */
function placeOf(pathname: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path === '/kiosk') return 'kiosk';
  if (path === '/widget.js') return 'form/widget.js';
  if (path.endsWith('/')) path += 'index.html';
  const parts = path.split('/').slice(1);
  if (parts.some((part) => !/^[A-Za-z0-9_][A-Za-z0-9._@~-]*$/.test(part))) return null;
  const isOwnPage = parts[0] === 'kiosk' || parts[0] === 'form';
  return isOwnPage ? parts.join('/') : ['dashboard', ...parts].join('/');
}

/** The built page of the phone's form, or null before it was built. */
export async function formPage(web: string): Promise<string | null> {
  return (await readInside(web, 'form/index.html'))?.toString('utf8') ?? null;
}

async function readInside(web: string, place: string): Promise<Buffer | null> {
  try {
    const root = await realpath(web);
    const real = await realpath(join(root, place));
    if (!real.startsWith(root + sep)) return null;
    return await readFile(real);
  } catch {
    return null;
  }
}
