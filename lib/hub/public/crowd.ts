/**
 * How many answers came by a code, and from an address, in the running quarter-hour. In memory only: an address is hashed
 * with a salt drawn anew each day, and everything is forgotten when the quarter-hour ends.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { dayOf } from '../../domain/dates.ts';

const QUARTER_HOUR = 15 * 60_000;
const MOST_NAMES = 50_000;

export interface Crowd {
  /** Counts one more under each name and answers the highest count. */
  count(names: readonly string[]): number;
  /** The highest count under these names, without counting. */
  most(names: readonly string[]): number;
  /** The name of an address for today. */
  address(address: string): string;
}

export function makeCrowd(clock: () => number): Crowd {
  const counts = new Map<string, number>();
  let quarter = 0;
  let day = '';
  let salt = randomBytes(16);
  const renew = () => {
    const now = Math.floor(clock() / QUARTER_HOUR);
    if (now !== quarter) counts.clear();
    quarter = now;
  };
  const most = (names: readonly string[]) => Math.max(0, ...names.map((name) => counts.get(name) ?? 0));
  return {
    count(names) {
      renew();
      if (counts.size > MOST_NAMES) counts.clear();
      for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
      return most(names);
    },
    most(names) {
      renew();
      return most(names);
    },
    address(address) {
      const today = dayOf(clock());
      if (today !== day) salt = randomBytes(16);
      day = today;
      return `address:${createHmac('sha256', salt).update(address).digest('base64url')}`;
    },
  };
}
