/** What the practice pages' own scripts share: elements, requests, and the beacon of what really stands on the screen. */

type Child = Node | string | null;

/** An element with attributes (`onclick` and the like take functions) and children. */
export function h(
  tag: string,
  attributes: Readonly<Record<string, string | ((event: Event) => void) | null>> = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
    else if (value !== null) element.setAttribute(name, value);
  }
  for (const child of children.flat()) if (child !== null) element.append(child);
  return element;
}

export interface Reply<T> {
  readonly ok: boolean;
  readonly data: T;
}

/** One request to the portal's own interface. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<Reply<T>> {
  const response = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { ok: response.ok, data: (await response.json()) as T };
}

function beacon(path: string, body: unknown): void {
  void fetch(path, { method: 'POST', keepalive: true, body: JSON.stringify(body) }).catch(() => {});
}

/** Says once when nothing of it stands visibly in the document any more, or the document itself goes. */
function watchGoing(paint: string, elements: readonly Element[]): void {
  const gone = () => {
    observer.disconnect();
    removeEventListener('pagehide', gone);
    beacon('/__gone', { paint, until: Date.now() });
  };
  const observer = new MutationObserver(() => {
    if (elements.every((one) => !one.isConnected || !one.checkVisibility())) gone();
  });
  observer.observe(document, { childList: true, subtree: true });
  addEventListener('pagehide', gone);
}

/** Tells the portal which rows of a rendering stand visibly in the document, once the browser painted them, and when they went. */
export function painted(render: string, rows: readonly Element[]): void {
  const at = Date.now();
  const paint = `${render}.${at}.${Math.random()}`;
  requestAnimationFrame(() => {
    const visible = rows.flatMap((row, index) => (row.isConnected && row.checkVisibility() ? [index] : []));
    if (visible.length === 0 && rows.length > 0) return;
    beacon('/__painted', { render, paint, at, rows: visible });
    watchGoing(paint, rows);
  });
}
