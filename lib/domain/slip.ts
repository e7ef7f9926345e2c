/**
 * Numbers of paper slips for complaints: digits with one check digit (ISO 7064, MOD 11,10), written `0123-6`. The check
 * digit catches every single wrong digit and nearly all digits in the wrong order, so a slip copied by hand is right or refused.
 */

/** Digits before the check digit. */
const DIGITS = 4;
const MOST = 10 ** DIGITS;

/** The check digit after these digits. */
function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10;
}

/** The number on the n-th slip of a unit, 0 to 9999. Errors: out of range, no whole number. */
export function slipNumber(n: number): string {
  if (!Number.isInteger(n) || n < 0 || n >= MOST)
    throw new RangeError(`a slip is numbered 0 to ${MOST - 1}, not ${n}`);
  const digits = String(n).padStart(DIGITS, '0');
  return `${digits}-${checkDigit(digits)}`;
}

/** A slip's number as people type it (with or without the dash, with spaces), in its one written form; null when it is none. */
export function readSlipNumber(text: string): string | null {
  const found = /^(\d{4})-?(\d)$/.exec(
    text.normalize('NFKC').replace(/[\s\u2010-\u2015]+/g, (sign) => (/\s/.test(sign) ? '' : '-')),
  );
  if (!found) return null;
  return checkDigit(found[1]!) === Number(found[2]) ? `${found[1]}-${found[2]}` : null;
}
