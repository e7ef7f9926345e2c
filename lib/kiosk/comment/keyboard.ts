/**
 * The keyboard on the screen as data, and what a key does to the text. Three ways to write: Telex; every Vietnamese letter
 * and tone on a key of its own, for who never learnt Telex; English, where every key writes itself.
 */
import type { KioskKey } from '../../i18n/kiosk/index.ts';
import { writtenLanguage } from '../voice/languages.ts';
import { withoutLast } from './clean.ts';
import { pressTelex } from './telex.ts';

export type Layout = 'telex' | 'plain' | 'english';
export const LAYOUTS: readonly Layout[] = ['telex', 'plain', 'english'];

/** A key: what stands on it is what it writes, unless it does something else. */
export type Key =
  | { readonly does: 'write'; readonly text: string; readonly hint?: string }
  /** Sets this tone, by its Telex letter, on the word before the caret; once more takes it off. */
  | { readonly does: 'tone'; readonly tone: string; readonly shown: string; readonly name: KioskKey }
  | { readonly does: 'shift' | 'backspace' | 'space' | 'layer' | 'layout' };

export interface Board {
  readonly layout: Layout;
  readonly layer: 'letters' | 'digits';
  /** Null: capital where a sentence begins. */
  readonly shift: boolean | null;
}

/** The text on both sides of the caret. */
export interface Written {
  readonly before: string;
  readonly after: string;
}

const TONES: readonly Key[] = [
  { does: 'tone', tone: 's', shown: 'sắc', name: 'toneSharp' },
  { does: 'tone', tone: 'f', shown: 'huyền', name: 'toneGrave' },
  { does: 'tone', tone: 'r', shown: 'hỏi', name: 'toneHook' },
  { does: 'tone', tone: 'x', shown: 'ngã', name: 'toneTilde' },
  { does: 'tone', tone: 'j', shown: 'nặng', name: 'toneDot' },
];
/** What Telex makes of a letter, shown small on its key. */
const HINTS: Readonly<Record<string, string>> = {
  s: 'á',
  f: 'à',
  r: 'ả',
  x: 'ã',
  j: 'ạ',
  w: 'ư ơ ă',
  a: 'aa â',
  e: 'ee ê',
  o: 'oo ô',
  d: 'dd đ',
};
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const;
const DIGITS = ['1234567890', '-/:()&@"\'', '.,?!;%+'] as const;

/** The layout a language begins with. */
export function layoutFor(language: string): Layout {
  return writtenLanguage(language) === 'vi' ? 'telex' : 'english';
}

/** The rows of keys that are shown. */
export function rowsOf({ layout, layer }: Board): readonly (readonly Key[])[] {
  const [first, second, third] = (layer === 'digits' ? DIGITS : ROWS).map((row) =>
    [...row].map((text): Key => keyFor(text, layout, layer)),
  );
  const marks: readonly Key[] = [...'ăâđêôơư'].map((text): Key => ({ does: 'write', text }));
  return [
    ...(layout === 'plain' && layer === 'letters' ? [[...marks, ...TONES]] : []),
    first!,
    second!,
    [{ does: layer === 'letters' ? 'shift' : 'layer' } as Key, ...third!, { does: 'backspace' }],
    [
      { does: 'layer' },
      { does: 'layout' },
      { does: 'write', text: ',' },
      { does: 'space' },
      { does: 'write', text: '.' },
      { does: 'write', text: '?' },
    ],
  ];
}

function keyFor(text: string, layout: Layout, layer: Board['layer']): Key {
  const hint = layout === 'telex' && layer === 'letters' ? HINTS[text] : undefined;
  return hint === undefined ? { does: 'write', text } : { does: 'write', text, hint };
}

/** Whether letters are capitals now. */
export function isUpper({ shift }: Board, { before }: Written): boolean {
  return shift ?? /(?:^|[.?!]\s+)$/.test(before);
}

/** What a letter key writes. */
export function capital(text: string, isCapital: boolean): string {
  return isCapital ? text.toLocaleUpperCase('vi') : text;
}

/** The text after a key. Keys that write nothing leave it as it is. */
export function press(key: Key, written: Written, board: Board): Written {
  const { before, after } = written;
  switch (key.does) {
    case 'write':
      return { before: typed(capital(key.text, isUpper(board, written)), before, board.layout), after };
    case 'tone':
      return { before: toned(before, key.tone), after };
    case 'space':
      return { before: `${before} `, after };
    case 'backspace':
      return { before: withoutLast(before), after };
    default:
      return written;
  }
}

/** The text after one character, as this layout writes it. */
export function typed(character: string, before: string, layout: Layout): string {
  const next = layout === 'telex' ? pressTelex(before, character) : before + character;
  return next.normalize('NFC');
}

/** Telex writes the letter where the tone has no place, or where it takes the tone off: then it is not wanted. */
function toned(before: string, tone: string): string {
  const next = pressTelex(before, tone);
  if (next.length <= before.length) return next;
  const bare = pressTelex(before, 'z');
  return bare.length <= before.length ? bare : before;
}

/** The board after a key. */
export function boardAfter(key: Key, board: Board, written: Written): Board {
  switch (key.does) {
    case 'shift':
      return { ...board, shift: !isUpper(board, written) };
    case 'layer':
      return { ...board, layer: board.layer === 'letters' ? 'digits' : 'letters', shift: null };
    case 'layout':
      return {
        layout: LAYOUTS[(LAYOUTS.indexOf(board.layout) + 1) % LAYOUTS.length]!,
        layer: 'letters',
        shift: null,
      };
    default:
      return board.shift === null ? board : { ...board, shift: null };
  }
}
