import { describe, expect, it } from 'vitest';
import { newPad, newSealKey, sealer, unseal } from '../../../lib/batch/seal.ts';

const CODES = ['000.00.00.H00-260921-0001', 'vb_30798', 'ký hiệu 12'];

describe('codes under a pad', () => {
  it('come back with their key, list by list, whichever document they are from', async () => {
    const key = newSealKey();
    const [one, other] = [sealer(await newPad(key)), sealer(await newPad(key))];
    const [first, second, third] = [one(CODES), one(['another']), other(CODES)];
    expect(await unseal(key, second)).toEqual(['another']);
    expect(await unseal(key, first)).toEqual(CODES);
    expect(await unseal(key, third)).toEqual(CODES);
    expect(third!.text).not.toBe(first!.text);
  });

  it('say nothing without it: another key, a changed pad, place or text, nothing sealed', async () => {
    const key = newSealKey();
    const sealed = sealer(await newPad(key))(CODES)!;
    const { number } = await newPad(key);
    expect(Buffer.from(sealed.text, 'base64').toString('latin1')).not.toContain('H00');
    expect(await unseal(newSealKey(), sealed)).toEqual([]);
    expect(await unseal(key, { ...sealed, pad: number })).toEqual([]);
    expect(await unseal(key, { ...sealed, from: 7 })).toEqual([]);
    expect(await unseal(key, { ...sealed, from: 1_000_000 })).toEqual([]);
    expect(await unseal(key, { ...sealed, text: '%%%' })).toEqual([]);
    expect(await unseal(key, null)).toEqual([]);
  });

  it('never use a byte of the pad twice, and stop when it is used up', async () => {
    const pad = await newPad(newSealKey());
    const seal = sealer(pad);
    const all = Array.from({ length: 90 }, () => seal(CODES));
    const sealed = all.filter((one) => one !== null);
    expect(sealed.length).toBeLessThan(all.length);
    const ends = sealed.map(({ from, text }) => from + Buffer.from(text, 'base64').length);
    expect(sealed.slice(1).map(({ from }) => from)).toEqual(ends.slice(0, -1));
    expect(new Set(sealed.map(({ text }) => text)).size).toBe(sealed.length);
    expect(ends.at(-1)).toBeLessThanOrEqual(Buffer.from(pad.bytes, 'base64').length);
  });
});
