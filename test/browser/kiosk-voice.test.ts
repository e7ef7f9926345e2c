/**
 * The loudspeaker in Chromium: recorded behind the PIN with a microphone that beeps, heard by a citizen. What is heard is
 * asked of WebAudio itself: each sound that started, and whether it came to its end.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ClipRequest, clipRequestSchema } from '../../lib/batch/index.ts';
import { buildWeb } from '../../lib/build/web.ts';
import {
  activateByCode,
  enterStaff,
  killBrowser,
  leaveStaff,
  makeProfile,
  notOffline,
  offlineReady,
  openBrowser,
  type Profile,
  type Site,
  serveKiosk,
  setUp,
} from './kiosk-device.ts';
import { hubBehind, plainConfig } from './kiosk-memory-hub.ts';

const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

let built: string;
let site: Site;
let profile: Profile;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'nmc-voice-'));
  await buildWeb({ outDir: built, pages: ['kiosk'] });
});
afterAll(() => rm(built, { recursive: true, force: true }));

beforeEach(async () => {
  complaints = [];
  site = await serveKiosk(built);
  profile = await makeProfile();
});
afterEach(async () => {
  await context.close().catch(() => {});
  await site.close();
  await profile.remove();
});

async function start(flags: readonly string[] = MICROPHONE): Promise<void> {
  context = await openBrowser(profile, complaints, undefined, flags);
  await context.addInitScript(listenToSound);
  page = context.pages()[0] ?? (await context.newPage());
}

interface Heard {
  readonly seconds: number;
  ended: boolean;
}
declare global {
  interface Window {
    heard: Heard[];
  }
}

/** In the page: every sound that starts, and its `ended`. */
function listenToSound(): void {
  window.heard = [];
  const original = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (this: AudioBufferSourceNode, ...when) {
    const one: Heard = { seconds: this.buffer?.duration ?? 0, ended: false };
    window.heard.push(one);
    this.addEventListener('ended', () => {
      one.ended = this.context.state === 'running';
    });
    original.apply(this, when);
  };
}

const heard = () => page.evaluate(() => window.heard);
/** Resolves when `n` sounds have started and all of them have ended. */
const hasHeard = (n: number) =>
  page.waitForFunction(
    (count) => window.heard.length === count && window.heard.every(({ ended }) => ended),
    n,
  );

const action = (name: string) => page.locator(`[data-action=${name}]`);
const phrase = (id: string) => page.locator(`[data-phrase="${id}"]`);
const big = () => page.locator('.k-listen-big');

/** Records until the meter has moved. */
async function take(): Promise<void> {
  await action('voice-record').click();
  await page.waitForFunction(() => (document.querySelector('meter')?.value ?? 0) > 0.03);
  await action('voice-stop').click();
  await page.locator('[data-phase=taken]').waitFor();
}

/** Records the sentence on the screen until the meter has moved, listens to it, uses it. */
async function recordOne(text: string): Promise<void> {
  await page.locator('blockquote').getByText(text).waitFor();
  const before = (await heard()).length;
  await take();
  await action('voice-listen').click();
  await hasHeard(before + 1);
  await action('voice-accept').click();
  await page.locator('[data-banner=voice-good]').getByText('Đã lưu').waitFor();
}

/** Keeps one recorded sentence from matching its hash, as a bad disk would. */
async function spoil(address: string): Promise<void> {
  await page.evaluate(async (part) => {
    const cache = await caches.open('nmc-clips');
    const request = (await cache.keys()).find(({ url }) => url.includes(part));
    const kept = request && (await cache.match(request));
    if (!request || !kept) throw new Error('no such record');
    const bytes = new Uint8Array(await kept.arrayBuffer());
    bytes[bytes.length - 1]! ^= 1;
    await cache.put(request, new Response(bytes, { headers: kept.headers }));
  }, address);
}

describe('recorded on this device', () => {
  it('two sentences: after a power cut, without network, the citizen hears them; what has none is silence', async () => {
    await start();
    await page.goto(site.url);
    await setUp(page);
    await offlineReady(page);
    expect(await page.locator('.k-listen').count()).toBe(0);
    await enterStaff(page);
    await action('room-voice').click();
    await page.locator('[data-language=blt]').click();
    await recordOne('Mời Ông/Bà đánh giá phục vụ');
    await recordOne('lần chạm');
    const silent = page.locator('[data-phrase="ui.attractStart"]');
    expect(await silent.textContent()).toContain('Chưa có tiếng');
    expect(await phrase('ui.attractTitle').textContent()).toContain('Chỉ có ở máy này');
    await page.getByText(/^Đã có tiếng 2\/\d\d câu$/).waitFor();
    await leaveStaff(page);

    expect(killBrowser(profile)).toBeGreaterThan(0);
    await context.close().catch(() => {});
    await site.close();
    await start();
    await context.setOffline(true);
    await page.goto(site.url);
    await page.getByRole('button', { name: 'Tiếng Thái' }).click();
    await page.locator('.k-listen-big[aria-pressed=true]').waitFor();
    await hasHeard(2);
    expect((await heard()).every(({ seconds }) => seconds > 0.1)).toBe(true);
    await page.locator('.k-listen-big[aria-pressed=false]').waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('vi');
    await page.locator('.k-hero').getByText('Mời Ông/Bà đánh giá phục vụ').waitFor();

    // The question has no clip in this language: the loudspeaker is not there, the text is.
    await page.locator('.k-hero').click();
    await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    expect(await page.locator('.k-listen').count()).toBe(0);
    // Back at rest the next citizen begins in Vietnamese, which nobody recorded.
    await page.getByRole('button', { name: 'Quay lại' }).click();
    await page.locator('.k-hero').waitFor();
    expect(await page.locator('.k-listen').count()).toBe(0);
    expect(notOffline(complaints)).toEqual([]);
  });

  it('a damaged record is silence for its sentence and a note for staff; the others are heard', async () => {
    await start();
    await page.goto(site.url);
    await setUp(page);
    await enterStaff(page);
    await action('room-voice').click();
    await recordOne('Mời Ông/Bà đánh giá phục vụ');
    await recordOne('lần chạm');
    await spoil('ui.attractTitle');
    await leaveStaff(page);
    const before = (await heard()).length;
    await big().click();
    await hasHeard(before + 1);
    await page.locator('.k-listen-big[aria-pressed=false]').waitFor();
    await enterStaff(page);
    await action('room-voice').click();
    const note = page.locator('[data-banner=voice-notices]');
    await note.getByText('1 câu đang không có tiếng').waitFor();
    expect(await note.textContent()).toContain('Mời Ông/Bà đánh giá phục vụ');
    expect(complaints).toEqual([]);
  });

  it('pressed again it falls silent, and so it does when the screen changes', async () => {
    await start();
    await page.goto(site.url);
    await setUp(page);
    await enterStaff(page);
    await action('room-voice').click();
    await recordOne('Mời Ông/Bà đánh giá phục vụ');
    await phrase('q.quick@2.quality.title').click();
    await recordOne('Chất lượng phục vụ');
    await leaveStaff(page);
    // The output is held back, so that the sound is still under way at the second press, however slow this machine is.
    await page.evaluate(() => {
      const original = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function (this: AudioBufferSourceNode) {
        this.loop = true;
        original.call(this);
      };
    });
    const speaking = page.locator('.k-listen[aria-pressed=true]');
    const silent = page.locator('.k-listen[aria-pressed=false]');
    const stopped = () => page.waitForFunction(() => window.heard.at(-1)?.ended === true);
    await big().click();
    await speaking.waitFor();
    await big().click();
    await silent.waitFor();
    await stopped();
    await big().click();
    await speaking.waitFor();
    await page.locator('.k-hero').click();
    await page.getByRole('heading', { name: 'Chất lượng phục vụ' }).waitFor();
    await silent.waitFor();
    await stopped();
  });

  it('a take that is not used is not kept; leaving the screen closes the microphone', async () => {
    await start();
    await page.goto(site.url);
    await setUp(page);
    await page.evaluate(() => {
      const opened: MediaStreamTrack[] = [];
      Object.assign(window, { opened });
      // The limit of a take would close the microphone too, ten seconds later: here it never comes.
      const later = window.setTimeout.bind(window);
      Object.assign(window, {
        setTimeout: (run: () => void, ms?: number) => (ms === 10_000 ? 0 : later(run, ms)),
      });
      const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await original(wanted);
        opened.push(...stream.getTracks());
        return stream;
      };
    });
    await enterStaff(page);
    await action('room-voice').click();
    await take();
    await action('voice-next').click();
    await action('voice-record').click();
    await page.locator('[data-phase=recording]').waitFor();
    await leaveStaff(page);
    await page.waitForFunction(() =>
      (window as unknown as { opened: MediaStreamTrack[] }).opened.every(
        ({ readyState }) => readyState === 'ended',
      ),
    );
    expect(await page.locator('.k-listen').count()).toBe(0);
    expect(await page.evaluate(async () => (await (await caches.open('nmc-clips')).keys()).length)).toBe(0);
  });

  it('a refused microphone says what to do', async () => {
    await start(['--use-fake-device-for-media-stream', '--deny-permission-prompts']);
    await page.goto(site.url);
    await setUp(page);
    await enterStaff(page);
    await action('room-voice').click();
    await action('voice-record').click();
    await page.locator('[data-banner=voice-bad]').getByText('chưa được phép dùng micrô').waitFor();
    await page.locator('[data-phase=ready]').waitFor();
  });

  it('no microphone says what to do', async () => {
    await start(['--use-fake-ui-for-media-stream']);
    await page.goto(site.url);
    await setUp(page);
    await enterStaff(page);
    await action('room-voice').click();
    await action('voice-record').click();
    await page.locator('[data-banner=voice-bad]').getByText('Không tìm thấy micrô').waitFor();
  });
});

describe('with a hub', () => {
  it('recordings go up, clips of the province come down by their hash and are heard', async () => {
    await start();
    const hub = await hubBehind(context, ['KIOSK23456']);
    const got: ClipRequest[] = [];
    await context.route('**/v1/device/clips**', async (route) => {
      const request = route.request();
      if (request.method() === 'POST') {
        got.push(clipRequestSchema.parse(request.postDataJSON()));
        return route.fulfill({ status: 201, json: { sha256: hashOf(got.at(-1)!) } });
      }
      const asked = request.url().split('/').at(-1);
      const clip = got.find((one) => hashOf(one) === asked);
      return clip
        ? route.fulfill({ contentType: clip.mime, body: Buffer.from(clip.content, 'base64') })
        : route.fulfill({ status: 404, json: { error: { code: 'clipUnknown', message: 'Không có' } } });
    });
    hub.config = plainConfig(1);
    await page.goto(site.url);
    await activateByCode(page, new URL(site.url).origin, 'KIOSK23456');
    await enterStaff(page);
    await action('room-voice').click();
    await recordOne('Mời Ông/Bà đánh giá phục vụ');
    await action('home').click();
    await action('sync').click();
    await expect
      .poll(() => got.map(({ language, phrase: id }) => `${language} ${id}`))
      .toEqual(['vi ui.attractTitle']);
    // What a browser records is what the hub takes it for: EBML, the head of WebM.
    expect(Buffer.from(got[0]!.content, 'base64').readUInt32BE(0)).toBe(0x1a45dfa3);

    // The province shares it as another sentence of another language too; a third is named that the hub does not have.
    const bytes = Buffer.from(got[0]!.content, 'base64').length;
    const shared = { sha256: hashOf(got[0]!), mime: got[0]!.mime, bytes } as const;
    hub.config = plainConfig(2, {
      clips: [
        { ...shared, language: 'kjg', phrase: 'q.quick@2.quality.title' },
        { ...shared, language: 'kjg', phrase: 'ui.level1', sha256: 'f'.repeat(64) },
      ],
    });
    await action('room-voice').click();
    await phrase('ui.attractTitle').getByText('Đã gửi').waitFor();
    await phrase('ui.attractTitle').click();
    await action('voice-delete').click();
    await phrase('ui.attractTitle').getByText('Chưa có tiếng').waitFor();
    await action('home').click();
    await action('sync').click();
    await page.locator('[data-banner=outcome]').waitFor();
    await leaveStaff(page);
    const before = (await heard()).length;
    await page.getByRole('button', { name: 'Tiếng Khơ Mú' }).click();
    await page.locator('.k-hero').click();
    await hasHeard(before + 1);

    // No configuration names it any more: it is gone, and so is its language.
    hub.config = plainConfig(3, { clips: [] });
    await page.getByRole('button', { name: 'Quay lại' }).click();
    await enterStaff(page);
    await action('sync').click();
    await page.locator('[data-banner=outcome]').waitFor();
    await leaveStaff(page);
    await page.getByRole('button', { name: 'Tiếng Khơ Mú' }).waitFor({ state: 'detached' });
    expect(await page.evaluate(async () => (await (await caches.open('nmc-clips')).keys()).length)).toBe(0);
  });
});

function hashOf({ content }: ClipRequest): string {
  return createHash('sha256').update(Buffer.from(content, 'base64')).digest('hex');
}
