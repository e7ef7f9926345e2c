/**
 * Which page is this: an anchored URL and an independent signal, never the DOM alone (host-pages §8.2-3). Deny rules
 * come first. The query never enters: on these hosts it holds names, identity numbers and codes (host-pages-2 §1.1).
 */
import { fold } from '../../domain/vocabulary.ts';
import type { Pack, PageType, Signal } from '../pack.ts';
import { countHeaders } from './table.ts';
import { linesOf, regexOf } from './text.ts';
import { firstVisible } from './visible.ts';

/** True when an anchored expression matches the place. An expression that does not compile matches nothing. */
export function matchesPlace(source: string, place: string): boolean {
  return regexOf(source)?.test(place) ?? false;
}

/** Log-in, SSO and payment pages: nothing is read, armed or shown there. */
export function isDenied(pack: Pack, place: string): boolean {
  return pack.deny.some((source) => matchesPlace(source, place));
}

/** True when the page shows this sign. */
export function holds(signal: Signal, root: Document): boolean {
  if ('exists' in signal) return firstVisible(root, signal.exists) !== null;
  if ('notExists' in signal) return firstVisible(root, signal.notExists) === null;
  if ('headers' in signal) return countHeaders(root, signal.headers) >= signal.min;
  if ('noHeaders' in signal) return countHeaders(root, signal.noHeaders) === 0;
  const wanted = signal.text.map(fold);
  const within = firstVisible(root, signal.within);
  return within !== null && linesOf(within).some((line) => wanted.includes(fold(line)));
}

const isGuard = (signal: Signal) => 'notExists' in signal || 'noHeaders' in signal;

/**
 * The page types shown here: URL matches, guards hold, and at least one sign is seen. Several may be shown at once
 * (a list with a dialog over it); the first is the page itself. Empty on denied and unknown pages.
 */
export function recognise(pack: Pack, place: string, root: Document): PageType[] {
  if (isDenied(pack, place)) return [];
  return pack.pages.filter(
    (page) =>
      matchesPlace(page.url, place) &&
      page.signals.filter(isGuard).every((signal) => holds(signal, root)) &&
      page.signals.some((signal) => !isGuard(signal) && holds(signal, root)),
  );
}
