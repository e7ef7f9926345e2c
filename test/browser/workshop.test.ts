/**
 * A column is renamed on the practice system; IT staff repair the pack with mouse clicks alone and send it to the hub; the
 * province signs it and rolls it out, and a second device reads the column (issue 3, acceptance 2).
 */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Driver, startDriver } from './extension-driver.ts';
import { type FirefoxDriver, startFirefox } from './firefox-driver.ts';
import { press, until, write } from './hands.ts';
import { ledgerLines } from './ledger.ts';
import { enrol, logIn, syncNow } from './own-pages.ts';
import { quiet } from './quiet.ts';
import { startWorld, type World } from './world.ts';

const SECRETS = ['Mật Thị Danh', '040199887766', '0977665544', 'ngo 99 duong Kin Dao'];
const RENAMED = 'Mốc kết thúc';

const BROWSERS = [
  ['chromium', startDriver],
  ['firefox', startFirefox],
] as const;

interface TabsApi {
  readonly chrome: { readonly tabs: { query: (query: object) => Promise<{ id: number }[]> } };
}

interface Line {
  readonly kind: string;
  readonly body: {
    readonly page: string;
    readonly pack: string;
    readonly facts: Readonly<Record<string, unknown>>;
  };
}

/** The administrator's own hands on the dashboard: opens the proposal, signs it with the password, rolls it out everywhere. */
async function signAndRollOut(board: Page, world: World, pack: string): Promise<void> {
  await logIn(board, world.hub.url, world.admin);
  await press(board, '[data-nav="packs"]');
  await press(board, `[data-row="${pack}"] [data-action="open-pack"]`);
  await board.waitForSelector('[data-part="changes"]');
  await press(board, '[data-action="sign-pack"]');
  await board.waitForSelector('dialog[open] input[name="password"]');
  await write(board, 'password', world.admin.password);
  await press(board, 'dialog[open] [data-action="yes"]');
  await board.waitForSelector('[data-banner="packSigned"]');
  await press(board, '[data-action="stage-pack"]');
  await press(board, 'dialog[open] input[value="everywhere"]');
  await press(board, 'dialog[open] [data-action="yes"]');
  await board.waitForSelector('[data-banner="packStaged"]');
}

/** What the province sees on its board. */
async function proposals(world: World): Promise<{ id: string; version: string; stage: string }[]> {
  const { url } = world.hub;
  const session = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-nmc': '1', origin: url },
    body: JSON.stringify(world.admin),
  });
  const cookie = session.headers.get('set-cookie')!.split(';')[0]!;
  const answer = await fetch(`${url}/v1/packs`, { headers: { cookie } });
  const { packs } = (await answer.json()) as { packs: { id: string; version: string; stage: string }[] };
  return packs.filter(({ stage }) => stage === 'proposed');
}

function expectNoSecret(text: string): void {
  for (const secret of SECRETS) expect(text.includes(secret), secret).toBe(false);
}

describe.each(BROWSERS)('the workshop in %s', (name, start) => {
  let world: World;
  let driver: Driver | FirefoxDriver;
  let work: Page;
  let workshop: Page;

  beforeAll(async () => {
    world = await startWorld({ seed: 7, breakLocator: ['igate2:due-header'], secrets: SECRETS });
    driver = await start();
    const code = world.code('extension', 'Máy CNTT');
    const options = await enrol(driver, {
      hub: world.hub.url,
      code,
      portals: world.portals,
      people: ['Cán bộ CNTT'],
    });
    await press(options, 'input[name="it-profile"]');
    await options.waitForSelector('[data-it="true"] [data-action="open-workshop"]');
    work = await driver.browser.newPage();
    await work.setViewport({ width: 1366, height: 768 });
    await work.goto(`${world.portals.igate2.url}/vi/dossier/processing`);
    await work.waitForSelector('tr.mat-row');
    const tab = await options.evaluate(async () => {
      const { tabs } = (globalThis as unknown as TabsApi).chrome;
      return (await tabs.query({ url: 'http://127.0.0.1/*' }))[0]!.id;
    });
    workshop = await driver.own(`workshop.html?tab=${tab}`, 400, 768);
  });

  afterAll(async () => {
    await driver?.close();
    await world?.close();
  });

  const stateOf = (field: string) =>
    workshop.$eval(`[data-field="${field}"]`, (one) => (one as HTMLElement).dataset.state).catch(() => null);
  const shown = () => workshop.$eval('body', (body) => body.innerHTML);

  it('shows the renamed column as unread, and masked rows', async () => {
    await workshop.waitForSelector('[data-field="due"]');
    expect(await stateOf('due')).toBe('missing');
    expect(await stateOf('code')).toBe('good');
    expect(await stateOf('status')).toBe('good');
    await workshop.waitForSelector('[data-health="degraded"][data-recognised="true"]');
    const code = await workshop.$eval('[data-preview="code"]', (cell) => cell.textContent);
    expect(code).toMatch(/^[9.A-Z-]+$/);
    expectNoSecret(await shown());
  });

  it('is repaired by pointing, and the page never gets the click', async () => {
    await press(workshop, '[data-field="due"] [data-action="open-field"]');
    await press(workshop, '[data-action="pick"]');
    await work.bringToFront();
    const clicks = await work.evaluateHandle(() => {
      const heard: string[] = [];
      for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click']) {
        addEventListener(
          type,
          (event) => {
            if (!(event.target as Element).localName.startsWith('nmc-')) heard.push(event.type);
          },
          true,
        );
      }
      return heard;
    });
    await work.waitForSelector('nmc-picker');
    const cell = await work.waitForSelector('td.mat-column-appointmentDate');
    const box = (await cell!.boundingBox())!;
    await work.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await work.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await until('the picker is gone', async () => (await work.$('nmc-picker')) === null);
    expect(await clicks.jsonValue()).toEqual([]);

    const offer = await workshop.waitForSelector('[data-offer="header"]');
    expect(await offer!.evaluate((one) => one.textContent)).toContain(RENAMED);
    await press(workshop, '[data-offer="header"] [data-action="apply-offer"]');
    await until('the field is read', async () => (await stateOf('due')) === 'good');
    const due = await workshop.$eval('[data-preview="due"]', (one) => one.textContent);
    expect(due).toMatch(/^99\/99\/9999/);
    await workshop.waitForSelector('[data-health="ok"]');
  });

  it('passes its fixtures, and one taken from the page', async () => {
    await press(workshop, '[data-action="snapshot"]');
    await workshop.waitForSelector('[data-snapshot] [data-same="true"]');
    expectNoSecret(await shown());
    await press(workshop, '[data-action="save-snapshot"]');
    await workshop.waitForSelector('[data-banner="snapshotSaved"]');
    await press(workshop, '[data-tab="fixtures"]');
    const line = await workshop.waitForSelector('[data-passed]');
    const { passed, all } = await line!.evaluate((one) => ({ ...(one as HTMLElement).dataset }));
    const failed = await workshop.$$eval('[data-result="fail"]', (every) =>
      every.map((one) => one.textContent),
    );
    expect(failed).toEqual([]);
    expect(passed).toBe(all);
    expect(Number(all)).toBeGreaterThan(10);
  });

  it('lists the change, and reaches the hub', async () => {
    await press(workshop, '[data-tab="changes"]');
    await workshop.waitForSelector('[data-change="addText"]');
    await workshop.waitForSelector('[data-banner="no-problems"]');
    await press(workshop, '[data-tab="send"]');
    await press(workshop, '[data-action="send-pack"]');
    await workshop.waitForSelector('[data-send-state="accepted"]');
    expect(world.log.filter((line) => SECRETS.some((secret) => line.includes(secret)))).toEqual([]);
    const packs = await proposals(world);
    expect(packs).toHaveLength(1);
    expect(packs[0]).toMatchObject({ id: 'igate2', stage: 'proposed' });
    expectNoSecret(JSON.stringify(packs));
  });

  if (name === 'chromium')
    it('is signed and rolled out by the province, and a second device reads the column', async () => {
      const second = await startDriver();
      try {
        const code = world.code('extension', 'Quầy số 2');
        const people = ['Cán bộ quầy hai'];
        const options = await enrol(second, { hub: world.hub.url, code, portals: world.portals, people });
        const page = await second.browser.newPage();
        await page.setViewport({ width: 1366, height: 768 });
        const read = async () => {
          await page.goto(`${world.portals.igate2.url}/vi/dossier/search`);
          await page.bringToFront();
          await page.waitForSelector('tr.mat-row');
          await quiet(page);
          const lines = (await ledgerLines(options)).map((line) => JSON.parse(line) as Line);
          return lines.filter(({ kind, body }) => kind === 'dossier' && body.page === 'list');
        };
        const before = await read();
        expect(before.length).toBeGreaterThan(0);
        expect(before.filter(({ body }) => 'due' in body.facts)).toEqual([]);

        const { version } = (await proposals(world))[0]!;
        await signAndRollOut(await driver.browser.newPage(), world, `igate2@${version}`);
        await syncNow(second);

        const after = (await read()).slice(before.length);
        expect(after.length).toBeGreaterThan(0);
        for (const { body } of after) {
          expect(body.pack).toBe(`igate2@${version}`);
          expect(body.facts).toHaveProperty('due');
        }
        expect(await page.$eval('nmc-badge', (badge) => (badge as HTMLElement).isConnected)).toBe(true);
      } finally {
        await second.close();
      }
    });

  // No driver reaches Firefox's sidebar; its page is the one shown as a tab above.
  if (name === 'chromium')
    it('stands in the side panel about whatever tab is shown', async () => {
      const options = await driver.own('options.html');
      await press(options, '[data-action="open-workshop"]');
      const target = await driver.browser.waitForTarget(
        (one) => one.url().endsWith('/workshop.html') && one !== workshop.target(),
      );
      const panel = await target.asPage();
      await panel.waitForSelector('[data-phase="own"]');
      // The other list has the same column: one repair, all page types that go by its names.
      await work.goto(`${world.portals.igate2.url}/vi/dossier/search`);
      await work.bringToFront();
      await panel.waitForSelector('[data-phase="ready"] [data-field="channel"][data-state="good"]');
      await panel.waitForSelector('[data-field="due"][data-state="good"]');
    });
});
