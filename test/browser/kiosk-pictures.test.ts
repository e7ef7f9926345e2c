/**
 * Every screen of a citizen looks as it was last approved (`test/references/kiosk`): at four sizes as the device starts,
 * and one screen in each other dress. After a wanted change: `vitest run --project browser
 * test/browser/kiosk-pictures.test.ts --update`, and look at what git says has changed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildWeb } from '../../lib/build/web.ts';
import { openReferences, type References } from './kiosk-reference.ts';
import {
  type Dress,
  dress,
  type Kiosk,
  type Look,
  openKiosk,
  openToCitizens,
  PLAIN,
  type Stop,
  tourNotices,
} from './kiosk-tour.ts';
import { tourCitizen } from './kiosk-tour-citizen.ts';
import { tourGate, tourInstall, tourSetUp, tourStaff } from './kiosk-tour-staff.ts';

const SIZES = [
  [1280, 800],
  [800, 1280],
  [1920, 1080],
  [360, 640],
] as const;
/** Beside the plain look, on a tablet: each help on the screen where it changes most, and the other language. */
const DRESSED: Readonly<Record<string, readonly Dress[]>> = {
  attract: [{ language: 'vi', help: 'low' }],
  'question-5': [
    { language: 'vi', help: 'contrast' },
    { language: 'vi', help: 'low' },
  ],
  reasons: [
    { language: 'vi', help: 'large' },
    { language: 'en', help: 'none' },
  ],
};

let built: string;
let kiosk: Kiosk;
let references: References;
let found: string[];

const isRenewed = (): boolean => Reflect.get(expect.getState().snapshotState, '_updateSnapshot') === 'all';

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'nmc-web-'));
  await buildWeb({ outDir: built, pages: ['kiosk'] });
});
afterAll(() => rm(built, { recursive: true, force: true }));

beforeEach(async () => {
  found = [];
  kiosk = await openKiosk(built);
  references = await openReferences(kiosk.page, isRenewed());
  if (!references.isFine)
    console.warn('The fonts are not those of the reference pictures: only the coarse look is compared.');
});
afterEach(() => kiosk.close());

async function compare({ page }: Stop, name: string, [width, height]: (typeof SIZES)[number]): Promise<void> {
  await page.setViewportSize({ width, height });
  const fault = await references.compare(page, `${name}-${width}x${height}`);
  if (fault) found.push(fault);
}

const look: Look = async (stop) => {
  // The address of an unsafe page carries the port of this run.
  if (stop.name === 'insecure') await stop.page.getByText('http://').last().evaluate(hidePort);
  for (const size of SIZES) await compare(stop, stop.name, size);
  for (const worn of DRESSED[stop.name] ?? []) {
    await dress(stop.page, worn);
    const name = worn.help === 'none' ? worn.language : worn.help;
    await compare(stop, `${stop.name}-${name}`, SIZES[0]);
    await dress(stop.page, PLAIN);
  }
};

/** In the page: what differs from run to run is not seen and takes the same place; what has the focus is in sight. */
function hideFacts(): void {
  const hub = document.querySelector<HTMLInputElement>('input[name=hub]');
  if (hub) hub.value = 'http://localhost:8766';
  const told = 'dd, meter, .s-meter b, [data-card=check] .s-check-line p';
  for (const { style } of document.querySelectorAll<HTMLElement>(told)) {
    style.visibility = 'hidden';
    style.blockSize = '3em';
    style.overflow = 'hidden';
  }
  for (const { firstChild } of document.querySelectorAll('pre')) {
    if (firstChild) firstChild.nodeValue = (firstChild.nodeValue ?? '').replace(/:\d{4,5}/g, ':8766');
  }
  if (document.activeElement === document.body) scrollTo(0, 0);
  else document.activeElement?.scrollIntoView({ block: 'center' });
}

function hidePort(words: Element): void {
  words.textContent = (words.textContent ?? '').replace(/:\d{4,5}/, ':8766');
}

const lookAtStaff: Look = async (stop) => {
  for (const size of SIZES) {
    const [width, height] = size;
    await stop.page.setViewportSize({ width, height });
    await stop.page.evaluate(hideFacts);
    await compare(stop, stop.name, size);
  }
  await stop.page.setViewportSize({ width: 1280, height: 800 });
};

it('every screen looks as it was approved', async () => {
  await tourNotices(kiosk, look);
  await kiosk.page.setViewportSize({ width: 1280, height: 800 });
  await tourSetUp(kiosk, lookAtStaff);
  await tourStaff(kiosk, lookAtStaff);
  await kiosk.page.locator('[data-action=leave]').click();
  await tourGate(kiosk, lookAtStaff);
  await tourInstall(kiosk, lookAtStaff);
  await openToCitizens(kiosk);
  await tourCitizen(kiosk, look);
  expect(found).toEqual([]);
  expect(references.leftOver()).toEqual([]);
});
