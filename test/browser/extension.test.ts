/**
 * The built extension in a real Chromium: first run through the options page, recording from a page, a worker killed
 * again and again between message and answer, the popup's day, hand-over by file and its receipt.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBatchHeader, signReceipt, verifyBatch } from '../../lib/batch/index.ts';
import { type EntryKind, type EntryOf, readLine } from '../../lib/domain/entry.ts';
import type { LinesAnswer, WorkerView } from '../../lib/extension/messages.ts';
import { writeUnitFile } from '../../lib/sync/index.ts';
import { type Driver, readerWorld, startDriver, startPage } from './extension-driver.ts';

const PASSPHRASE = 'một cửa vui vẻ';
const PACK = 'igate2@0.3.0';
let driver: Driver;
let site: Awaited<ReturnType<typeof startPage>>;
let folder: string;
let options: Page;
let unitPage: CryptoKeyPair;

const shots = process.env.NMC_SHOTS;
const shoot = async (page: Page, name: string) => {
  if (!shots) return;
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(shots, `${name}.png`) as `${string}.png`, fullPage: true });
};
const step = (name: string, state: string) => `[data-step="${name}"][data-step-state="${state}"]`;

/** A page in the background paints nothing, so nothing in it can be clicked. */
async function press(page: Page, selector: string): Promise<void> {
  await page.bringToFront();
  const found = await page.waitForSelector(selector, { visible: true });
  await found!.click();
}

async function type(page: Page, name: string, value: string): Promise<void> {
  await page.bringToFront();
  const found = await page.waitForSelector(`input[name="${name}"]`, { visible: true });
  await found!.click({ count: 3 });
  await found!.type(value);
}

/** Asks the worker as the options page would. */
async function ask<T>(message: unknown): Promise<T> {
  const answer = await options.evaluate(
    (one) =>
      (
        globalThis as unknown as { chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } } }
      ).chrome.runtime.sendMessage(one),
    message,
  );
  return answer as T;
}

/** Everything in the ledger, as the export hands it out. */
async function ledger(): Promise<string[]> {
  const all: string[] = [];
  const view = await ask<WorkerView>({ type: 'extension-worker/view' });
  for (const { stream, head } of view.streams) {
    const { lines } = await ask<LinesAnswer>({
      type: 'extension-worker/lines',
      stream,
      first: 1,
      last: head,
    });
    all.push(...lines);
  }
  return all;
}

async function entries<K extends EntryKind>(kind: K): Promise<EntryOf<K>[]> {
  const read = (await ledger()).map(readLine);
  expect(read.every((one) => one.ok)).toBe(true);
  const all = read.flatMap((one) => (one.ok ? [one.entry] : []));
  return all.filter((entry): entry is EntryOf<K> => entry.kind === kind);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nmc-files-'));
  unitPage = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', unitPage.publicKey);
  await writeFile(
    join(folder, 'xa.nmc-unit'),
    await writeUnitFile(
      {
        unit: { id: 'xa-mau', name: 'UBND xã Mẫu Sơn' },
        province: 'H41',
        page: { id: 'unit-page-1', jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } },
        provinceKey: { epoch: 'e1', key: crypto.getRandomValues(new Uint8Array(32)) },
      },
      PASSPHRASE,
    ),
  );
  site = await startPage('<!doctype html><title>practice</title><p>practice page</p>');
  driver = await startDriver();
  options = await driver.own('options.html');
});

afterAll(async () => {
  await driver?.close();
  await site?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

describe('first run', () => {
  it('asks for the notice first and keeps every later step shut', async () => {
    await options.waitForSelector(step('notice', 'open'));
    for (const name of ['activation', 'hosts', 'people']) await options.waitForSelector(step(name, 'wait'));
    await shoot(options, 'options-1-notice');
    const popup = await driver.own('popup.html', 360, 300);
    await popup.waitForSelector('[data-state="notActivated"] [data-action="set-up"]');
    await shoot(popup, 'popup-1-not-ready');
    await popup.close();
    const refused = await ask({
      type: 'extension-worker/manual',
      ref: { document: 'early', counter: 1 },
      action: 'receive',
      n: 1,
      day: '2026-01-05',
      reason: 'trước khi đồng ý',
    });
    expect(refused).toMatchObject({ ok: false, code: 'notActivated' });
    expect(await ledger()).toEqual([]);
  });

  it('accepts the notice, then enrols with a unit file', async () => {
    await press(options, 'input[name="accept"]');
    await press(options, '[data-action="accept-notice"]');
    await options.waitForSelector(step('activation', 'open'));
    await press(options, 'input[name="way"][value="file"]');
    const input = (await options.waitForSelector(
      'input[name="unit-file"]',
    )) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(join(folder, 'xa.nmc-unit'));
    await type(options, 'passphrase', 'sai');
    await type(options, 'device-name', 'Quầy 2');
    await press(options, '[data-action="activate"]');
    await options.waitForSelector('[data-banner="activation-problem"]');
    await shoot(options, 'options-2-activation');
    await type(options, 'passphrase', PASSPHRASE);
    await press(options, '[data-action="activate"]');
    await options.waitForSelector(step('activation', 'done'));
    const [notice] = await entries('health');
    expect(notice).toMatchObject({ body: { topic: 'notice', state: 'accepted' } });
  });

  it('refuses log-in hosts, binds a granted one without a prompt, and reads it at once in an open tab', async () => {
    const open = await driver.browser.newPage();
    await open.goto(site.origin);
    await type(options, 'origin', 'https://sso.tinh.gov.vn');
    await press(options, '[data-action="add-host"]');
    await options.waitForSelector('[data-field="origin"] .n-error');
    await type(options, 'origin', `${site.origin}/vi/dossier/search`);
    await type(options, 'host-name', 'Một cửa xã Mẫu Sơn');
    await press(options, '[data-action="add-host"]');
    await options.waitForSelector(`[data-row="${site.origin}"] .n-tag-good`);
    const world = await readerWorld(open);
    const hello = await world.say<{ system: string; state: string; pack: { id: string } }>(
      `chrome.runtime.sendMessage({ type: 'page-worker/hello', origin: location.origin })`,
    );
    expect(hello).toMatchObject({ state: 'recording', pack: { id: 'igate2' } });
    await open.close();
  });

  it('adds a person, who is on duty at once', async () => {
    await type(options, 'person-name', 'Nguyễn Thị Mẫu');
    await type(options, 'person-pin', '2468');
    await press(options, '[data-action="add-person"]');
    await options.waitForSelector('.p-person[data-person="Nguyễn Thị Mẫu"]');
    await shoot(options, 'options-3-ready');
  });
});

/** Sends like the reader's mail: the same message until the answer is final. */
const DELIVER = `
  globalThis.nmcLost = 0;
  globalThis.nmcDeliver = async (message) => {
    for (let tries = 0; tries < 200; tries += 1) {
      try {
        const answer = await chrome.runtime.sendMessage(message);
        if (answer && (answer.stored || answer.isFinal)) return answer;
      } catch {}
      globalThis.nmcLost += 1;
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error('gave up');
  };
  globalThis.nmcConfirm = (counter) => nmcDeliver({
    type: 'page-worker/confirm',
    ref: { document: 'doc-kill', counter },
    context: { pack: '${PACK}', page: 'detail', rank: 3 },
    armed: { rule: 'receive', action: 'receive', codes: ['H41.17.3-260105-' + String(1000 + counter)],
      selected: null, at: Date.now(), within: 20000 },
    confirm: 'toast',
    count: null,
  });
  globalThis.nmcRows = (counter, status, arrived) => nmcDeliver({
    type: 'page-worker/rows',
    ref: { document: 'doc-rows', counter },
    context: { pack: '${PACK}', page: 'list', rank: 2 },
    dossiers: [1, 2, 3].map((n) => ({
      code: 'H41.17.3-260105-' + String(2000 + n), otherCodes: [],
      facts: { status, due: '2026-01-20', channel: 'online' },
      arrived, seen: arrived + 5, locator: 0,
    })),
    documents: [],
  });
  true`;

describe('recording', () => {
  const CONFIRMS = 30;
  let page: Page;
  let world: Awaited<ReturnType<typeof readerWorld>>;

  beforeAll(async () => {
    page = await driver.browser.newPage();
    await page.goto(site.origin);
    world = await readerWorld(page);
    await world.say(DELIVER);
  });

  it('a worker killed between message and answer neither loses nor doubles', async () => {
    const before = (await entries('action')).length;
    let kills = 0;
    for (let counter = 1; counter <= CONFIRMS; counter += 1) {
      let isAnswered = false;
      const sending = world
        .say<{ stored: boolean; counted: number }>(`nmcConfirm(${counter})`)
        .finally(() => {
          isAnswered = true;
        });
      // A worker that is stopped for ever, faster than it can start, could deliver nothing.
      for (let stops = 0; stops < 3 && !isAnswered; stops += 1) {
        await new Promise((done) => setTimeout(done, Math.random() * 75));
        if (await driver.killWorker()) kills += 1;
      }
      expect(await sending).toMatchObject({ stored: true, counted: 1 });
    }
    const lost = await world.say<number>('nmcLost');
    const actions = (await entries('action')).slice(before);
    const refs = actions.map((one) => one.ref);
    console.log(
      `worker killed ${kills} times, ${lost} answers lost, ${actions.length} entries of ${CONFIRMS}`,
    );
    expect(lost).toBeGreaterThan(3);
    expect(new Set(refs).size).toBe(CONFIRMS);
    expect(actions.length).toBe(CONFIRMS);
    expect(actions.every((one) => one.person?.startsWith('p_'))).toBe(true);
    const seqs = (await ledger()).map((line) => JSON.parse(line).seq);
    expect(seqs).toEqual(seqs.map((_, at) => at + 1));
  });

  it('two documents of one gesture (full reload) count once', async () => {
    const before = (await entries('action')).length;
    const message = (document: string) => `nmcDeliver({
      type: 'page-worker/confirm', ref: { document: '${document}', counter: 1 },
      context: { pack: '${PACK}', page: 'detail', rank: 3 },
      armed: { rule: 'return', action: 'return', codes: [], selected: 2, at: 1767600000000, within: 20000 },
      confirm: 'route', count: null })`;
    await world.say(message('before-reload'));
    await driver.killWorker();
    await world.say(message('after-reload'));
    const actions = (await entries('action')).slice(before);
    expect(actions.map((one) => [one.body.action, one.body.n])).toEqual([['return', 2]]);
  });

  it('a list read again writes nothing; a changed fact writes once, with its bound', async () => {
    const arrived = Date.parse('2026-01-10T02:00:00.000Z');
    await world.say(`nmcRows(1, 'processing', ${arrived})`);
    await world.say(`nmcRows(2, 'processing', ${arrived + 3_600_000})`);
    expect((await entries('dossier')).length).toBe(3);
    await driver.killWorker();
    await world.say(`nmcRows(3, 'finished', ${arrived + 7_200_000})`);
    const all = await entries('dossier');
    expect(all.length).toBe(6);
    expect(all[3]?.body).toMatchObject({
      lastUnfinishedAt: '2026-01-10T03:00:00.000Z',
      codeDay: '2026-01-05',
      receiver: 'H41.17.3',
      facts: { status: 'finished' },
    });
    expect((await ledger()).join()).not.toContain('260105-2001');
  });

  it('answers a malformed message with its field and writes a health entry, no value of it', async () => {
    const answer = await world.say(`chrome.runtime.sendMessage({
      type: 'page-worker/rows', ref: { document: 'doc-bad', counter: 1 },
      context: { pack: '${PACK}', page: 'list', rank: 2 },
      dossiers: [{ code: 'Nguyễn Văn Bí Mật', otherCodes: [], facts: {}, arrived: ${Date.now()}, seen: ${Date.now()}, locator: 0 }],
      documents: [] })`);
    expect(answer).toMatchObject({ ok: false, stored: false, isFinal: true, field: 'dossiers.0.code' });
    const lines = (await ledger()).join('\n');
    expect(lines).toContain('"field":"dossiers.0.code"');
    expect(lines).not.toContain('Bí Mật');
  });

  it('a page may not speak as an own page, and an unbound page records nothing', async () => {
    const count = (await ledger()).length;
    expect(
      await world.say(
        `chrome.runtime.sendMessage({ type: 'extension-worker/unbind', origin: '${site.origin}' })`,
      ),
    ).toMatchObject({ ok: false, code: 'notAllowed' });
    const other = await startPage('<!doctype html><title>other port</title>');
    const tab = await driver.browser.newPage();
    await tab.goto(other.origin);
    const stranger = await readerWorld(tab);
    await stranger.say(DELIVER);
    expect(await stranger.say(`nmcConfirm(1)`)).toMatchObject({ stored: false, reason: 'hostNotBound' });
    await tab.close();
    await other.close();
    expect((await ledger()).length).toBe(count);
  });
});

describe('the day', () => {
  it('shows counts, takes one back, pauses with an honest gap, adds by hand', async () => {
    const popup = await driver.own('popup.html', 360, 640);
    await popup.waitForSelector('[data-count="receive"]');
    const total = async () => Number(await popup.$eval('[data-total]', (one) => one.textContent));
    const before = await total();
    await shoot(popup, 'popup-2-day');
    await press(popup, '.p-last [data-action="undo"]');
    await popup.waitForSelector('.p-last .p-void');
    expect(await total()).toBe(before - 2);
    await press(popup, '[data-action="pause"]');
    await popup.waitForSelector('[data-state="paused"]');
    await shoot(popup, 'popup-3-paused');
    await press(popup, '[data-action="resume"]');
    await popup.waitForSelector('[data-state="recording"]');
    await press(popup, '[data-action="manual"]');
    await press(popup, '[data-action="add-manual"]');
    await popup.waitForSelector('[data-field="manual-reason"] .n-error');
    await type(popup, 'manual-reason', 'Trang báo lỗi, đã trả kết quả tại quầy');
    await shoot(popup, 'popup-4-manual');
    await press(popup, '[data-action="add-manual"]');
    await popup.waitForFunction(
      (expected) => Number(document.querySelector('[data-total]')?.textContent) === expected,
      {},
      before - 1,
    );
    await press(popup, '[data-action="change-duty"]');
    await shoot(popup, 'popup-5-duty');
    const health = await entries('health');
    expect(health.filter((one) => one.body.topic === 'recording').map((one) => one.body.state)).toEqual([
      'paused',
      'resumed',
    ]);
    await popup.close();
  });

  it('reads the ledger in words and exports its exact lines', async () => {
    await press(options, '[data-tab="ledger"]');
    await options.waitForSelector('.o-words');
    await shoot(options, 'options-4-ledger');
    const session = await options.createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
    await press(options, '[data-action="export-ledger"]');
    const file = await arrived((name) => name.endsWith('.jsonl'));
    const text = await readFile(join(folder, file), 'utf8');
    expect(text.trimEnd().split('\n')).toEqual(await ledger());
  });

  it('hands over by file, keeps everything until the receipt, then owes nothing', async () => {
    await press(options, '[data-tab="handover"]');
    await press(options, '[data-action="handover"]');
    const file = await arrived((name) => name.endsWith('.nmc'));
    const bytes = new Uint8Array(await readFile(join(folder, file)));
    const { header } = readBatchHeader(bytes);
    const batch = await verifyBatch(bytes, header.jwk);
    expect(batch.lines).toEqual(await ledger());
    await writeFile(
      join(folder, 'bien-nhan.nmc-receipt'),
      await signReceipt(
        {
          typ: 'nmc-receipt',
          hub: 'unit-page-1',
          epoch: 1,
          device: header.device,
          stream: header.stream,
          received: [[1, header.last]],
          gaps: [],
          quarantined: [],
          time: new Date().toISOString(),
          skew: 0,
          durable: 0,
          next: { after: 0, window: 0 },
        },
        unitPage.privateKey,
      ),
    );
    const input = (await options.waitForSelector('input[name="receipt"]')) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(join(folder, 'bien-nhan.nmc-receipt'));
    await options.waitForSelector('[data-banner="handover"].n-banner-good');
    await shoot(options, 'options-5-handover');
    const popup = await driver.own('popup.html', 360, 640);
    await popup.waitForSelector('[data-unsent="0"]');
    await shoot(popup, 'popup-6-received');
    await popup.close();
  });
});

/** Waits until a finished download lies in the folder. */
async function arrived(fits: (name: string) => boolean): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = (await readdir(folder)).find((name) => fits(name));
    if (found) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('no download arrived');
}
