/** The normal form of a code, however it is written, and what a dossier code consists of. */
import { describe, expect, it } from 'vitest';
import { dossierCodeText, normaliseCode, parseDossierCode } from '../../../lib/domain/codes.ts';

describe('the normal form of a code', () => {
  it('is the same for plain signs, taken at once, as by way of Unicode', () => {
    const wrong: string[] = [];
    for (let point = 0; point < 0x80; point += 1) {
      const sign = String.fromCharCode(point);
      // A full-width digit beside it: the whole goes by way of Unicode.
      const slow = normaliseCode(`${sign}\uff10`).slice(0, -1);
      if (normaliseCode(sign) !== slow) wrong.push(point.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('has no spaces, marks or small letters', () => {
    expect(normaliseCode(' h15.50.05.13-261008\u200e-\uff10975\u00a0')).toBe('H15.50.05.13-261008-0975');
  });
});

describe('a dossier code', () => {
  it.each([
    ['000.00.12.H62-201105-0004', { day: '2020-11-05', receiver: 'H62.12' }],
    ['h15.50.05.13-261008-0975', { day: '2026-10-08', receiver: 'H15.50.5.13' }],
  ])('%s is taken apart', (raw, parts) => {
    expect(parseDossierCode(raw)).toEqual({ text: raw.toUpperCase(), ...parts });
    expect(dossierCodeText(raw)).toBe(raw.toUpperCase());
  });

  it.each(['', 'H15.50-261308-0975', '1.001612', 'H15-261008'])('%j is none', (raw) => {
    expect(parseDossierCode(raw)).toBeNull();
    expect(dossierCodeText(raw)).toBeNull();
  });
});
