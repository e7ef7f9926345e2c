/** Where the panel stands in a host page: one shadow root, styles by adoptedStyleSheets, keys kept from the page. */

export interface PanelHost {
  /** Where to render. */
  readonly root: HTMLElement;
  readonly language: 'vi' | 'en';
  readonly close: () => void;
}

const NAME = 'nmc-panel';
const KEYS = ['keydown', 'keyup', 'keypress'] as const;

/** `:root` of the tokens means the shadow host here. */
function forShadow(css: string): string {
  return css.replace(/:root:not\(([^)]+)\)/g, ':host(:not($1))').replaceAll(':root', ':host');
}

/**
 * Opens the panel's place, or null when it was open: then it is closed (a second press on the badge). Escape closes;
 * focus goes back to where it was.
 */
export function openPanelHost(
  window: Window & typeof globalThis,
  css: string,
  isOpenRoot: boolean,
  onClosed: () => void,
): PanelHost | null {
  const { document } = window;
  const before = document.querySelector(NAME);
  if (before) {
    before.dispatchEvent(new window.CustomEvent('nmc-close'));
    before.remove();
    return null;
  }
  const badge = document.querySelector<HTMLElement>('nmc-badge');
  const host = document.createElement(NAME);
  const shadow = host.attachShadow({ mode: isOpenRoot ? 'open' : 'closed' });
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(forShadow(css));
  shadow.adoptedStyleSheets = [sheet];
  const root = document.createElement('div');
  shadow.append(root);
  const box = badge?.getBoundingClientRect();
  if (box && box.left < window.innerWidth / 2) host.dataset.side = 'left';
  if (box && box.top < window.innerHeight / 3) host.dataset.edge = 'top';
  let isClosed = false;
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    document.removeEventListener('keydown', onEscape, true);
    const hadFocus = document.activeElement === host;
    onClosed();
    host.remove();
    if (hadFocus) badge?.focus();
  };
  const onEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
  };
  for (const type of KEYS) {
    shadow.addEventListener(type, (event) => {
      if ((event as KeyboardEvent).key === 'Escape') close();
      event.stopPropagation();
    });
  }
  document.addEventListener('keydown', onEscape, true);
  host.addEventListener('nmc-close', close);
  (document.body ?? document.documentElement).append(host);
  return { root, language: badge?.lang === 'en' ? 'en' : 'vi', close };
}

/** Moves focus into the panel once it is drawn. */
export function focusFirst(root: HTMLElement): void {
  root.querySelector<HTMLElement>('button:not([data-action="move"])')?.focus();
}
