/**
 * Runs in the bench's page: a long list of the iGate 2 kind and its churn. Deterministic: the n-th frame of the n-th round
 * does the same to the same rows in every browser. Plain callbacks, no promises: in a trace every microtask that is not the
 * observer's belongs to whoever else is in the page.
 */
import { COLUMNS, cellsOf, FRAME_NEW, FRAME_ROWS } from './host-page-rows.ts';

declare global {
  interface Window {
    /** Shows dossiers `first` to `first + count - 1`. */
    showList: (first: number, count: number) => void;
    /** Starts `frames` frames of churn; `churned` tells the milliseconds they took. */
    startChurn: (frames: number) => void;
    churned: number | null;
    /** The dossiers on the page now. */
    shownNow: () => number[];
    /** Adds and removes rows by timer, as a hidden page may, until the document is gone; answers how often so far. */
    startTicking: () => void;
    ticks: number;
  }
}

const body = document.querySelector('tbody')!;
let shown: number[] = [];
let next = 0;
let turn = 0;
let lists = 0;

function element(tag: string, className: string, lines: readonly string[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  lines.forEach((line, at) => {
    if (at > 0) made.append(document.createElement('br'));
    made.append(line);
  });
  return made;
}

function rowOf(n: number): HTMLElement {
  const row = element('tr', 'mat-row', []);
  cellsOf(n).forEach((lines, at) => {
    row.append(element('td', `mat-cell mat-column-${COLUMNS[at]![0]}`, lines));
  });
  return row;
}

function show(numbers: readonly number[]): void {
  const rows = document.createDocumentFragment();
  for (const n of numbers) rows.append(rowOf(n));
  body.append(rows);
}

function churnOnce(): void {
  const gone = shown.splice(0, FRAME_ROWS);
  for (let at = 0; at < gone.length; at += 1) body.firstElementChild!.remove();
  const added = gone.map((n, at) => (at < FRAME_NEW ? next++ : n));
  show(added);
  shown.push(...added);
  turn += 1;
  for (let at = 0; at < 2 * FRAME_ROWS; at += 1) {
    body.children[(at * 7 + turn) % body.children.length]!.setAttribute('data-turn', String(turn));
  }
}

window.showList = (first, count) => {
  body.replaceChildren();
  shown = Array.from({ length: count }, (_, at) => first + at);
  next = first + count;
  performance.mark(`nmc-list-${lists++}`);
  show(shown);
};
window.churned = null;
window.startChurn = (frames) => {
  window.churned = null;
  let left = frames;
  const begun = performance.now();
  performance.mark('nmc-churn');
  const step = () => {
    if (left === 0) {
      performance.mark('nmc-churn-end');
      navigator.sendBeacon('/churn-end');
      window.churned = performance.now() - begun;
      return;
    }
    left -= 1;
    churnOnce();
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
};
window.shownNow = () => [...shown];
window.ticks = 0;
window.startTicking = () => {
  setInterval(() => {
    churnOnce();
    window.ticks += 1;
  }, 100);
};
const { first, count } = document.body.dataset;
if (first && count) window.showList(Number(first), Number(count));
