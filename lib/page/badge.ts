/**
 * The badge (DESIGN §4): what is being done here, always in sight while it is done. Plain DOM in a closed shadow root
 * (open in the test flavour), no innerHTML, styles by adoptedStyleSheets: strict pages with Trusted Types are no obstacle
 * (field-notes §4.5). It never lies over a control: it moves away, and focus under it moves it too.
 */
import { badgeWords } from '../i18n/page/index.ts';
import { BADGE_CSS } from './badge-css.ts';
import { whenIdle } from './idle.ts';

export type BadgeState =
  | 'recording'
  | 'paused'
  | 'notActivated'
  | 'storageBroken'
  | 'degraded'
  | 'broken'
  | 'unverified'
  /** Recording, on a page nobody has confirmed yet. */
  | 'unconfirmed';

export interface Badge {
  readonly show: (state: BadgeState, counted: number | null) => void;
  readonly hide: () => void;
  /** Puts it back when the page dropped it; soon after, out of the way of controls. */
  readonly settle: () => void;
  readonly remove: () => void;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

const EDGE = 12;
const STEP = 16;
const DRAG = 4;
const MOST_RETURNS = 20;
/** Points looked at under a spot are at most this far apart: a smaller control is not pressed by hand. */
const GRID = 22;
/** Looking under the badge takes at most so many milliseconds at a time, and is asked for by the page at most once a second. */
const SLICE = 3;
const REST = 1_000;
const SOON = 300;
const CONTROLS =
  'a[href], button, input, select, textarea, summary, label, [role="button"], [role="link"], [role="tab"], [role="menuitem"], [role="checkbox"], [onclick], [tabindex]:not([tabindex="-1"]), [contenteditable="true"]';
/** Where it may stand, as shares of the free width and height: the corners and the middles of the edges. */
const SPOTS: readonly Spot[] = [
  { x: 1, y: 1 },
  { x: 0, y: 1 },
  { x: 1, y: 0.5 },
  { x: 0, y: 0.5 },
  { x: 0.5, y: 1 },
  { x: 1, y: 0.75 },
  { x: 0, y: 0.75 },
  { x: 1, y: 0.25 },
  { x: 0, y: 0.25 },
  { x: 1, y: 0 },
  { x: 0, y: 0 },
  { x: 0.5, y: 0 },
];

export function createBadge(
  window: Window & typeof globalThis,
  language: 'vi' | 'en',
  isOpenRoot: boolean,
  onOpen: () => void,
): Badge {
  const { document } = window;
  const words = badgeWords[language] ?? badgeWords.vi;
  const host = document.createElement('nmc-badge');
  host.lang = language;
  const root = host.attachShadow({ mode: isOpenRoot ? 'open' : 'closed', delegatesFocus: true });
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(BADGE_CSS);
  root.adoptedStyleSheets = [sheet];
  const make = (name: string) => {
    const part = document.createElement(name === 'button' ? 'button' : 'span');
    part.className = name;
    return part;
  };
  const button = make('button') as HTMLButtonElement;
  const dot = make('dot');
  const short = make('short');
  const count = make('count');
  const full = make('full');
  button.type = 'button';
  button.append(dot, short, count, full);
  root.append(button);

  let isShown = false;
  /** What it shows now. */
  let said = '';
  let returns = 0;
  let chosen: Spot | null = null;
  let at: Spot = { x: 1, y: 1 };
  let drag: { readonly x: number; readonly y: number; readonly from: DOMRect } | null = null;
  let wasDragged = false;

  const free = () => ({
    width: Math.max(
      0,
      (document.documentElement.clientWidth || window.innerWidth) - button.offsetWidth - 2 * EDGE,
    ),
    height: Math.max(0, window.innerHeight - button.offsetHeight - 2 * EDGE),
  });
  /** By style alone: nothing is measured, and it holds its place when the window changes. */
  const place = (spot: Spot) => {
    at = { x: Math.min(1, Math.max(0, spot.x)), y: Math.min(1, Math.max(0, spot.y)) };
    host.style.setProperty('--nmc-x', at.x.toFixed(4));
    host.style.setProperty('--nmc-y', at.y.toFixed(4));
    button.classList.toggle('right', at.x > 0.5);
    button.classList.toggle('low', at.y > 0.5);
  };
  place(at);

  /** How many points under a spot lie on a control of the page; one step per point. */
  function* covers(spot: Spot): Generator<undefined, number> {
    const { width, height } = free();
    const left = EDGE + spot.x * width;
    const top = EDGE + spot.y * height;
    const columns = Math.max(2, Math.ceil(button.offsetWidth / GRID));
    const rows = Math.max(2, Math.ceil(button.offsetHeight / GRID));
    let hits = 0;
    for (let x = 0; x <= columns; x += 1) {
      for (let y = 0; y <= rows; y += 1) {
        const dx = (0.02 + (0.96 * x) / columns) * button.offsetWidth;
        const dy = (0.04 + (0.92 * y) / rows) * button.offsetHeight;
        if (isControlAt(document, left + dx, top + dy, host)) hits += 1;
        yield;
      }
    }
    return hits;
  }

  /** Goes where it is wanted, else stays, else to the first free spot, else where it covers least. */
  function* search(): Generator<undefined, void> {
    let best: { readonly spot: Spot; readonly hits: number } | null = null;
    for (const spot of [chosen ?? SPOTS[0]!, at, ...SPOTS]) {
      const hits = yield* covers(spot);
      if (best === null || hits < best.hits) best = { spot, hits };
      if (hits === 0) break;
    }
    if (best && !drag && (best.spot.x !== at.x || best.spot.y !== at.y)) place(best.spot);
  }

  let work: Generator<undefined, void> | null = null;
  let callOff: (() => void) | null = null;
  let rested = 0;
  const run = () => {
    callOff = null;
    if (!isShown || drag || root.activeElement === button || document.hidden) {
      work = null;
      return;
    }
    rested = Date.now() + REST;
    work ??= search();
    const end = window.performance.now() + SLICE;
    do {
      if (work.next().done) {
        work = null;
        return;
      }
    } while (window.performance.now() < end);
    callOff = whenIdle(window, run, SOON);
  };
  const settleSoon = () => {
    callOff ??= whenIdle(window, run, SOON);
  };
  const settle = () => {
    if (!isShown) return;
    if (!host.isConnected && returns < MOST_RETURNS) {
      returns += 1;
      const { body } = document;
      // What stands in a frame set is not shown.
      (body && body.tagName !== 'FRAMESET' ? body : document.documentElement).append(host);
    }
    if (Date.now() >= rested && typeof document.elementsFromPoint === 'function') settleSoon();
  };
  const onFocus = (event: Event) => {
    const target = event.target as Element | null;
    if (!target || target === host || typeof target.getBoundingClientRect !== 'function') return;
    const a = target.getBoundingClientRect();
    const b = button.getBoundingClientRect();
    if (a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top) settleSoon();
  };

  button.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    drag = { x: event.clientX, y: event.clientY, from: button.getBoundingClientRect() };
    wasDragged = false;
    button.setPointerCapture?.(event.pointerId);
  });
  button.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const dx = event.clientX - drag.x;
    const dy = event.clientY - drag.y;
    if (!wasDragged && Math.hypot(dx, dy) < DRAG) return;
    wasDragged = true;
    const { width, height } = free();
    place({
      x: width > 0 ? (drag.from.left + dx - EDGE) / width : 0,
      y: height > 0 ? (drag.from.top + dy - EDGE) / height : 0,
    });
  });
  const drop = () => {
    if (drag && wasDragged) chosen = at;
    drag = null;
  };
  button.addEventListener('pointerup', drop);
  button.addEventListener('pointercancel', drop);
  button.addEventListener('click', () => {
    if (!wasDragged) onOpen();
    wasDragged = false;
  });
  button.addEventListener('blur', settleSoon);
  button.addEventListener('keydown', (event) => {
    const dx = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    const dy = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const { width, height } = free();
    place({
      x: width > 0 ? at.x + (dx * STEP) / width : at.x,
      y: height > 0 ? at.y + (dy * STEP) / height : at.y,
    });
    chosen = at;
  });

  return {
    show: (state, counted) => {
      const news = `${state} ${counted}`;
      if (isShown && news === said) {
        settle();
        return;
      }
      said = news;
      const today = counted === null ? '' : words.today.replace('{n}', String(counted));
      short.textContent = words[`short.${state}`];
      count.textContent = counted === null ? '' : String(counted);
      full.textContent = [words[`state.${state}`], today].filter(Boolean).join('. ');
      button.setAttribute('aria-label', `Nhịp Một Cửa. ${full.textContent}. ${words.open}`);
      button.dataset.state = state;
      if (!isShown) {
        isShown = true;
        window.addEventListener('resize', settleSoon);
        window.addEventListener('scroll', settleSoon, { capture: true, passive: true });
        document.addEventListener('focusin', onFocus);
      }
      settle();
    },
    hide: () => {
      isShown = false;
      host.remove();
    },
    settle,
    remove: () => {
      isShown = false;
      window.removeEventListener('resize', settleSoon);
      window.removeEventListener('scroll', settleSoon, { capture: true });
      document.removeEventListener('focusin', onFocus);
      callOff?.();
      host.remove();
    },
  };
}

/** True when what lies at this point, under the badge, is a control; looks into frames of the same origin. */
function isControlAt(document: Document, x: number, y: number, badge: Element): boolean {
  const found = document.elementsFromPoint(x, y).find((element) => element !== badge);
  if (!found) return false;
  if (found.closest(CONTROLS)) return true;
  if (!/^I?FRAME$/.test(found.tagName)) return false;
  try {
    const inner = (found as HTMLIFrameElement).contentDocument;
    const box = found.getBoundingClientRect();
    return inner !== null && isControlAt(inner, x - box.left, y - box.top, badge);
  } catch {
    return false;
  }
}
