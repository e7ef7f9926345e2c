/** Sets of sequence numbers as closed ranges, ascending and never touching: `[[1, 4], [7, 7]]`. */

export type Range = [number, number];
export type Ranges = readonly (readonly [number, number])[];

/** Any list of closed ranges as an ascending set; empty and inverted ranges vanish. */
export function normaliseRanges(ranges: Ranges): Range[] {
  const sorted = ranges.filter(([from, to]) => from <= to).sort((a, b) => a[0] - b[0]);
  const made: Range[] = [];
  for (const [from, to] of sorted) {
    const last = made.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else made.push([from, to]);
  }
  return made;
}

/** The set with `first..last` added. */
export function addRange(ranges: Ranges, first: number, last: number): Range[] {
  return normaliseRanges([...ranges, [first, last]]);
}

/** Everything in one set or the other. */
export function uniteRanges(a: Ranges, b: Ranges): Range[] {
  return normaliseRanges([...a, ...b]);
}

/** What is in `ranges` and not in `taken`. */
export function subtractRanges(ranges: Ranges, taken: Ranges): Range[] {
  const holes = normaliseRanges(taken);
  const left: Range[] = [];
  for (const [from, to] of normaliseRanges(ranges)) {
    let at = from;
    for (const [first, last] of holes) {
      if (last < at || first > to) continue;
      if (first > at) left.push([at, first - 1]);
      at = last + 1;
    }
    if (at <= to) left.push([at, to]);
  }
  return left;
}

/** What is missing between 1 and `head`. */
export function gapsOf(ranges: Ranges, head: number): Range[] {
  return subtractRanges([[1, head]], ranges);
}

/** How many numbers the set holds. */
export function countOf(ranges: Ranges): number {
  return normaliseRanges(ranges).reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** True when `seq` is in the set. */
export function hasSeq(ranges: Ranges, seq: number): boolean {
  return ranges.some(([from, to]) => from <= seq && seq <= to);
}

/** Complete through this number: the end of the range that begins at 1, else 0. */
export function completeThrough(ranges: Ranges): number {
  const first = normaliseRanges(ranges)[0];
  return first && first[0] <= 1 ? first[1] : 0;
}

/** The highest number in the set, 0 when it is empty. */
export function highestOf(ranges: Ranges): number {
  return ranges.reduce((most, [, to]) => Math.max(most, to), 0);
}
