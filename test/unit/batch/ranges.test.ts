import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addRange,
  completeThrough,
  countOf,
  gapsOf,
  hasSeq,
  highestOf,
  normaliseRanges,
  type Range,
  subtractRanges,
  uniteRanges,
} from '../../../lib/batch/index.ts';

const MOST = 30;
const anyRanges = fc.array(fc.tuple(fc.integer({ min: 1, max: MOST }), fc.integer({ min: 1, max: MOST })), {
  maxLength: 6,
});
const members = (ranges: readonly (readonly [number, number])[]) => {
  const set = new Set<number>();
  for (const [from, to] of ranges) for (let seq = from; seq <= to; seq += 1) set.add(seq);
  return set;
};
const sorted = (set: Set<number>) => [...set].sort((a, b) => a - b);

function expectNormal(ranges: Range[]): void {
  ranges.forEach(([from, to], index) => {
    expect(from).toBeLessThanOrEqual(to);
    if (index > 0) expect(from).toBeGreaterThan(ranges[index - 1]![1] + 1);
  });
}

describe('ranges', () => {
  it('by example', () => {
    expect(
      normaliseRanges([
        [5, 6],
        [1, 2],
        [3, 4],
        [9, 8],
      ]),
    ).toEqual([[1, 6]]);
    expect(addRange([[1, 2]], 4, 4)).toEqual([
      [1, 2],
      [4, 4],
    ]);
    expect(
      gapsOf(
        [
          [2, 3],
          [6, 6],
        ],
        8,
      ),
    ).toEqual([
      [1, 1],
      [4, 5],
      [7, 8],
    ]);
    expect(gapsOf([], 0)).toEqual([]);
    expect(
      completeThrough([
        [1, 4],
        [6, 9],
      ]),
    ).toBe(4);
    expect(completeThrough([[2, 9]])).toBe(0);
    expect(
      highestOf([
        [1, 4],
        [6, 9],
      ]),
    ).toBe(9);
  });

  it('agree with plain sets of numbers', () => {
    fc.assert(
      fc.property(anyRanges, anyRanges, fc.integer({ min: 0, max: MOST + 2 }), (a, b, seq) => {
        const [inA, inB] = [members(a), members(b)];
        const united = uniteRanges(a, b);
        const left = subtractRanges(a, b);
        const gaps = gapsOf(a, seq);
        for (const one of [united, left, gaps, normaliseRanges(a)]) expectNormal(one);
        expect(sorted(members(united))).toEqual(sorted(new Set([...inA, ...inB])));
        expect(sorted(members(left))).toEqual(sorted(inA).filter((one) => !inB.has(one)));
        expect(sorted(members(gaps))).toEqual(
          Array.from({ length: seq }, (_, index) => index + 1).filter((one) => !inA.has(one)),
        );
        expect(countOf(a)).toBe(inA.size);
        expect(hasSeq(a, seq)).toBe(inA.has(seq));
        expect(highestOf(normaliseRanges(a))).toBe(Math.max(0, ...inA));
      }),
    );
  });
});
