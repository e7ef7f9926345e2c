/** Counting answers by code and address: by the quarter-hour, in memory, under a salt of the day. */
import { describe, expect, it } from 'vitest';
import { makeCrowd } from '../../lib/hub/public/crowd.ts';

const MORNING = Date.parse('2026-09-21T02:00:00Z');

describe('a crowd', () => {
  it('counts within the quarter-hour and forgets with it', () => {
    let now = MORNING;
    const crowd = makeCrowd(() => now);
    expect([crowd.count(['a']), crowd.count(['a', 'b']), crowd.count(['b'])]).toEqual([1, 2, 2]);
    expect(crowd.most(['a', 'b', 'c'])).toBe(2);
    now += 14 * 60_000;
    expect(crowd.count(['a'])).toBe(3);
    now += 60_000;
    expect(crowd.most(['a', 'b'])).toBe(0);
  });

  it('names an address the same all day, another way tomorrow and in another process, and never by itself', () => {
    let now = MORNING;
    const crowd = makeCrowd(() => now);
    const first = crowd.address('203.0.113.9');
    expect(crowd.address('203.0.113.9')).toBe(first);
    expect(first).not.toContain('203.0.113.9');
    expect(makeCrowd(() => now).address('203.0.113.9')).not.toBe(first);
    // Midnight in Vietnam is 17:00 UTC.
    now = Date.parse('2026-09-21T17:00:00Z');
    expect(crowd.address('203.0.113.9')).not.toBe(first);
  });
});
