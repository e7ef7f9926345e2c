/** No fault found by axe on any screen of the kiosk, in every theme and language; the citizens' and those of the staff. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb } from '../../lib/build/web.ts';
import {
  type Dress,
  dress,
  type Kiosk,
  type Look,
  openKiosk,
  openToCitizens,
  PLAIN,
  tourNotices,
} from './kiosk-tour.ts';
import { tourCitizen } from './kiosk-tour-citizen.ts';
import { tourGate, tourInstall, tourSetUp, tourStaff } from './kiosk-tour-staff.ts';

const THEMES: readonly Dress[] = (['none', 'large', 'contrast'] as const).flatMap((help) =>
  (['en', 'vi'] as const).map((language) => ({ language, help })),
);
const DRESSES: readonly Dress[] = [...THEMES, { language: 'vi', help: 'low' }];

let built: string;
let kiosk: Kiosk;
let found: string[];
let seen: string[];

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'nmc-web-'));
  await buildWeb({ outDir: built, pages: ['kiosk'] });
});
afterAll(() => rm(built, { recursive: true, force: true }));

beforeEach(async () => {
  found = [];
  seen = [];
  kiosk = await openKiosk(built);
});
afterEach(() => kiosk.close());

/** What axe finds; run through the debugger, for the page's own policy lets no script in. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(endAnimations);
  if (await page.evaluate(() => !('axe' in globalThis))) await page.evaluate(axe.source);
  let isDone = false;
  const running = page
    .evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
    )
    .finally(() => {
      isDone = true;
    });
  // It waits for timers, and the page's clock may stand still.
  while (!isDone) await page.clock.runFor(1);
  const { violations } = await running;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`);
}

/** In the page: a screen that fades in is looked at when it has; what turns for ever goes on turning. */
function endAnimations(): void {
  for (const one of document.getAnimations()) {
    if (Number.isFinite(one.effect?.getComputedTiming().endTime)) one.finish();
  }
}

const look: Look = async (stop) => {
  seen.push(stop.name);
  for (const worn of stop.hasTools ? DRESSES : [null]) {
    if (worn) {
      await stop.cover?.off();
      await dress(stop.page, worn);
      await stop.cover?.on();
    }
    const of = worn ? ` ${worn.language} ${worn.help}` : '';
    for (const fault of await faults(stop.page)) found.push(`${stop.name}${of}: ${fault}`);
  }
  if (!stop.hasTools) return;
  await stop.cover?.off();
  await dress(stop.page, PLAIN);
  await stop.cover?.on();
};

/** The device speaks this language while nobody has chosen one. */
async function speak(language: string): Promise<void> {
  await kiosk.page.evaluate((id) => {
    localStorage.setItem('nmc-kiosk.settings', JSON.stringify({ language: id }));
  }, language);
  await kiosk.page.reload();
  await kiosk.page.locator(`html[lang=${language}]`).waitFor();
}

describe('axe finds nothing', () => {
  it('on the screens of a citizen: each theme and language, and low reach', async () => {
    await tourSetUp(kiosk, async () => {});
    await openToCitizens(kiosk);
    await tourCitizen(kiosk, look);
    expect(found).toEqual([]);
    expect(seen).toHaveLength(17);
  });

  it.each(['vi', 'en'] as const)(
    'where no rating can be given, and on the staff screens (%s)',
    async (id) => {
      await speak(id);
      await tourNotices(kiosk, look);
      await tourSetUp(kiosk, look);
      await tourStaff(kiosk, look);
      await kiosk.page.locator('[data-action=leave]').click();
      await tourGate(kiosk, look);
      await tourInstall(kiosk, look);
      expect(found).toEqual([]);
      expect(seen).toHaveLength(24);
    },
  );
});
