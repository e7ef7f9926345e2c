/** One-time activation codes: ten Crockford base32 characters, the last a check (Luhn mod 32), shown as XXXXX-XXXXX. */
import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** A fresh code, 45 random bits and a check character, without dashes. */
export function makeCode(random: (most: number) => number = randomInt): string {
  const body = Array.from({ length: LENGTH - 1 }, () => ALPHABET[random(32)]!).join('');
  return body + ALPHABET[checkOf(body)]!;
}

/** The code in groups of five for people. */
export function showCode(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** The code as typed brought to its normal form, or null when it cannot be one: O=0, I=L=1, case and dashes ignored. */
export function readCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—._]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (code.length !== LENGTH || [...code].some((char) => !ALPHABET.includes(char))) return null;
  return ALPHABET[checkOf(code.slice(0, -1))] === code.at(-1) ? code : null;
}

function checkOf(body: string): number {
  let sum = 0;
  [...body].reverse().forEach((char, index) => {
    const value = ALPHABET.indexOf(char) * (index % 2 === 0 ? 2 : 1);
    sum += Math.floor(value / 32) + (value % 32);
  });
  return (32 - (sum % 32)) % 32;
}
