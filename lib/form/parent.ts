/**
 * What the widget tells the page around it: `nmc:ready` (it can be used), `nmc:height` ({ height }, CSS pixels), `nmc:done` (an
 * answer is kept; nothing of it is told). Sent to the sites named in its link and to no other; it listens to nobody.
 */
import type { PublicForm } from '../domain/public-form.ts';

export type WidgetMessage =
  | { readonly type: 'nmc:ready' }
  | { readonly type: 'nmc:done' }
  | { readonly type: 'nmc:height'; readonly height: number };

/** How messages leave; does nothing outside a frame. */
export function teller(form: PublicForm): (message: WidgetMessage) => void {
  if (form.kind !== 'widget' || window.parent === window) return () => undefined;
  const above = location.ancestorOrigins?.[0];
  const origins = above === undefined ? form.origins : form.origins.filter((one) => one === above);
  return (message) => {
    for (const origin of origins) window.parent.postMessage(message, origin);
  };
}
