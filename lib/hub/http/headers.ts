/** Security headers, and the answer to an extension's CORS question. */
import type { HubContext } from './context.ts';

const PAGE_RULES = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types nmc',
];
/** Pages: nothing but what this hub serves; script only from files; Trusted Types policy `nmc` (DESIGN §11). */
const PAGE_POLICY = [...PAGE_RULES, "frame-ancestors 'none'"].join('; ');
/** A worker lives under the policy of its own script; importScripts there takes plain addresses. */
const WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'";
const REST_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * A page that stands in a frame of these sites and of no other. `sandbox` gives it an origin of its own: it shares no storage
 * and no session with the hub, whoever frames it and however.
 */
export function framedPolicy(origins: readonly string[]): string {
  const ancestors = origins.length > 0 ? origins.join(' ') : "'none'";
  return [...PAGE_RULES, `frame-ancestors ${ancestors}`, 'sandbox allow-scripts'].join('; ');
}

/** The headers of every answer. `type` is the content type being served. */
export function secureHeaders(type: string, isSecure: boolean): Record<string, string> {
  return {
    'content-security-policy': type.startsWith('text/html')
      ? PAGE_POLICY
      : type.startsWith('text/javascript')
        ? WORKER_POLICY
        : REST_POLICY,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // With `no-referrer` Firefox sends `Origin: null` even to ourselves, and every change would be refused (seen).
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), payment=(), usb=(), microphone=(self)',
    ...(isSecure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** The extension's origin that asks, or null: only extensions may call from another origin, and never with cookies. */
export function extensionOrigin(c: HubContext): string | null {
  const origin = c.req.header('origin') ?? '';
  return /^(chrome|moz)-extension:\/\/[a-z0-9-]+$/.test(origin) ? origin : null;
}

/** The headers that let an extension read the answer. */
export function corsHeaders(origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'etag, retry-after',
    vary: 'origin',
  };
}

/** The answer to a preflight of a device endpoint. */
export function preflight(c: HubContext): Response {
  const origin = extensionOrigin(c);
  if (origin === null) return new Response(null, { status: 403 });
  const wantsPrivate = c.req.header('access-control-request-private-network') === 'true';
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders(origin),
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, if-none-match',
      'access-control-max-age': '600',
      ...(wantsPrivate ? { 'access-control-allow-private-network': 'true' } : {}),
    },
  });
}
