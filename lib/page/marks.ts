/**
 * Marks on the rows that the hub holds as late, due today, undecided or with a fee not paid online: a bar at the edge, and
 * its words where the row has an empty cell, so that no text or control of the page is covered. They stand in a
 * shadow root of ours over the page, take no pointer and no focus, and change nothing of the page's own: where a row moves,
 * its mark follows in the next frame. Drawn only while there is something to draw.
 */
import type { Mark } from '../batch/protocol.ts';

export interface MarkedRow {
  readonly element: Element;
  readonly code: string;
}

export interface MarksPorts {
  readonly window: Window & typeof globalThis;
  readonly language: 'vi' | 'en';
  /** The shadow root is open in the test flavour. */
  readonly isTest: boolean;
  /** What is known of these codes; null when nothing could be learned. */
  readonly ask: (codes: readonly string[]) => Promise<Readonly<Record<string, readonly Mark[]>> | null>;
}

export interface Marks {
  /** The rows shown now. */
  readonly rows: (rows: readonly MarkedRow[]) => void;
  readonly stop: () => void;
}

const WORDS: Readonly<Record<Mark, readonly [vi: string, en: string]>> = {
  late: ['Quá hạn', 'Overdue'],
  dueToday: ['Đến hạn hôm nay', 'Due today'],
  undecided: ['Chưa đủ căn cứ', 'Undecided'],
  feeNotOnline: ['Phí chưa trực tuyến', 'Fee not online'],
};
const STYLE = `:host{all:initial;position:fixed;inset:0;z-index:2147483000;pointer-events:none;overflow:clip}
i{position:absolute;display:block;inline-size:5px;border-radius:0 3px 3px 0;background:#b45309}
i[data-m=late]{background:#b3261e}i[data-m=undecided]{background:#5b6472}i[data-m=feeNotOnline]{background:#1b5fa8}
b{position:absolute;box-sizing:border-box;padding:0 5px;border-radius:4px;background:inherit;color:#fff;font:600 11px/16px system-ui,sans-serif;overflow:hidden;text-overflow:ellipsis}`;
const CONTROLS = 'a, button, input, select, textarea, [role="button"], [onclick], img, svg';
/** Narrower than this no word fits. */
const NARROW = 56;
const MOST_ROWS = 200;

/** Where the row has a cell with nothing in it, wide enough for a word. */
function emptyCell(row: Element): DOMRect | null {
  for (const cell of row.children) {
    if (cell.textContent?.trim() || cell.querySelector(CONTROLS)) continue;
    const box = cell.getBoundingClientRect();
    if (box.width >= NARROW) return box;
  }
  return null;
}

export function createMarks({ window, language, isTest, ask }: MarksPorts): Marks {
  const { document } = window;
  let host: HTMLElement | null = null;
  let layer: ShadowRoot | null = null;
  let shown: readonly MarkedRow[] = [];
  let known: Readonly<Record<string, readonly Mark[]>> = {};
  let asked = '';
  let frame = 0;

  const place = () => {
    frame = 0;
    const marked = shown.filter(({ code, element }) => (known[code]?.length ?? 0) > 0 && element.isConnected);
    if (marked.length === 0) return remove();
    open();
    const marks = marked.flatMap(({ code, element }) => {
      const box = element.getBoundingClientRect();
      const isSeen = box.height > 0 && box.bottom > 0 && box.top < window.innerHeight;
      return isSeen ? [drawn(known[code]!, element, box)] : [];
    });
    layer?.replaceChildren(...marks);
  };

  const drawn = (marks: readonly Mark[], row: Element, box: DOMRect) => {
    const bar = document.createElement('i');
    bar.dataset.m = marks[0]!;
    bar.style.cssText = `left:${Math.max(0, box.left)}px;top:${box.top}px;height:${box.height}px`;
    const cell = emptyCell(row);
    if (!cell) return bar;
    const text = document.createElement('b');
    text.textContent = marks.map((mark) => WORDS[mark][language === 'vi' ? 0 : 1]).join(' · ');
    text.style.cssText = `left:${cell.left - box.left + 4}px;top:${cell.top - box.top + 4}px;max-width:${cell.width - 8}px;max-height:${cell.height - 8}px`;
    bar.append(text);
    return bar;
  };

  const hasMarks = () => shown.some(({ code }) => (known[code]?.length ?? 0) > 0);
  /** A frame is asked for only to draw or to take away: asking alone makes the page paint. */
  const later = () => {
    if (frame === 0 && !document.hidden && (host !== null || hasMarks()))
      frame = window.requestAnimationFrame(place);
  };

  const open = () => {
    if (host?.isConnected) return;
    host = document.createElement('nmc-marks');
    host.setAttribute('aria-hidden', 'true');
    layer = host.attachShadow({ mode: isTest ? 'open' : 'closed' });
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(STYLE);
    layer.adoptedStyleSheets = [sheet];
    document.documentElement.append(host);
    window.addEventListener('scroll', later, { capture: true, passive: true });
    window.addEventListener('resize', later, { passive: true });
  };

  const remove = () => {
    if (!host) return;
    host.remove();
    host = null;
    layer = null;
    window.removeEventListener('scroll', later, { capture: true });
    window.removeEventListener('resize', later);
  };

  return {
    rows: (rows) => {
      shown = rows.slice(0, MOST_ROWS);
      const codes = [...new Set(shown.map(({ code }) => code))];
      const name = codes.join(' ');
      if (name !== asked) {
        asked = name;
        if (codes.length > 0) {
          ask(codes).then((answer) => {
            if (answer === null || name !== asked) return;
            known = answer;
            later();
          });
        }
      }
      later();
    },
    stop: () => {
      if (frame !== 0) window.cancelAnimationFrame(frame);
      shown = [];
      remove();
    },
  };
}
