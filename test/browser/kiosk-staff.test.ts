/**
 * Staff at the kiosk, the built pages served by a real hub: hand-over by stick and back, end of the day, a forgotten PIN,
 * paper slips, the check before use in a browser that is restarted, and the installation page without a network.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FORBIDDEN } from '../../lib/build/install-recipes.ts';
import { buildWeb } from '../../lib/build/web.ts';
import { type Entry, readLine } from '../../lib/domain/entry.ts';
import { slipNumber } from '../../lib/domain/slip.ts';
import { issueCode } from '../../lib/hub/device/activation.ts';
import { writeUnitFile } from '../../lib/sync/index.ts';
import { type Caller, type TestHub, type TestServer, testHub, testServer } from '../hub/support.ts';
import {
  activateByCode,
  closeThanks,
  enterStaff,
  leaveStaff,
  makeProfile,
  notOffline,
  offlineReady,
  openBrowser,
  PIN,
  type Profile,
  rate,
} from './kiosk-device.ts';

const UNIT = 'tt-a';
const NEW_PIN = '97531';

let web: string;
let server: TestServer;
let at: TestHub;
let admin: Caller;
let profile: Profile;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  web = await mkdtemp(join(tmpdir(), 'nmc-web-'));
  await buildWeb({ outDir: web, pages: ['kiosk'] });
  server = await testServer();
  at = await testHub(server, { web }, { clock: Date.now });
  admin = await at.person('unitAdmin', UNIT);
});
afterAll(async () => {
  await at?.close();
  await server?.close();
  await rm(web, { recursive: true, force: true });
});

beforeEach(async () => {
  complaints = [];
  profile = await makeProfile();
  await start();
});
afterEach(async () => {
  await context.close().catch(() => {});
  await profile.remove();
});

const address = () => `${at.hub.url}/kiosk/`;

async function start(...flags: string[]): Promise<void> {
  context = await openBrowser(profile, complaints, undefined, flags);
  page = context.pages()[0] ?? (await context.newPage());
  await page.goto(address());
}

async function codeFor(kind: 'kiosk' | 'extension' = 'kiosk'): Promise<string> {
  const { hub } = at;
  return (await issueCode(hub.db, hub.secrets, { unit: UNIT, kind, name: '' }, 'test', Date.now())).code;
}

async function type(pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
}

/** Holds the corner until the PIN is asked for. */
async function openGate(): Promise<void> {
  const door = (await page.locator('.k-door').boundingBox())!;
  await page.mouse.move(door.x + door.width / 2, door.y + door.height / 2);
  await page.mouse.down();
  await page.getByText('Nhập mã PIN').waitFor();
  await page.mouse.up();
}

const outcome = () => page.locator('[data-banner=outcome]');
const stateOf = (id: string) => page.locator(`[data-check=${id}]`).getAttribute('data-state');

/** Every entry of the hub's archive for the only device of this test, by its hand-over. */
async function entriesAt(device: string): Promise<Entry[]> {
  const rows = await at.hub.db.tx({ role: 'ingest' }, (query) =>
    query<{ line: string }>('SELECT line FROM entry WHERE device = $1 ORDER BY stream, seq', [device]),
  );
  return rows.map(({ line }) => {
    const reading = readLine(line);
    if (!reading.ok) throw new Error(reading.message);
    return reading.entry;
  });
}

async function deviceId(): Promise<string> {
  return (await page.locator('[data-card=device] code').textContent()) ?? '';
}

describe('without a network', () => {
  it('a rating goes by stick to the hub, the receipt comes back, nothing is left unsent', async () => {
    await activateByCode(page, at.hub.url, await codeFor());
    await offlineReady(page);
    await enterStaff(page);
    await page.locator('[data-action=sync]').click();
    await page.getByText('Máy chủ đã nhận đủ.').waitFor();
    const device = await deviceId();
    await leaveStaff(page);
    await context.setOffline(true);
    for (const [quality, attitude] of [
      [5, 4],
      [3, 5],
    ] as const) {
      await rate(page, quality, attitude);
      await closeThanks(page);
    }

    await enterStaff(page);
    await expect.poll(() => page.locator('[data-card=sync] dd').first().textContent()).toBe('2 mục');
    const coming = page.waitForEvent('download');
    await page.locator('[data-action=handover]').click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(new RegExp(`^${device}-1-\\d+-\\d+\\.nmc$`));
    expect(await page.locator('.s-made code').allTextContents()).toEqual([file.suggestedFilename()]);
    await page.getByText('mở mục "Nhập tệp"').waitFor();
    expect(await page.locator('[data-card=sync] dd').first().textContent()).toBe('2 mục');

    const answer = await admin('POST', '/v1/handover', new Uint8Array(await readFile(await file.path())));
    expect(answer.status).toBe(200);
    const receipt = Buffer.from(await answer.text());
    at.clock.now = Date.now();
    const stranger = await at.device(UNIT, 'kiosk');
    stranger.append({ kind: 'health', body: { topic: 'kiosk', state: 'commissioned' } });
    const theirs = Buffer.from(await (await stranger.send()).text());

    const bring = (buffer: Buffer) =>
      page
        .locator('input[name=receipt]')
        .setInputFiles({ name: 'bien-nhan.nmc-receipt', mimeType: 'application/octet-stream', buffer });
    await bring(Buffer.from('<html>đăng nhập</html>'));
    await outcome().getByText('Tệp không có biên nhận nào').waitFor();
    await bring(theirs);
    await outcome().getByText(`(device ${stranger.id})`).waitFor();
    const changed = Buffer.from(receipt);
    changed[changed.length - 10] = changed[changed.length - 10] === 65 ? 66 : 65;
    await bring(changed);
    await outcome().getByText('Chữ ký (signature)').waitFor();
    expect(await page.locator('[data-card=sync] dd').first().textContent()).toBe('2 mục');

    await bring(receipt);
    await outcome().getByText('Còn 0 mục chưa được nhận').waitFor();
    await expect
      .poll(() => page.locator('[data-card=sync] dd').first().textContent())
      .toBe('Không còn mục nào');
    await page.locator('[data-action=handover]').click();
    await outcome().getByText('Không còn mục nào cần bàn giao').waitFor();

    const entries = await entriesAt(device);
    expect(entries.flatMap((entry) => (entry.kind === 'feedback' ? [entry.body.answers] : []))).toEqual([
      { quality: 5, attitude: 4 },
      { quality: 3, attitude: 5 },
    ]);

    await leaveStaff(page);
    const everything = await handedOverAll();
    expect(everything.filter(({ kind }) => kind === 'feedback')).toHaveLength(2);
  });

  /** "Lưu lại toàn bộ": what was received is in it again. */
  async function handedOverAll(): Promise<Entry[]> {
    await enterStaff(page);
    const coming = page.waitForEvent('download');
    await page.locator('[data-action=handover-all]').click();
    const bytes = new Uint8Array(await readFile(await (await coming).path()));
    const again = await admin('POST', '/v1/handover', bytes);
    expect(again.status).toBe(200);
    return entriesAt(await deviceId());
  }

  it('the installation page opens from the staff screen, with this address and nothing that loses data', async () => {
    await activateByCode(page, at.hub.url, await codeFor());
    await offlineReady(page);
    await context.setOffline(true);
    await enterStaff(page);
    await page.getByRole('link', { name: 'Hướng dẫn cài đặt cho cán bộ kỹ thuật' }).click();
    await page.getByRole('heading', { name: 'Cài đặt thiết bị đánh giá điện tử' }).waitFor();
    const recipes = await page.locator('pre').allTextContents();
    expect(recipes.length).toBeGreaterThanOrEqual(10);
    for (const recipe of recipes) {
      expect(recipe).not.toContain('example');
      for (const name of FORBIDDEN) expect(recipe.toLowerCase()).not.toContain(name.toLowerCase());
    }
    expect(recipes.filter((recipe) => recipe.includes(address())).length).toBeGreaterThanOrEqual(6);
    const linux = recipes.find((recipe) => recipe.startsWith('{'))!;
    expect(JSON.parse(linux)).toMatchObject({
      URLBlocklist: ['*'],
      WebAppInstallForceList: [{ url: address() }],
    });
    await page.getByRole('link', { name: 'Trở về màn hình đánh giá' }).click();
    await page.locator('.k-hero').waitFor();
    expect(notOffline(complaints)).toEqual([]);
  });
});

describe('behind the PIN', () => {
  it('the end of the day declares what was sent; a paper slip is its number and nothing else', async () => {
    await activateByCode(page, at.hub.url, await codeFor());
    await enterStaff(page);
    const device = await deviceId();
    await page.locator('[data-action=room-slip]').click();
    const number = slipNumber(123);
    const wrong = `${number.slice(0, 4)}${(Number(number.at(-1)) + 1) % 10}`;
    for (const digit of wrong) await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: 'Ghi phiếu' }).click();
    await page.getByText('số cuối không khớp').waitFor();
    await page.getByRole('button', { name: 'Xoá' }).click();
    await page.keyboard.type(number.at(-1)!);
    await page.keyboard.press('Enter');
    await outcome().getByText(`Đã ghi phiếu số ${number}`).waitFor();
    await page.keyboard.type(number.replace('-', ''));
    await page.keyboard.press('Enter');
    await outcome().getByText('đã được ghi trước đó').waitFor();

    await page.locator('[data-action=home]').click();
    await page.locator('[data-action=room-closing]').click();
    await page.locator('[data-card=closing]').getByText(device).waitFor();
    await page.locator('[data-card=closing]').getByText('Đang nhận đánh giá').waitFor();
    await page.locator('[data-action=close-day]').click();
    await outcome().getByText('Có thể tắt thiết bị').waitFor();
    await page.locator('[data-card=closing]').getByText('Không còn mục nào').waitFor();
    const entries = await entriesAt(device);
    const slips = entries.filter((entry) => entry.kind === 'health' && entry.body.topic === 'slip');
    expect(slips.map(({ body }) => body)).toEqual([{ topic: 'slip', state: 'handed', detail: { number } }]);
  });

  it('a forgotten PIN is chosen anew with a code of the unit; what was recorded stays', async () => {
    await activateByCode(page, at.hub.url, await codeFor());
    await rate(page, 4, 4);
    await closeThanks(page);
    await openGate();
    await page.locator('[data-action=forgotten]').click();
    await page.locator('input[name=code]').fill(await codeFor('extension'));
    await page.locator('[data-action=prove]').click();
    await page.locator('[data-card=forgotten] [role=alert]').waitFor();
    await page.locator('input[name=code]').fill(await codeFor());
    await page.locator('[data-action=prove]').click();
    await page.getByText('Đặt mã PIN cho thiết bị').waitFor();
    await type(NEW_PIN);
    await page.getByText('Nhập lại mã PIN').waitFor();
    await type(NEW_PIN);
    await page.locator('[data-card=sync]').waitFor();
    expect(await page.locator('[data-card=counter] button[aria-pressed=true]').textContent()).toBe('3');
    await leaveStaff(page);

    await openGate();
    await type(PIN);
    await page.getByText('Mã PIN chưa đúng').waitFor();
    await type(NEW_PIN);
    await page.locator('[data-card=sync]').waitFor();
    const device = await deviceId();
    await page.locator('[data-action=sync]').click();
    await outcome().getByText('Máy chủ đã nhận đủ.').waitFor();
    const entries = await entriesAt(device);
    expect(entries.filter(({ kind }) => kind === 'feedback')).toHaveLength(1);
  });

  it('without a hub the file of this very unit opens, another one does not', async () => {
    const [mine, other] = await Promise.all([unitFileOf('page-1'), unitFileOf('page-2')]);
    const choose = (buffer: Buffer) =>
      page
        .locator('input[type=file][accept=".nmc-unit"]')
        .setInputFiles({ name: 'don-vi.nmc-unit', mimeType: 'application/json', buffer });
    await page.getByRole('button', { name: 'Thiết lập' }).click();
    await page.getByText('Đặt mã PIN').waitFor();
    await type(PIN);
    await page.getByText('Nhập lại mã PIN').waitFor();
    await type(PIN);
    await page.locator('[data-action=by-file]').click();
    await choose(mine);
    await page.locator('input[name=passphrase]').fill('cụm mật khẩu');
    await page.locator('[data-action=activate]').click();
    await page.locator('[data-card=sync]').waitFor();
    await leaveStaff(page);
    await openGate();
    await page.locator('[data-action=forgotten]').click();
    await choose(other);
    await page.locator('input[name=passphrase]').fill('cụm mật khẩu');
    await page.locator('[data-action=prove]').click();
    await page.getByText('của đơn vị khác').waitFor();
    await choose(mine);
    await page.locator('input[name=passphrase]').fill('sai');
    await page.locator('[data-action=prove]').click();
    await page.getByText('Cụm mật khẩu chưa đúng').waitFor();
    await page.locator('input[name=passphrase]').fill('cụm mật khẩu');
    await page.locator('[data-action=prove]').click();
    await page.getByText('Đặt mã PIN cho thiết bị').waitFor();
    const entries = await page.evaluate(() => indexedDB.databases());
    expect(entries.map(({ name }) => name)).toContain('nmc-journal-nmc-kiosk');
  });
});

async function unitFileOf(id: string): Promise<Buffer> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const bytes = await writeUnitFile(
    {
      unit: { id: 'unit-1', name: 'UBND phường Thành Vinh' },
      province: '40',
      page: { id, jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } },
      provinceKey: { epoch: 'e1', key: crypto.getRandomValues(new Uint8Array(32)) },
    },
    'cụm mật khẩu',
  );
  return Buffer.from(bytes);
}

describe('the check before use', () => {
  /** What an installed app is granted; the browser's own command, for there is nobody to install it. */
  async function grantPersistence(): Promise<void> {
    const session = await context.newCDPSession(page);
    await session.send('Browser.grantPermissions', {
      origin: at.hub.url,
      permissions: ['durableStorage', 'wakeLockScreen'],
    });
  }

  /** A tab under the bars of a browser. */
  async function showBars(): Promise<void> {
    const session = await context.newCDPSession(page);
    const sizes = { width: 1280, height: 680, screenWidth: 1280, screenHeight: 800 };
    await session.send('Emulation.setDeviceMetricsOverride', {
      ...sizes,
      deviceScaleFactor: 1,
      mobile: false,
    });
  }

  async function openCheck(): Promise<void> {
    await page.locator('[data-action=room-check]').click();
    await expect.poll(() => stateOf('hub')).not.toBeNull();
  }

  it('is passed step by step, in a tab and then as an app after a restart, and recorded at the hub', async () => {
    await activateByCode(page, at.hub.url, await codeFor());
    await offlineReady(page);
    await enterStaff(page);
    const device = await deviceId();
    await page.locator('[data-banner=not-commissioned]').waitFor();
    await showBars();
    await openCheck();
    expect(await Promise.all(['storage', 'secure', 'hub', 'clock', 'update'].map(stateOf))).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
      'ok',
    ]);
    for (const id of ['restart', 'persisted', 'sound', 'touch', 'display']) {
      expect([id, await stateOf(id)]).toEqual([id, 'todo']);
    }
    expect(await page.locator('[data-action=commission]').isDisabled()).toBe(true);

    await context.close();
    await start(`--app=${address()}`);
    await page.locator('.k-hero').waitFor();
    await grantPersistence();
    await enterStaff(page);
    await openCheck();
    expect(await stateOf('restart')).toBe('ok');
    if ((await stateOf('persisted')) === 'todo') await page.locator('[data-action=persist]').click();
    await expect.poll(() => stateOf('persisted')).toBe('ok');
    await page.locator('[data-action=sound]').click();
    await page.locator('[data-action=not-heard]').click();
    await page.getByText('Hãy tăng âm lượng').waitFor();
    await page.locator('[data-action=sound]').click();
    await page.locator('[data-action=heard]').click();
    await page.locator('[data-action=touch]').click();
    await touchAll();
    await page.locator('[data-card=check]').waitFor();
    const states = await page
      .locator('.s-check-line')
      .evaluateAll((lines) =>
        lines.map((line) => [line.getAttribute('data-check'), line.getAttribute('data-state')]),
      );
    expect(states.filter(([, state]) => state === 'todo')).toEqual([]);
    expect(Object.fromEntries(states)).toMatchObject({ touch: 'ok', sound: 'ok', display: 'ok', wake: 'ok' });
    await page.locator('[data-action=commission]').click();
    await outcome().getByText('được đưa vào sử dụng').waitFor();
    await page.locator('[data-banner=commissioned]').waitFor();
    await page.locator('[data-action=home]').click();
    expect(await page.locator('[data-banner=not-commissioned]').count()).toBe(0);
    await page.locator('[data-action=sync]').click();
    await outcome().getByText('Máy chủ đã nhận đủ.').waitFor();
    const words = (await entriesAt(device)).flatMap((entry) =>
      entry.kind === 'health' && entry.body.topic === 'kiosk' ? [entry.body] : [],
    );
    expect(words.map(({ state }) => state)).toEqual(['notCommissioned', 'commissioned']);
    expect(words[0]?.detail).toMatchObject({ why: 'day', persisted: false });
    expect(words[1]?.detail).toMatchObject({ why: 'check', persisted: true, touched: 'touch' });
  });

  /** Five fingers' worth of touches, by the browser's input channel. */
  async function touchAll(): Promise<void> {
    const session = await context.newCDPSession(page);
    for (const point of [1, 2, 3, 4, 5]) {
      const box = (await page.locator(`.s-touch-${point}`).boundingBox())!;
      const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [place] });
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    }
  }
});
