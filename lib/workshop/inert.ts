/**
 * A place for saved pages: a frame without scripts, forms, or network (sandbox, and the extension's own CSP), off the screen
 * but laid out, because the engine asks what is visible. Markup is parsed without running, stripped, and moved in.
 */
import type { InertPage } from './fixture.ts';

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML: (text: string) => string },
  ): { createHTML(text: string): string };
}

let trusted: { createHTML(text: string): string } | null = null;

/** The only markup this page ever trusts: what `parse` puts into an inert document. */
function trust(html: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return html;
  trusted ??= types.createPolicy('nmc', { createHTML: (text) => text });
  return trusted.createHTML(html);
}

const UNWANTED =
  'script, style, link, meta, base, iframe, frame, object, embed, applet, img, picture, source, video, audio, track, svg, math, noscript, template';

/** Handlers stay as text, packs select by them: in a frame without scripts, under our CSP, nothing runs them. */
function parseDocument(html: string): Document {
  const parsed = new DOMParser().parseFromString(
    trust(html.replace(/(\s)style=/gi, `$1${STYLE}=`)),
    'text/html',
  );
  for (const element of parsed.querySelectorAll(UNWANTED)) element.remove();
  for (const element of parsed.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) {
      if (/^(?:src|srcset|action|formaction|ping|background|poster)$/i.test(name))
        element.removeAttribute(name);
    }
  }
  return parsed;
}

const STYLE = 'data-nmc-style';

/**
 * Inline styles are blocked here by the extension's CSP, so they come in under another name. What they hide is set through
 * CSSOM, which is not blocked; what else they say is put back as text only, because packs may look for it.
 */
function applyStyles(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>(`[${STYLE}]`)) {
    const text = element.getAttribute(STYLE) ?? '';
    element.removeAttribute(STYLE);
    const shows = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*\w+)\s*(?=;|$)/gi;
    if (text.replace(shows, '').replace(/[;\s]/g, '') !== '') element.setAttribute('style', text);
    if (/display\s*:\s*none/i.test(text)) element.style.display = 'none';
    const visibility = /visibility\s*:\s*(hidden|visible|collapse)/i.exec(text)?.[1];
    if (visibility) element.style.visibility = visibility;
  }
}

/** Lays a saved page out off the screen; {@link InertPage.close} takes the frame away. */
export async function renderInert(html: string): Promise<InertPage> {
  const { frame, inner } = openFrame(html, document.body);
  frame.className = 'w-inert';
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  return {
    document: inner,
    parse: (piece) => {
      const nodes = [...parseDocument(piece).body.childNodes].map((node) => inner.adoptNode(node));
      for (const node of nodes) if (node.nodeType === 1) applyStyles(wrap(inner, node));
      return nodes;
    },
    close: () => frame.remove(),
  };
}

/** Shows a saved page to a person, equally inert; the answer takes it away. */
export function showInert(html: string, place: HTMLElement): () => void {
  const { frame, inner } = openFrame(html, place);
  frame.className = 'w-sample';
  frame.title = inner.title;
  for (const table of inner.querySelectorAll<HTMLElement>('table, mat-table')) {
    table.style.borderCollapse = 'collapse';
    for (const cell of table.querySelectorAll<HTMLElement>('th, td, mat-cell, mat-header-cell')) {
      cell.style.border = '1px solid #b3bfcc';
      cell.style.padding = '2px 6px';
    }
  }
  inner.body.style.font = '13px/1.4 "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';
  return () => frame.remove();
}

function openFrame(html: string, place: HTMLElement): { frame: HTMLIFrameElement; inner: Document } {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-same-origin');
  place.append(frame);
  const inner = frame.contentDocument;
  if (!inner) {
    frame.remove();
    throw new Error('no frame');
  }
  const parsed = parseDocument(html);
  inner.replaceChild(inner.adoptNode(parsed.documentElement), inner.documentElement);
  applyStyles(inner);
  return { frame, inner };
}

function wrap(inner: Document, node: Node): ParentNode {
  const box = inner.createElement('div');
  box.append(node);
  return box;
}
