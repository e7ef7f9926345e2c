/**
 * Telex: Vietnamese letters and tones from plain keys, for a keyboard on the screen. Pure: text and key in, text out, so it
 * needs no input element and no state. Only the word at the end of the text changes, and only where it has the shape of a
 * Vietnamese syllable; any other word takes every key as it is. Pressing the same mark twice takes it back and writes the key.
 *
 * Tones stand as in administrative writing and most input methods by default (hòa, thúy; hoàn, quý).
 */

const TONES: Readonly<Record<string, string>> = {
  s: '\u0301',
  f: '\u0300',
  r: '\u0309',
  x: '\u0303',
  j: '\u0323',
};
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/g;
const LETTER = /^\p{L}$/u;
const LAST_WORD = /[\p{L}\p{M}]*$/u;
const MARKED = 'âăêôơư';
const SYLLABLE =
  /^(ngh|ng|nh|gh|gi(?=[aăâeêoôơuưy])|kh|ch|ph|qu|th|tr|[bcdđghklmnprstvx])?([aăâeêioôơuưy]+)(ch|ng|nh|[cmnpt])?$/;
/** What `a`, `e` and `o` pressed again make of themselves. */
const DOUBLED: Readonly<Record<string, string>> = { a: 'â', e: 'ê', o: 'ô' };
/** What `w` makes of a letter. */
const HORNED: Readonly<Record<string, string>> = { a: 'ă', o: 'ơ', u: 'ư' };

/** Vowels that stand together in a syllable, and those they are typed from. */
const NUCLEI = new Set(
  (
    'a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo eu êu ia ie iê iu oa oă oe oi oo ôi ơi ua uă uâ ue uê ui uo uô uơ uu uy ' +
    'ưa ưi ưo ươ ưu ye yê ieu iêu yeu yêu oai oao oay oeo uai uao uau uay uâu uây uoi uôi uơi uou uơu uya uye uyê uyu ưoi ươi ưou ươu'
  ).split(' '),
);

/** A word without its tone: letters as they stand, and the tone apart. */
interface Word {
  readonly letters: readonly string[];
  readonly tone: string;
}

const upperAs = (model: string, letter: string) =>
  model !== model.toLowerCase() ? letter.toUpperCase() : letter;
const plain = ({ letters }: Word) => letters.join('').toLowerCase();

function takeApart(text: string): Word {
  const split = text.normalize('NFD');
  return {
    letters: [...split.replace(TONE, '').normalize('NFC')],
    tone: split.match(TONE)?.at(-1) ?? '',
  };
}

/** Where vowels begin and end, and whether a consonant follows; null for what is no syllable. */
function vowelsOf(
  word: Word,
): { readonly from: number; readonly to: number; readonly isClosed: boolean } | null {
  const found = SYLLABLE.exec(plain(word));
  if (!found || !NUCLEI.has(found[2]!)) return null;
  const from = found[1]?.length ?? 0;
  return { from, to: from + found[2]!.length, isClosed: found[3] !== undefined };
}

/** The letter that carries the tone. */
function carrierOf(word: Word): number {
  const { from, to, isClosed } = vowelsOf(word)!;
  for (let at = to - 1; at >= from; at -= 1) if (MARKED.includes(word.letters[at]!.toLowerCase())) return at;
  if (isClosed) return to - 1;
  return to - from === 3 ? from + 1 : from;
}

function putTogether(word: Word): string {
  if (word.tone === '' || !vowelsOf(word)) return word.letters.join('').normalize('NFC');
  const at = carrierOf(word);
  return word.letters
    .map((letter, index) => (index === at ? letter + word.tone : letter))
    .join('')
    .normalize('NFC');
}

const replaced = (word: Word, at: number, letter: string): Word => ({
  ...word,
  letters: word.letters.map((old, index) => (index === at ? upperAs(old, letter) : old)),
});

const written = (word: Word, key: string): Word => ({ ...word, letters: [...word.letters, key] });

/** `uơ` before any further letter is `ươ` (người, được); it stays alone at the end (thuở, huơ). */
function settled(word: Word): Word {
  const place = vowelsOf(word);
  if (!place) return word;
  const at = plain(word).indexOf('uơ', place.from);
  return at >= 0 && at + 2 <= place.to && word.letters.length > at + 2 ? replaced(word, at, 'ư') : word;
}

function withTone(word: Word, key: string): Word {
  const tone = TONES[key.toLowerCase()]!;
  return word.tone === tone ? written({ ...word, tone: '' }, key) : { ...word, tone };
}

/** A circumflex on the vowel that stands in the syllable already; pressed once more, it goes. */
function withCircumflex(word: Word, key: string): Word | null {
  const { from, to } = vowelsOf(word)!;
  const lower = key.toLowerCase();
  for (let at = to - 1; at >= from; at -= 1) {
    const letter = word.letters[at]!.toLowerCase();
    if (letter === lower) return replaced(word, at, DOUBLED[lower]!);
    if (letter === DOUBLED[lower]) return written(replaced(word, at, lower), key);
  }
  return null;
}

/** Horn or breve: of `uo` the `o`, of `ua` the `u`, else the last that can have one; pressed once more, it goes. */
function withHorn(word: Word, key: string): Word | null {
  const { from, to } = vowelsOf(word)!;
  const vowels = plain(word).slice(from, to);
  const half = vowels.indexOf('ưo');
  if (half >= 0) return replaced(word, from + half + 1, 'ơ');
  const marked = [...vowels].findLastIndex((letter) => 'ăơư'.includes(letter));
  if (marked >= 0) {
    const back: Readonly<Record<string, string>> = { ă: 'a', ơ: 'o', ư: 'u' };
    const letters = word.letters.map((letter, at) =>
      at >= from && at < to ? upperAs(letter, back[letter.toLowerCase()] ?? letter.toLowerCase()) : letter,
    );
    return written({ ...word, letters }, key);
  }
  const both = vowels.indexOf('ua');
  if (both >= 0) return replaced(word, from + both, 'ư');
  const last = [...vowels].findLastIndex((letter) => letter in HORNED && letter !== 'u');
  const at = last >= 0 ? last : vowels.lastIndexOf('u');
  return at < 0 ? null : replaced(word, from + at, HORNED[vowels[at]!]!);
}

function withStroke(word: Word, key: string): Word | null {
  const first = word.letters[0]?.toLowerCase();
  if (first === 'd' && (word.letters.length === 1 || vowelsOf(word))) return replaced(word, 0, 'đ');
  if (first === 'đ' && word.letters.length === 1) return written(replaced(word, 0, 'd'), key);
  return null;
}

function marked(word: Word, key: string): Word | null {
  const lower = key.toLowerCase();
  if (lower === 'd') return withStroke(word, key);
  if (!vowelsOf(word)) {
    const onset = plain(word);
    const isOpen = onset === '' || SYLLABLE.test(`${onset}ư`);
    return lower === 'w' && isOpen ? written(word, upperAs(key, 'ư')) : null;
  }
  if (lower in TONES) return withTone(word, key);
  if (lower === 'z') return word.tone === '' ? null : { ...word, tone: '' };
  if (lower in DOUBLED) return withCircumflex(word, key);
  return lower === 'w' ? withHorn(word, key) : null;
}

/** The text after one key. Errors: none; a key that is no letter is written as it is. */
export function pressTelex(text: string, key: string): string {
  const last = LAST_WORD.exec(text)?.[0] ?? '';
  if (!LETTER.test(key)) return text + key;
  const word = takeApart(last);
  return (
    text.slice(0, text.length - last.length) + putTogether(settled(marked(word, key) ?? written(word, key)))
  );
}
