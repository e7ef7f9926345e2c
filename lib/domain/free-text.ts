/** Words people typed themselves, made safe to keep and to show: plain text in one written form, never markup. */

/** Controls but line feed, marks of direction and joining, lone surrogates: none of them is a letter of a language used here. */
const UNSEEN = /[^\P{Cc}\n]|\p{Cf}|\p{Cs}/gu;

/**
 * The text in NFC, without control characters, with single line breaks and no blanks at its ends, cut at `most` UTF-16
 * units (never inside a pair of surrogates). Empty when nothing is left.
 */
export function cleanText(text: string, most: number): string {
  const clean = text
    .slice(0, most * 8)
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(UNSEEN, '')
    .normalize('NFC')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, most);
  return clean.replace(/[\ud800-\udbff]$/, '').trimEnd();
}

/** The same on one line: a name. */
export function cleanLine(text: string, most: number): string {
  return cleanText(text.replace(/\s+/g, ' '), most);
}
