/** What a person can see. Single-page apps keep old steps and components hidden in the page (host-pages B4). */

const CHECKS = { checkOpacity: false, checkVisibilityCSS: true, visibilityProperty: true } as const;

/** True when the element is shown. Falls back to computed style where `checkVisibility` is missing (Chromium < 105). */
export function isVisible(element: Element): boolean {
  if (!element.isConnected) return false;
  if (typeof element.checkVisibility === 'function') return element.checkVisibility(CHECKS);
  for (let node: Element | null = element; node; node = node.parentElement) {
    if (node.hasAttribute('hidden')) return false;
    const style = node.ownerDocument.defaultView?.getComputedStyle(node);
    if (style && (style.display === 'none' || (node === element && style.visibility === 'hidden')))
      return false;
  }
  return true;
}

/** The first visible match inside the root, or the root itself when it matches. */
export function firstVisible(root: Element | Document, css: string): Element | null {
  if ('matches' in root && root.matches(css) && isVisible(root)) return root;
  const first = root.querySelector(css);
  if (first === null || isVisible(first)) return first;
  for (const element of root.querySelectorAll(css)) if (isVisible(element)) return element;
  return null;
}

/** True when a control can be used: shown and not disabled, by attribute, field set or ARIA. */
export function isUsable(element: Element): boolean {
  return (
    isVisible(element) && !element.matches(':disabled') && element.closest('[aria-disabled="true"]') === null
  );
}
