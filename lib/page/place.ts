/**
 * Where a document is: its path, never the query. On these hosts the query holds names, identity numbers and codes
 * (host-pages-2 §1.1).
 */
import type { Pack } from '../adapters/pack.ts';

/** Path plus the path inside the hash (`/app#/ho-so/1`), without any query, at most 500 characters. */
export function placeOf(location: { readonly pathname: string; readonly hash: string }): string {
  const hash = /^#!?\/[^?]*/.exec(location.hash)?.[0] ?? '';
  return `${location.pathname}${hash}`.slice(0, 500);
}

/** True when an expression matches the place; one that does not compile matches nothing. */
function matches(source: string, place: string): boolean {
  try {
    return new RegExp(source, 'iu').test(place);
  } catch {
    return false;
  }
}

export type PlaceKind = 'denied' | 'known' | 'other';

/** `denied`: log-in, SSO, payment, nothing is shown or read. `known`: a page type, an action or its outcome may be here. */
export function kindOf(pack: Pack, place: string): PlaceKind {
  if (pack.deny.some((source) => matches(source, place))) return 'denied';
  const routes = pack.actions.flatMap((rule) => rule.confirm.flatMap(({ route }) => route ?? []));
  const urls = [...pack.pages, ...pack.actions, ...(pack.inert ?? [])].map(({ url }) => url);
  return [...urls, ...routes].some((source) => matches(source, place)) ? 'known' : 'other';
}
