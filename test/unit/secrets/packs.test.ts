/**
 * Marked personal data on every page of every pack (issue 3, acceptance 4): in cells, attributes, the query, titles, toasts.
 * The real reader and engine tell the real worker; no mark may reach a message, the journal, the worker's stores, the ledger's
 * export or the log.
 */
import 'fake-indexeddb/auto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { LinesAnswer, WorkerView } from '../../../lib/extension/messages.ts';
import { startEngine } from '../../../lib/page/engine.ts';
import { readerLink } from '../../../lib/page/link.ts';
import { startReader } from '../../../lib/page/reader.ts';
import { windowOf } from '../adapters/dom.ts';
import { makeWorld, ORIGIN, own, page, ready, type World } from '../extension/world.ts';
import { fakeWorker, type Sent, until } from '../page/harness.ts';

const MARKS = [
  'Mật Thị Danh',
  '040199887766',
  '0977665544',
  'ngõ 99 đường Kín Đáo',
  'matthidanh@mail.example',
];
const ALL = MARKS.join(' ');
const QUERY = `?applicant=${encodeURIComponent(MARKS[0]!)}&identity=${MARKS[1]}&phoneNumberApply=${MARKS[2]}`;
const root = join(import.meta.dirname, '../../fixtures/portals');

interface Expected {
  readonly place: string;
  readonly rows?: readonly unknown[];
  readonly totals?: readonly unknown[];
  readonly gestures?: readonly { readonly target: string; readonly rule: string | null }[];
  readonly says?: readonly { readonly html: string; readonly within?: string }[];
}

let world: World;
let stop: (() => void) | null = null;
const logged: unknown[] = [];

beforeEach(() => {
  world = makeWorld();
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation((...words) => void logged.push(...words));
});
afterEach(() => {
  stop?.();
  stop = null;
  logged.length = 0;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Plants the marks where portals show such data: a column more, attributes of rows and cells, titles, the page's own title. */
function plant(document: Document): number {
  let planted = 0;
  document.title = `${document.title} ${ALL}`;
  for (const row of document.querySelectorAll('tr')) {
    const cells = [...row.children];
    if (cells.length === 0) continue;
    const isHead = cells.every((cell) => cell.tagName === 'TH');
    const cell = document.createElement(isHead ? 'th' : 'td');
    cell.textContent = isHead ? 'Chủ hồ sơ, địa chỉ' : ALL;
    row.append(cell);
    row.setAttribute('data-applicant', ALL);
    row.setAttribute('trich_yeu', ALL);
    for (const one of cells) if (!one.hasAttribute('title')) one.setAttribute('title', ALL);
    planted += 1;
  }
  const aside = document.createElement('p');
  aside.textContent = `Người nộp: ${ALL}`;
  document.body.append(aside);
  return planted;
}

/** The page is opened, its gestures are made, its words are said with marks in their middle. */
async function play(family: string, expected: Expected, html: string): Promise<readonly Sent[]> {
  const window = windowOf(
    html,
    `${ORIGIN}${expected.place.replace('#', `${QUERY}#`)}${expected.place.includes('#') ? '' : QUERY}`,
  );
  const { document } = window;
  plant(document);
  vi.stubGlobal('document', document);
  await ready(world);
  await world.say({ type: 'extension-worker/bind', origin: ORIGIN, family, name: 'x' }, own);
  const from = { ...page, place: expected.place };
  const worker = fakeWorker(async (message) => {
    if (message.type !== 'page-worker/load-engine') return world.say(message, from);
    readerLink(window)?.attach(startEngine);
    return { ok: true };
  });
  const reader = startReader({
    ...worker,
    isAlive: worker.isAlive,
    window,
    now: Date.now,
    isTrusted: () => true,
    isTest: true,
  });
  stop = reader.stop;
  const settled = async (token: string) => {
    document.documentElement.dataset.nmcAsk = token;
    await until(() => document.documentElement.dataset.nmcQuiet === token);
  };
  await settled('opened');
  for (const { target } of expected.gestures ?? []) {
    const element = document.querySelector(target);
    for (const type of ['pointerdown', 'pointerup', 'click'])
      element?.dispatchEvent(new window.Event(type, { bubbles: true, composed: true, cancelable: true }));
    for (const { html: words, within } of expected.says ?? []) {
      const spot = within === undefined ? document.body : document.querySelector(within);
      spot?.insertAdjacentHTML('beforeend', words.replace('thành công', `<b>${ALL}</b> thành công`));
      spot?.insertAdjacentHTML('beforeend', words);
    }
  }
  await settled('said');
  return worker.sent;
}

function expectNoMark(what: string, text: string): void {
  const plain = text.normalize('NFC');
  for (const mark of [...MARKS, encodeURIComponent(MARKS[0]!)])
    expect(plain.includes(mark), `${what}: ${mark}`).toBe(false);
}

describe.each(BUNDLED_PACKS.map(({ id }) => id))('pack %s', (family) => {
  const folder = join(root, family);
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.html'))
        .map((name) => name.slice(0, -5))
    : [];

  it('has pages', () => {
    expect(names.length).toBeGreaterThan(0);
  });

  it.each(names)('%s: no mark gets out', async (name) => {
    const expected = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Expected;
    const sent = await play(family, expected, readFileSync(join(folder, `${name}.html`), 'utf8'));
    expect(sent.length).toBeGreaterThan(0);
    expectNoMark('messages', JSON.stringify(sent));
    expectNoMark('journal', JSON.stringify(await world.entries()));
    const view = (await world.say({ type: 'extension-worker/view' }, own)) as WorkerView;
    expectNoMark('view', JSON.stringify(view));
    for (const { stream, head } of view.streams) {
      const lines = { type: 'extension-worker/lines', stream, first: 1, last: head };
      expectNoMark('ledger export', ((await world.say(lines, own)) as LinesAnswer).lines.join('\n'));
    }
    for (const area of [world.areas.local, world.areas.session])
      expectNoMark('storage', JSON.stringify([...area.items]));
    expectNoMark('log', JSON.stringify(logged));
    if ((expected.rows?.length ?? 0) > 0 && sent.some(({ type }) => type === 'page-worker/rows'))
      expect((await world.entries()).some(({ kind }) => kind === 'dossier' || kind === 'document')).toBe(
        true,
      );
  });
});
