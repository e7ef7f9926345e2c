/**
 * The path of a page without what it holds: as little of it stays as its address rules need. A segment that any word would
 * fit becomes shape; of one that must read as it does, only the parts that the rules themselves name stay.
 */
import { regexOf } from '../../adapters/engine/text.ts';
import type { Pack } from '../../adapters/pack.ts';
import { shapeOf } from './mask.ts';

/** A path that fits the same rules and names nobody. */
export function maskPlace(place: string, pack: Pack): string {
  const sources = [...pack.pages, ...pack.actions, ...(pack.inert ?? [])]
    .map(({ url }) => url)
    .concat(pack.deny);
  const known = new Set(sources.flatMap((source) => source.toLowerCase().match(/[a-z0-9]+/g) ?? []));
  // `statistics?` in a rule means "statistic" as well.
  const isKnown = (word: string) => known.has(word) || (word.length > 3 && known.has(`${word}s`));
  const patternOf = (path: string) =>
    sources.map((source) => Number(regexOf(source)?.test(path) ?? false)).join('');
  const wanted = patternOf(place);
  const parts = place.split(/([/#!])/);
  const out = parts.map((part, at) => {
    const isSame = (candidate: string) =>
      patternOf(parts.map((one, index) => (index === at ? candidate : one)).join('')) === wanted;
    const whole = maskSegment(part);
    if (whole === part || isSame(whole)) return whole;
    const piecewise = part
      .split(/([-_.])/)
      .map((piece) => (isKnown(piece.toLowerCase()) ? piece : maskSegment(piece)))
      .join('');
    return isSame(piecewise) ? piecewise : whole;
  });
  return out.join('');
}

function maskSegment(part: string): string {
  if (/^[0-9a-f]{8,}$/i.test(part)) return part.replace(/[0-9a-f]/gi, '9');
  return shapeOf(part).toLowerCase();
}
