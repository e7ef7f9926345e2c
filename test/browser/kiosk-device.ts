/** A kiosk under test: the built pages on a small server of our own, a browser with a profile that can be killed, and the hand-over file as the witness. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { readBatchHeader, verifyBatch } from '../../lib/batch/index.ts';
import { chromiumFlags, needBrowser } from '../../lib/build/browsers.ts';
import { type Entry, readLine } from '../../lib/domain/entry.ts';
import { writeUnitFile } from '../../lib/sync/index.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
export const PIN = '2468';
export const UNIT = 'UBND phường Thành Vinh';

export interface Site {
  /** Address of the kiosk. */
  readonly url: string;
  /** Serves `folder`/kiosk from now on. */
  deploy(folder: string): void;
  /** Calls files whose path ends so by another type, from now on. */
  serveAs(path: string, type: string): void;
  /** Has no files whose path fits, from now on; null: has them all again. */
  lose(path: RegExp | null): void;
  close(): Promise<void>;
}

/** Serves what `buildWeb` wrote into a folder, on a free port of localhost. */
export async function serveKiosk(first: string): Promise<Site> {
  let folder = first;
  const types = new Map<string, string>();
  let lost: RegExp | null = null;
  const server: Server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = normalize(join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname));
    const body = path.startsWith(folder) && !lost?.test(path) ? await readFile(path).catch(() => null) : null;
    const other = [...types].find(([end]) => path.endsWith(end))?.[1];
    const type = other ?? TYPES[extname(path)] ?? 'application/octet-stream';
    response.writeHead(body ? 200 : 404, { 'content-type': type, 'cache-control': 'no-cache' });
    response.end(body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/kiosk/`,
    deploy(next) {
      folder = next;
    },
    serveAs: (path, type) => void types.set(path, type),
    lose(path) {
      lost = path;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface Profile {
  readonly folder: string;
  remove(): Promise<void>;
}

export async function makeProfile(): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'nmc-kiosk-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Chromium with this profile, at the size of a 10.1" tablet. Everything the pages complain about is collected in `complaints`. */
export async function openBrowser(
  profile: Profile,
  complaints: string[] = [],
  viewport = { width: 1280, height: 800 },
  flags: readonly string[] = [],
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile.folder, {
    executablePath: needBrowser('chromium'),
    args: [...chromiumFlags(), ...flags],
    viewport,
    acceptDownloads: true,
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  return context;
}

/** Kills every process of this profile at once, as a power cut would; answers how many there were. */
export function killBrowser(profile: Profile): number {
  let killed = 0;
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const file = `/proc/${name}/cmdline`;
    const isOurs = existsSync(file) && safely(() => readFileSync(file, 'utf8'))?.includes(profile.folder);
    if (isOurs && safely(() => process.kill(Number(name), 'SIGKILL'))) killed += 1;
  }
  return killed;
}

function safely<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** A unit file as a unit page without a hub makes it. */
async function unitFile(passphrase: string): Promise<Buffer> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const bytes = await writeUnitFile(
    {
      unit: { id: 'unit-1', name: UNIT },
      province: '40',
      page: { id: 'page-1', jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } },
      provinceKey: { epoch: 'e1', key: crypto.getRandomValues(new Uint8Array(32)) },
    },
    passphrase,
  );
  return Buffer.from(bytes);
}

/** First set-up by hand: PIN twice, the unit's file, counter 3, back to the citizens. */
export async function setUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Thiết lập' }).click();
  await page.getByText('Đặt mã PIN').waitFor();
  await typePin(page);
  await page.getByText('Nhập lại mã PIN').waitFor();
  await typePin(page);
  await page.locator('[data-action=by-file]').click();
  const buffer = await unitFile('cụm mật khẩu');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'thanh-vinh.nmc-unit', mimeType: 'application/json', buffer });
  await page.locator('input[name=passphrase]').fill('cụm mật khẩu');
  await page.locator('[data-action=activate]').click();
  await page.locator('[data-card=counter]').getByRole('button', { name: '3', exact: true }).click();
  await leaveStaff(page);
}

/** First set-up at a hub, or a new one after the device's keys were lost: PIN, one-time code, counter 3, back to the citizens. */
export async function activateByCode(page: Page, hub: string, code: string): Promise<void> {
  await page.getByRole('button', { name: 'Thiết lập' }).click();
  await page.getByText(/Đặt mã PIN|Nhập mã PIN/).waitFor();
  const isFirst = await page.getByText('Đặt mã PIN').isVisible();
  await typePin(page);
  if (isFirst) {
    await page.getByText('Nhập lại mã PIN').waitFor();
    await typePin(page);
  }
  await page.locator('[data-action=by-code]').click();
  await page.locator('input[name=hub]').fill(hub);
  await page.locator('input[name=code]').fill(code);
  await page.locator('input[name=name]').fill('Thiết bị đánh giá quầy 3');
  await page.locator('[data-action=activate]').click();
  await page.locator('[data-card=counter]').getByRole('button', { name: '3', exact: true }).click();
  await leaveStaff(page);
}

/** Holds the corner, enters the PIN. */
export async function enterStaff(page: Page): Promise<void> {
  const door = await page.locator('.k-door').boundingBox();
  if (!door) throw new Error('no staff door on this screen');
  await page.mouse.move(door.x + door.width / 2, door.y + door.height / 2);
  await page.mouse.down();
  await page.getByText('Nhập mã PIN').waitFor();
  await page.mouse.up();
  await typePin(page);
  await page.locator('[data-card=sync]').waitFor();
}

export async function leaveStaff(page: Page): Promise<void> {
  await page.locator('[data-action=leave]').click();
  await page.locator('.k-hero').waitFor();
}

async function typePin(page: Page): Promise<void> {
  for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
}

/** Passes over the optional steps after a low answer: reasons, then the comment. */
export async function skipTheRest(page: Page): Promise<void> {
  for (const heading of ['Điều gì chưa tốt?', 'Ông/Bà muốn nhắn thêm điều gì không?']) {
    await page.getByRole('heading', { name: heading }).waitFor();
    await page.getByRole('button', { name: 'Bỏ qua' }).click();
  }
}

/** Two taps, and what is asked after a low answer skipped. Ends on the thanks. */
export async function rate(page: Page, quality: number, attitude: number): Promise<void> {
  await page.locator('.k-hero').click();
  await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
  await page.locator(`.k-answer-${quality}`).click();
  await page.getByRole('heading', { name: 'Thái độ phục vụ' }).waitFor();
  await page.locator(`.k-answer-${attitude}`).click();
  if (quality <= 2 || attitude <= 2) await skipTheRest(page);
  await page.getByText('Cảm ơn Ông/Bà').waitFor();
}

/** Closes the thanks at once. */
export async function closeThanks(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Xong' }).click();
  await page.locator('.k-hero').waitFor();
}

/** Every entry of the journal, from the hand-over file a person would carry: signature and chain verified. */
export async function handedOver(page: Page): Promise<Entry[]> {
  await enterStaff(page);
  const coming = page.waitForEvent('download');
  await page.locator('[data-action=handover]').click();
  const download = await coming;
  const bytes = new Uint8Array(await readFile(await download.path()));
  const { header } = readBatchHeader(bytes);
  const { lines } = await verifyBatch(bytes, header.jwk);
  await leaveStaff(page);
  return lines.map((line) => {
    const reading = readLine(line);
    if (!reading.ok) throw new Error(reading.message);
    return reading.entry;
  });
}

/** Complaints other than those of a device without a network: what it asks for does not come, a look for a new version ends so. */
export const notOffline = (complaints: readonly string[]): string[] =>
  complaints.filter(
    (text) => !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_FAILED|no new version/.test(text),
  );

/** What stands on the screen, for a test that failed. */
export async function standing(page: Page): Promise<string> {
  const text = page.locator('main').textContent({ timeout: 1_000 });
  return `${page.url()}: ${await text.catch(() => 'no answer')}`;
}

/** The worker is active and controls the page: from now on no network is needed. */
export async function offlineReady(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
