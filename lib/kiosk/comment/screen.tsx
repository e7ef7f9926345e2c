/** The comment screen with its keyboard: loaded when it is needed. What is typed is handed up and kept in memory only. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import '../../../components/kiosk/comment.css';
import { Comment } from '../../../components/kiosk/Comment.tsx';
import { Keyboard, type ShownKey } from '../../../components/kiosk/Keyboard.tsx';
import type { KioskKey, KioskTranslate } from '../../i18n/kiosk/index.ts';
import { COMMENT_MOST, COMMENT_NEAR, cleaned } from './clean.ts';
import {
  type Board,
  boardAfter,
  capital,
  isUpper,
  type Key,
  type Layout,
  layoutFor,
  press,
  rowsOf,
  typed,
  type Written,
} from './keyboard.ts';

export interface CommentScreenProps {
  readonly t: KioskTranslate;
  readonly language: string;
  readonly text: string;
  readonly onWrite: (text: string) => void;
}

const LAYOUT_NAMES: Readonly<Record<Layout, KioskKey>> = {
  telex: 'layoutTelex',
  plain: 'layoutPlain',
  english: 'layoutEnglish',
};

export function CommentScreen({ t, language, text, onWrite }: CommentScreenProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const [board, setBoard] = useState<Board>({ layout: layoutFor(language), layer: 'letters', shift: null });
  const [isCut, setCut] = useState(false);
  useEffect(() => takeKeysOf(field), []);
  useEffect(() => setBoard((old) => ({ ...old, layout: layoutFor(language) })), [language]);
  useLayoutEffect(() => {
    const at = caret.current;
    caret.current = null;
    if (at !== null) field.current?.setSelectionRange(at, at);
  });

  const written = (): Written => {
    const from = field.current?.selectionStart ?? text.length;
    const to = field.current?.selectionEnd ?? text.length;
    return { before: text.slice(0, from), after: text.slice(to) };
  };
  const write = ({ before, after }: Written) => {
    const next = cleaned(before + after);
    setCut(next.isCut);
    caret.current = Math.min(before.length, next.text.length);
    onWrite(next.text);
  };
  const onKey = (key: Key) => {
    const now = written();
    const next = press(key, now, board);
    if (next !== now) write(hasSelection(field.current) && key.does === 'backspace' ? now : next);
    setBoard(boardAfter(key, board, now));
  };

  return (
    <Comment
      t={t}
      field={field}
      text={text}
      left={text.length >= COMMENT_NEAR ? COMMENT_MOST - text.length : null}
      isCut={isCut}
      onInput={(value) => {
        const next = cleaned(value);
        setCut(next.isCut);
        const element = field.current;
        // What was cut or cleaned away must go from the field too, even where the text stays the same.
        if (element && element.value !== next.text) element.value = next.text;
        onWrite(next.text);
      }}
      onBeforeInput={(event) => {
        const isLetter = event.inputType === 'insertText' && event.data?.length === 1 && !event.isComposing;
        if (board.layout !== 'telex' || !isLetter) return;
        event.preventDefault();
        const { before, after } = written();
        write({ before: typed(event.data!, before, 'telex'), after });
      }}
    >
      <Keyboard
        label={t('keyboard')}
        rows={rowsOf(board).map((row) => row.map((key, at) => shown(key, at, board, written(), t, onKey)))}
      />
    </Comment>
  );
}

/** Who begins to type on a real keyboard need not tap the field first. */
function takeKeysOf(field: { readonly current: HTMLTextAreaElement | null }): () => void {
  const listen = ({ key, target, ctrlKey, altKey, metaKey }: KeyboardEvent) => {
    const element = field.current;
    const isOnButton = key === ' ' && target instanceof Element && target.closest('button') !== null;
    if ([...key].length !== 1 || ctrlKey || altKey || metaKey || isOnButton) return;
    if (element && target !== element) element.focus();
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}

function hasSelection(field: HTMLTextAreaElement | null): boolean {
  return field !== null && field.selectionStart !== field.selectionEnd;
}

function shown(
  key: Key,
  at: number,
  board: Board,
  written: Written,
  t: KioskTranslate,
  onKey: (key: Key) => void,
): ShownKey {
  const common = { width: 1, onPress: () => onKey(key) };
  switch (key.does) {
    case 'write':
      return { ...common, id: key.text, shown: capital(key.text, isUpper(board, written)), hint: key.hint };
    case 'tone':
      return { ...common, id: `tone ${key.tone}`, shown: key.shown, name: t(key.name) };
    case 'shift':
      return {
        ...common,
        id: 'shift',
        shown: null,
        icon: 'shift',
        name: t('keyShift'),
        isPressed: isUpper(board, written),
        width: 1.5,
      };
    case 'backspace':
      return { ...common, id: 'backspace', shown: null, icon: 'erase', name: t('keyBackspace'), width: 1.5 };
    case 'space':
      return { ...common, id: 'space', shown: t('keySpace'), width: 4 };
    case 'layer': {
      const isLetters = board.layer === 'letters';
      const face = isLetters ? '123' : 'abc';
      return {
        ...common,
        id: `layer ${at === 0 && !isLetters ? 'side' : 'foot'} ${at}`,
        shown: face,
        // What stands on a key is part of its name: who says it to the device means it (WCAG 2.5.3).
        name: `${face}, ${t(isLetters ? 'keyDigits' : 'keyLetters')}`,
        width: 1.5,
      };
    }
    case 'layout':
      return { ...common, id: 'layout', shown: t(LAYOUT_NAMES[board.layout]), width: 2 };
  }
}
