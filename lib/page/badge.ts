/**
 * The badge (DESIGN §4): what is being done here, always in sight while it is done. Plain DOM in a closed shadow root
 * (open in the test flavour), no innerHTML, styles by adoptedStyleSheets: strict pages with Trusted Types are no obstacle
 * (field-notes §4.5). It never lies over a control: it moves away, and focus under it moves it too.
 */
import { badgeWords } from '../i18n/page/index.ts';
import { BADGE_CSS } from './badge-css.ts';

export type BadgeState =
  | 'recording'
  | 'paused'
  | 'notActivated'
  | 'storageBroken'
  | 'degraded'
  | 'broken'
  | 'unverified';

export interface Badge {
  readonly show: (state: BadgeState, counted: number | null) => void;
  readonly hide: () => void;
  /** Puts it back when the page dropped it, and out of the way of controls. */
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
  let returns = 0;
  let chosen: Spot | null = null;
  let at: Spot = { x: 1, y: 1 };
  let drag: { readonly x: number; readonly y: number; readonly from: DOMRect } | null = null;
  let wasDragged = false;

  const free = () => ({
    width: Math.max(0, window.innerWidth - button.offsetWidth - 2 * EDGE),
    height: Math.max(0, window.innerHeight - button.offsetHeight - 2 * EDGE),
  });
  const place = (spot: Spot) => {
    at = { x: Math.min(1, Math.max(0, spot.x)), y: Math.min(1, Math.max(0, spot.y)) };
    const { width, height } = free();
    host.style.setProperty('--nmc-x', `${EDGE + at.x * width}px`);
    host.style.setProperty('--nmc-y', `${EDGE + at.y * height}px`);
    button.classList.toggle('right', at.x > 0.5);
    button.classList.toggle('low', at.y > 0.5);
  };

  /** How many of nine points under a spot lie on a control of the page. */
  const covers = (spot: Spot): number => {
    if (typeof document.elementsFromPoint !== 'function') return 0;
    const { width, height } = free();
    const left = EDGE + spot.x * width;
    const top = EDGE + spot.y * height;
    let hits = 0;
    for (const dx of [0.02, 0.5, 0.98]) {
      for (const dy of [0.05, 0.5, 0.95]) {
        const found = document
          .elementsFromPoint(left + dx * button.offsetWidth, top + dy * button.offsetHeight)
          .find((element) => element !== host);
        if (found?.closest(CONTROLS)) hits += 1;
      }
    }
    return hits;
  };

  const settle = () => {
    if (!isShown) return;
    if (!host.isConnected && returns < MOST_RETURNS) {
      returns += 1;
      (document.body ?? document.documentElement).append(host);
    }
    if (drag || root.activeElement === button) return;
    const wanted = chosen ?? SPOTS[0]!;
    const isFree = (spot: Spot) => covers(spot) === 0;
    if (isFree(wanted)) {
      if (at.x !== wanted.x || at.y !== wanted.y) place(wanted);
      else place(at);
      return;
    }
    if (isFree(at)) return;
    const best =
      SPOTS.find(isFree) ??
      SPOTS.map((spot) => ({ spot, hits: covers(spot) })).sort((a, b) => a.hits - b.hits)[0]!.spot;
    place(best);
  };

  let settling = 0;
  const settleSoon = () => {
    if (settling === 0) {
      settling = window.requestAnimationFrame(() => {
        settling = 0;
        settle();
      });
    }
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
      if (settling !== 0) window.cancelAnimationFrame(settling);
      host.remove();
    },
  };
}
