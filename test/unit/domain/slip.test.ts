/** Slip numbers: the check digit of ISO 7064 against its published example, and every slip of a pen it must catch. */
import { describe, expect, it } from 'vitest';
import { readSlipNumber, slipNumber } from '../../../lib/domain/slip.ts';

const all = Array.from({ length: 10_000 }, (_, n) => slipNumber(n));

describe('slip numbers', () => {
  it('are four digits and the check digit of ISO 7064, MOD 11,10', () => {
    // The example of the standard: 0794 takes 5.
    expect(slipNumber(794)).toBe('0794-5');
    expect(new Set(all).size).toBe(10_000);
    for (const bad of [-1, 10_000, 1.5, Number.NaN]) expect(() => slipNumber(bad)).toThrow(RangeError);
  });

  it('are read back in every way they are typed', () => {
    for (const text of ['0794-5', '07945', ' 0794 5 ', '0794–5', '０７９４-５'])
      expect(readSlipNumber(text)).toBe('0794-5');
    for (const text of ['', '0794', '0794-55', '794-5', 'O794-5', '0794-6'])
      expect(readSlipNumber(text)).toBeNull();
  });

  it('catch every single wrong digit', () => {
    for (const number of all) {
      const digits = number.replace('-', '');
      for (let at = 0; at < 5; at += 1) {
        const other = String((Number(digits[at]) + 1 + (Number(digits) % 9)) % 10);
        if (other === digits[at]) continue;
        expect(readSlipNumber(digits.slice(0, at) + other + digits.slice(at + 1))).toBeNull();
      }
    }
  });

  it('catch nearly every pair of digits in the wrong order', () => {
    let pairs = 0;
    let missed = 0;
    for (const number of all) {
      const digits = number.replace('-', '');
      for (let at = 0; at < 4; at += 1) {
        if (digits[at] === digits[at + 1]) continue;
        pairs += 1;
        const swapped = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
        if (readSlipNumber(swapped) !== null) missed += 1;
      }
    }
    expect(missed / pairs).toBeLessThan(0.03);
  });
});
