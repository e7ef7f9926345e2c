import { describe, expect, it } from 'vitest';
import { newPad, sealer, unseal } from '../../../lib/batch/seal.ts';

const CODES = ['000.00.00.H00-260921-0001', 'vb_30798', 'ký hiệu 12'];

describe('codes under a one-time pad', () => {
  it('come back with their pad, list by list', () => {
    const pad = newPad();
    const seal = sealer(pad);
    const [first, second] = [seal(CODES), seal(['another'])];
    expect(unseal(pad, second)).toEqual(['another']);
    expect(unseal(pad, first)).toEqual(CODES);
  });

  it('say nothing without it: another pad, none, a changed place or text, nothing sealed', () => {
    const pad = newPad();
    const sealed = sealer(pad)(CODES)!;
    expect(unseal(newPad(), sealed)).toEqual([]);
    expect(unseal(undefined, sealed)).toEqual([]);
    expect(unseal(pad, { ...sealed, from: 7 })).toEqual([]);
    expect(unseal(pad, { ...sealed, from: 1_000_000 })).toEqual([]);
    expect(unseal(pad, { ...sealed, text: '%%%' })).toEqual([]);
    expect(unseal(pad, null)).toEqual([]);
  });

  it('never use a byte of the pad twice, and stop when it is used up', () => {
    const pad = newPad();
    const seal = sealer(pad);
    const all = Array.from({ length: 90 }, () => seal(CODES));
    const sealed = all.filter((one) => one !== null);
    expect(sealed.length).toBeLessThan(all.length);
    const ends = sealed.map(({ from, text }) => from + Buffer.from(text, 'base64').length);
    expect(sealed.slice(1).map(({ from }) => from)).toEqual(ends.slice(0, -1));
    expect(new Set(sealed.map(({ text }) => text)).size).toBe(sealed.length);
    expect(ends.at(-1)).toBeLessThanOrEqual(Buffer.from(pad, 'base64').length);
  });
});
