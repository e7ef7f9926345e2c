/**
 * "Chỉ vào cột, nhãn": a shield over the whole page takes every pointer event, so neither the page nor our own reader ever
 * sees the click. Closed shadow root, no style of the page touched; Escape leaves; nothing stays behind.
 */
const NAME = 'nmc-picker';
const CSS_TEXT = `
:host{all:initial!important;position:fixed!important;inset:0!important;z-index:2147483647!important;display:block!important;width:100vw!important;height:100vh!important;margin:0!important;padding:0!important;border:0!important;background:transparent!important;max-width:none!important;max-height:none!important;overflow:hidden!important;cursor:crosshair!important;touch-action:none!important}
.box{position:fixed;box-sizing:border-box;border:3px solid #0b5cab;background:#0b5cab1f;border-radius:4px;pointer-events:none;box-shadow:0 0 0 2px #fff}
.box[hidden]{display:none}
.hint{position:fixed;inset-block-start:12px;inset-inline:12px;margin-inline:auto;inline-size:fit-content;max-inline-size:calc(100vw - 24px);box-sizing:border-box;padding:8px 14px;border-radius:8px;background:#16202b;color:#fff;font:15px/1.4 "Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;pointer-events:none}
.low .hint{inset-block:auto 12px}
@media (forced-colors:active){.box{border-color:Highlight}.hint{border:1px solid}}
`;
/** Everything a pointer can do; none of it reaches the page. */
const SWALLOWED = [
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'click',
  'dblclick',
  'auxclick',
  'contextmenu',
  'touchstart',
  'touchend',
  'dragstart',
  'selectstart',
] as const;
const TARGETS =
  'th, td, mat-header-cell, mat-cell, [role="columnheader"], [role="cell"], [role="gridcell"], label, dt, dd, legend, li, p, span, b, strong, a, button, div, h1, h2, h3, h4';

export interface PickerOptions {
  readonly window: Window & typeof globalThis;
  readonly hint: string;
  readonly isTrusted: (event: Event) => boolean;
  /** Called once: with the element pointed at, or null when the person left. */
  readonly onDone: (target: Element | null) => void;
}

/** Starts pointing; the answer stops it without calling back. */
export function startPicker({ window, hint, isTrusted, onDone }: PickerOptions): () => void {
  const { document } = window;
  const host = document.createElement(NAME);
  const shadow = host.attachShadow({ mode: 'closed' });
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(CSS_TEXT);
  shadow.adoptedStyleSheets = [sheet];
  const frame = document.createElement('div');
  const box = document.createElement('div');
  const words = document.createElement('div');
  box.className = 'box';
  box.hidden = true;
  words.className = 'hint';
  words.textContent = hint;
  words.setAttribute('role', 'status');
  frame.append(box, words);
  shadow.append(frame);
  let isDone = false;

  const stop = () => {
    if (isDone) return;
    isDone = true;
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('scroll', onScroll, true);
    host.remove();
  };
  const finish = (target: Element | null) => {
    if (isDone) return;
    stop();
    onDone(target);
  };
  const under = (event: MouseEvent): Element | null => {
    const all = document.elementsFromPoint(event.clientX, event.clientY);
    const found = all.find((one) => one !== host && !one.localName.startsWith('nmc-'));
    return (
      found?.closest('th, td, mat-header-cell, mat-cell, [role="columnheader"]') ??
      found?.closest(TARGETS) ??
      null
    );
  };
  const outline = (target: Element | null) => {
    box.hidden = target === null;
    if (!target) return;
    const { left, top, width, height } = target.getBoundingClientRect();
    box.style.left = `${left}px`;
    box.style.top = `${top}px`;
    box.style.width = `${width}px`;
    box.style.height = `${height}px`;
    frame.classList.toggle('low', top < 60);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!isTrusted(event) || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    finish(null);
  };
  const onScroll = () => outline(null);

  for (const type of SWALLOWED) {
    host.addEventListener(type, (event) => {
      // A prevented touch makes no click, and the click is what chooses.
      if (!type.startsWith('touch')) event.preventDefault();
      event.stopImmediatePropagation();
      if (type === 'click' && isTrusted(event)) finish(under(event as MouseEvent));
    });
  }
  host.addEventListener('pointermove', (event) => {
    event.stopPropagation();
    outline(under(event));
  });
  // The shield must not freeze a list that scrolls inside its own box.
  host.addEventListener('wheel', (event) => {
    event.stopPropagation();
    const box = scrollerOf(under(event), window);
    if (!box) return;
    event.preventDefault();
    box.scrollBy(event.deltaX, event.deltaY);
    outline(under(event));
  });
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('scroll', onScroll, { capture: true, passive: true });

  // A modal dialog makes all outside it inert: then the shield stands inside.
  const modal = [...document.querySelectorAll('dialog')].filter((one) => isModal(one)).at(-1);
  (modal ?? document.documentElement).append(host);
  return stop;
}

function isModal(dialog: Element): boolean {
  try {
    return dialog.matches(':modal');
  } catch {
    return dialog.hasAttribute('open');
  }
}

function scrollerOf(start: Element | null, window: Window): Element | null {
  for (let element = start; element; element = element.parentElement) {
    const { overflowX, overflowY } = window.getComputedStyle(element);
    const scrolls =
      (/auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight + 1) ||
      (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1);
    if (scrolls && element !== element.ownerDocument.documentElement) return element;
  }
  return null;
}
