/**
 * The one line a portal or a queue-ticket screen adds, at the place where the form shall stand:
 *
 *   <script src="https://hub.example/widget.js" data-nmc="TOKEN" async></script>
 *
 * `data-nmc` the widget's token (required), `data-language` `vi` or `en`. The frame has an origin of its own (sandbox): neither
 * page can read the other. On the frame element the page hears `nmc:ready` and `nmc:done`; its height follows its content.
 */
import { FRAME_TITLES } from '../i18n/form/widget.ts';

const LEAST_HEIGHT = 320;
const MOST_HEIGHT = 4_000;

/** Puts the frame behind the script that names it; a script in the head has no place, its frame ends the page. */
export function embed(script: HTMLScriptElement): HTMLIFrameElement | null {
  const { nmc: token, language = 'vi' } = script.dataset;
  if (token === undefined || !/^[\w-]{22}$/.test(token)) {
    console.error('widget.js: data-nmc="TOKEN" is missing or no token');
    return null;
  }
  const frame = document.createElement('iframe');
  frame.src = `${new URL(script.src).origin}/widget/${token}?lang=${language === 'en' ? 'en' : 'vi'}`;
  frame.title = FRAME_TITLES[language === 'en' ? 'en' : 'vi'];
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.referrerPolicy = 'no-referrer';
  Object.assign(frame.style, { width: '100%', height: '640px', border: '0', display: 'block' });
  addEventListener('message', (event) => {
    // A sandboxed frame speaks with the origin "null"; that it is ours is proved by its window.
    if (event.source !== frame.contentWindow || event.origin !== 'null') return;
    const { type, height } = (event.data ?? {}) as { type?: unknown; height?: unknown };
    if (type === 'nmc:height' && typeof height === 'number' && Number.isFinite(height)) {
      frame.style.height = `${Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, Math.ceil(height)))}px`;
    }
    if (type === 'nmc:ready' || type === 'nmc:done')
      frame.dispatchEvent(new CustomEvent(type, { bubbles: true }));
  });
  if (script.closest('head') === null) script.after(frame);
  else if (document.body) document.body.append(frame);
  else addEventListener('DOMContentLoaded', () => document.body.append(frame));
  return frame;
}
