/**
 * What is printed: a page of A4 per counter, twelve stickers a page for receipts, two slips a page for complaints on paper. HTML
 * without script or outside resources; the only style is allowed by its hash.
 */
import { createHash } from 'node:crypto';
import { encode } from 'uqr';
import { ANSWER_DAYS } from '../../domain/complaint.ts';
import { dayOf, showDay } from '../../domain/dates.ts';
import { slipNumber } from '../../domain/slip.ts';
import { sheetWords } from '../../i18n/form/sheet.ts';
import type { Link } from './links.ts';
import { SHEET_STYLE } from './sheet-style.ts';

/** A printable page and the policy it is served under. */
export interface Sheet {
  readonly html: string;
  readonly policy: string;
}
export type PrintedLink = Link & { readonly url: string };
type Word = keyof typeof sheetWords;

/** The sheets of some links: a page each, receipts twelve to a page. */
export function linkSheet(links: readonly PrintedLink[]): Sheet {
  const pages = links.filter(({ kind }) => kind !== 'receipt').map(counterPage);
  const receipts = links.filter(({ kind }) => kind === 'receipt');
  for (let at = 0; at < receipts.length; at += 12) {
    const stickers = receipts.slice(at, at + 12).map(sticker);
    pages.push(`<section class="page stickers">${stickers.join('')}</section>`);
  }
  const isLocal = links.some(({ url }) => /^http:\/\/(localhost|127\.|\[::1\])/.test(url));
  return sheet(pages, isLocal ? `<p class="warn">${both('local')}</p>` : '');
}

/** Slips numbered from the n-th of a unit on, two to a page, each with a part to keep. */
export function slipSheet(unit: string, from: number, count: number): Sheet {
  const slips = Array.from({ length: count }, (_, at) => slip(unit, slipNumber(from + at)));
  const pages: string[] = [];
  for (let at = 0; at < slips.length; at += 2) {
    pages.push(`<section class="page slips">${slips.slice(at, at + 2).join('')}</section>`);
  }
  return sheet(pages, '');
}

function sheet(pages: readonly string[], notes: string): Sheet {
  const hash = createHash('sha256').update(SHEET_STYLE).digest('base64');
  return {
    html: `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(sheetWords.title.vi)}</title><style>${SHEET_STYLE}</style></head>
<body><aside class="note"><p>${both('print')}</p>${notes}</aside>${pages.join('\n')}</body></html>
`,
    policy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

function counterPage(link: PrintedLink): string {
  const place = link.counterName ?? link.counter;
  return `<section class="page poster"><header><p class="unit">${escaped(link.unitName)}</p>${
    place === null ? '' : `<p class="place">${escaped(place)}</p>`
  }</header>
<h1>${both('title')}</h1>
${qr(link.url)}
<p class="how">${both('how')}</p><p class="safe">${both('safe')}</p><p class="answer">${both('complaint')}</p>
<footer><p>${escaped(sheetWords.type.vi)} <code>${escaped(link.url)}</code></p><p>${until(link)}</p></footer></section>`;
}

function sticker(link: PrintedLink): string {
  return `<article class="sticker">${qr(link.url)}<div><p class="unit">${escaped(link.unitName)}</p><h2>${both('receiptTitle')}</h2>
<p>${both('receiptHow')}</p><p class="until">${until(link)}</p></div></article>`;
}

function slip(unit: string, number: string): string {
  const line = (word: Word) => `<p class="line"><span>${both(word)}</span></p>`;
  const box = (word: Word) => `<p class="box"><i></i><span>${both(word)}</span></p>`;
  return `<article class="slip"><div class="fill"><header><p class="unit">${escaped(unit)}</p><p class="number">${escaped(
    sheetWords.slipNumber.vi,
  )} <b>${number}</b></p></header><h2>${both('slipTitle')}</h2>
${line('slipName')}${line('slipPhone')}${line('slipAddress')}
<div class="words"><span>${both('slipText')}</span></div>
${box('slipHead')}${box('slipConsent')}<p class="line signed"><span>${both('signed')}</span></p>
<p class="small">${both('slipBox')}</p><p class="small">${both('slipNot')}</p></div>
<div class="keep"><p>${both('slipKeep')}</p><p class="number"><b>${number}</b></p><p class="unit">${escaped(unit)}</p>
<p>${both('slipKeepText', { days: ANSWER_DAYS })}</p></div></article>`;
}

/** A code that is still read with a quarter of it dirty, drawn with a quiet zone of four modules. */
function qr(text: string): string {
  const { data, size } = encode(text, { ecc: 'Q', border: 4 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return `<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="QR" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`;
}

function until({ expires }: Link): string {
  return both('until', { day: showDay(dayOf(Date.parse(expires))) });
}

function both(word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  const fill = (text: string) =>
    escaped(text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')));
  const { vi, en } = sheetWords[word];
  return `${fill(vi)} <span class="en" lang="en">${fill(en)}</span>`;
}

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => signs[sign]!);
}
