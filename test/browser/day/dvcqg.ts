/** A day on the practice national portal: page after page of look-ups, filings on citizens' behalf, and what is neither. */
import type { Page } from 'puppeteer-core';
import { type DvcqgPortal, startDvcqg } from '../../portals/dvcqg.ts';
import { PATH, type Procedure } from '../../portals/dvcqg-pages.ts';
import { shuffled } from '../../portals/look.ts';
import { random } from '../../portals/seed.ts';
import type { LogEntry } from '../../portals/types.ts';
import { click, fill, until, waitFor } from './hand.ts';
import { witness } from './near.ts';
import { optionsOf } from './plan.ts';
import { read, reload, visit } from './pointer.ts';
import type { DaySystem, StartedSystem, Step, Variant } from './system.ts';

/** Every code holds one of them. */
const WORDS = ['H99', 'G22', 'H41'] as const;
const NON_EVENTS = [
  'oneCode',
  'nothing',
  'box',
  'procedures',
  'scores',
  'login',
  'abandoned',
  'abandoned',
  'noName',
  'fails',
  'fails',
  'reloaded',
  'backAndForth',
  'payment',
  'payment',
] as const;
type NonEvent = (typeof NON_EVENTS)[number];

const isLookup = (entry: LogEntry) => entry.kind === 'rendered' && entry.view === 'dvcqg:lookup';

function stepsOf(portal: DvcqgPortal, seed: number, want: { actions: number; nonEvents: number }): Step[] {
  const next = random(seed ^ 0x0dac9);
  const { log, note, build } = portal;
  const { logs } = witness(log, next);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const good = portal.procedures.filter(({ fails }) => !fails);
  const bad = portal.procedures.filter(({ fails }) => fails);
  const withFee = good.filter(({ fee }) => fee > 0);
  /** The button of the step that stands; the newer build keeps the others hidden in the document. */
  const nextButton = build === 'jsp' ? '#next' : '[data-e2e="btn-next"]';
  const result = '.ket-qua-nop .ma-ho-so';
  const step = (kind: Step['kind'], name: string, run: Step['run']): Step => ({ kind, name, run });

  const find = async (page: Page, text: string) => {
    if (!page.url().includes(PATH.lookup)) await visit(page, portal.url + PATH.lookup);
    await fill(page, '#maHoSo', text);
    await logs(`look-up of ${text}`, isLookup, () => click(page, '#btnTraCuu'));
  };
  const goTo = async (page: Page, text: string, number: number) => {
    const here = page.url().includes(PATH.lookup)
      ? await read(page, () => ({
          text: document.querySelector<HTMLInputElement>('#maHoSo')?.value ?? '',
          pages: document.querySelectorAll('.page-link').length,
        }))
      : { text: '', pages: 0 };
    if (here.text !== text || here.pages < number) await find(page, text);
    if (number === 1 && here.text !== text) return;
    await logs(`page ${number}`, isLookup, () => click(page, `.page-link[data-page="${number}"]`));
  };
  const wordOf = (code: string) => WORDS.find((word) => code.includes(word))!;
  const sweep = step('view', 'page of a look-up', async (page) => {
    const seen = new Set(
      log().flatMap((entry) => (entry.kind === 'rendered' ? entry.dossiers.map(({ code }) => code) : [])),
    );
    const { code } = portal.dossiers.find((one) => !seen.has(one.code)) ?? pick(portal.dossiers);
    const word = wordOf(code);
    const all = portal.dossiers.filter((one) => one.code.includes(word));
    const at = all.findIndex((one) => one.code === code);
    await goTo(page, word, 1 + Math.floor(at / portal.pageSize));
  });

  const begin = (one: Procedure) =>
    step('nonEvent', 'a filing is begun', async (page) => {
      await visit(page, `${portal.url}${PATH.procedure}?ma=${one.code}`);
      await click(page, '#btnNopTrucTuyen');
      await until('the wizard', () => page.url().includes(PATH.filing));
      await waitFor(page, nextButton);
    });
  const stands = (page: Page, at: number) =>
    build === 'jsp'
      ? until(`step ${at}`, () => page.url().endsWith(`buoc=${at}`))
      : waitFor(page, `.step-panel[data-step="${at}"]`);
  const button = (at: number) => (build === 'jsp' ? '#next' : `.step-panel[data-step="${at}"] ${nextButton}`);
  const middle = async (page: Page, to: number) => {
    for (let at = 1; at < to; at += 1) {
      if (at === 1) await fill(page, '[name="chuHoSo"]', 'An');
      await click(page, button(at));
      await stands(page, at + 1);
      await waitFor(page, button(at + 1));
    }
  };
  /** The last page is read before it is sent. */
  const toLast: Step = { ...step('nonEvent', 'middle steps', (page) => middle(page, 3)), isSeen: true };
  const send: Step = {
    kind: 'action',
    name: 'the last step',
    isSeen: true,
    run: async (page) => {
      await logs(
        'filed',
        ({ kind }) => kind === 'action',
        () => click(page, button(3)),
      );
      await waitFor(page, result);
    },
  };
  const filing = (one: Procedure): Step[] => [begin(one), toLast, send];
  const errorBox = build === 'jsp' ? '.alert-danger' : '.error:not(:empty)';

  const nonEvent = (what: NonEvent): Step[] => {
    switch (what) {
      case 'oneCode': {
        const { code } = pick(portal.dossiers);
        return [
          step('nonEvent', 'look-up of one code', async (page) => {
            await find(page, code);
            note('shown:search', [code]);
          }),
        ];
      }
      case 'nothing':
        return [step('nonEvent', 'look-up that finds nothing', (page) => find(page, 'H77'))];
      case 'box':
        return [
          step('nonEvent', 'details in a box', async (page) => {
            await find(page, pick(portal.dossiers).code);
            await click(page, '.xem-chi-tiet');
            await click(page, '.modal .btn-dong');
            note('shown:box');
          }),
        ];
      case 'procedures':
        return [
          step('nonEvent', 'procedures', async (page) => {
            await visit(page, portal.url + PATH.procedures);
            await click(page, `#tblThuTuc a[href$="${pick(portal.procedures).code}"]`);
            await waitFor(page, '#btnNopTrucTuyen');
          }),
        ];
      case 'scores':
        return [step('nonEvent', 'scores', (page) => visit(page, portal.url + PATH.scores))];
      case 'login':
        return [
          step('nonEvent', 'log-in with a code in its address', async (page) => {
            await visit(page, `${portal.url}${PATH.login}?ma_ho_so=${pick(portal.dossiers).code}`);
            await click(page, '#next');
            await until('home', () => page.url().includes(PATH.home));
          }),
        ];
      case 'abandoned': {
        const far = 1 + Math.floor(next() * 3);
        return [
          begin(pick(good)),
          step('nonEvent', `broken off at step ${far}`, async (page) => {
            await middle(page, far);
            if (build === 'jsp') await click(page, '#huy');
            else await click(page, '.menu-link');
            await until('home', () => page.url().includes(PATH.home));
            note('abandoned:assistFiling');
          }),
        ];
      }
      case 'noName':
        return [
          begin(pick(good)),
          step('nonEvent', 'a name is missing', async (page) => {
            await click(page, button(1));
            await waitFor(page, errorBox);
            note('refused:assistFiling');
          }),
        ];
      case 'fails':
        return [
          begin(pick(bad)),
          toLast,
          step('nonEvent', 'the last step fails', async (page) => {
            await click(page, button(3));
            await waitFor(page, errorBox);
          }),
        ];
      case 'reloaded':
        return [
          ...filing(pick(good)),
          step('nonEvent', 'the result loaded anew', async (page) => {
            await reload(page);
            await waitFor(page, build === 'jsp' ? result : nextButton);
            note('replayed:assistFiling');
          }),
        ];
      case 'backAndForth':
        return [
          ...filing(pick(good)),
          step('nonEvent', 'back and forth', async (page) => {
            await page.goBack({ waitUntil: 'domcontentloaded' });
            await page.goForward({ waitUntil: 'domcontentloaded' });
            await waitFor(page, build === 'jsp' ? result : nextButton);
            note('replayed:assistFiling');
          }),
        ];
      case 'payment':
        return [
          ...filing(pick(withFee)),
          step('nonEvent', 'payment page with the code in its address', async (page) => {
            await click(page, '#btnThanhToan');
            await until('payment', () => page.url().includes(PATH.payment));
            await logs(
              'paid',
              ({ kind }) => kind === 'notWork',
              () => click(page, '#next'),
            );
            await until('payment again', () => page.url().includes(PATH.payment));
          }),
        ];
    }
  };

  const pages = WORDS.map((word) => portal.dossiers.filter(({ code }) => code.includes(word)).length)
    .map((count) => Math.ceil(count / portal.pageSize))
    .reduce((sum, count) => sum + count, 0);
  return shuffled(
    [
      ...Array.from({ length: want.actions }, () => filing(pick(good))),
      ...Array.from({ length: want.nonEvents }, () => nonEvent(pick(NON_EVENTS))),
      ...Array.from({ length: pages + WORDS.length }, () => [sweep]),
    ],
    next,
  ).flat();
}

async function start(variant: Variant, secrets: readonly string[] = []): Promise<StartedSystem> {
  const portal = await startDvcqg({ ...optionsOf(variant), secrets });
  return {
    url: portal.url,
    log: portal.log,
    steps: (want) => stepsOf(portal, variant.seed, want),
    close: portal.close,
  };
}

export const system: DaySystem = { family: 'dvcqg', start };
