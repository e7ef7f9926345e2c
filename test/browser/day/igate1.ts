/** A day at the practice iGate 1 wizard: filings to the end, broken off, refused, and success pages seen again. */
import type { Page } from 'puppeteer-core';
import { type Igate1Portal, startIgate1 } from '../../portals/igate1.ts';
import { CHOICE, type Procedure, STEPS } from '../../portals/igate1-pages.ts';
import { shuffled } from '../../portals/look.ts';
import { random } from '../../portals/seed.ts';
import { click, fill, until, waitFor } from './hand.ts';
import { witness } from './near.ts';
import { optionsOf } from './plan.ts';
import { reload, visit } from './pointer.ts';
import type { DaySystem, StartedSystem, Step, Variant } from './system.ts';

const NON_EVENTS = [
  'noProcess',
  'abandoned',
  'abandoned',
  'noName',
  'noOath',
  'failsAtEnd',
  'failsAtEnd',
  'replayed',
  'replayed',
  'sentAgain',
  'reloaded',
  'procedures',
  'citizen',
  'login',
] as const;

function stepsOf(portal: Igate1Portal, seed: number, want: { actions: number; nonEvents: number }): Step[] {
  const next = random(seed ^ 0x0da71);
  const { log, note, steps } = portal;
  const { logs } = witness(log, next);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const list = `${portal.url}/${portal.unit}/bothutuc/listThuTuc`;
  const last = steps.at(-1)!;
  const good = portal.procedures.filter(({ hasProcess, failsAtEnd }) => hasProcess && !failsAtEnd);
  const bad = portal.procedures.filter(({ hasProcess, failsAtEnd }) => hasProcess && failsAtEnd);
  const none = portal.procedures.filter(({ hasProcess }) => !hasProcess);
  const isAt = (page: Page, step: string) =>
    until(`step ${step}`, () => page.url().includes(`/tiep-nhan-online/${step}?`));
  /** Fills a step's empty obligatory field, and the oath of the last one. */
  const complete = async (page: Page, step: string) => {
    if (step === STEPS[0]) await fill(page, '[name="ChuHoSo_tenChuHoSo"]', 'An');
    if (step === last) await click(page, '#chkCamDoan');
  };
  const forward = async (page: Page, from: string) => {
    await complete(page, from);
    await click(page, '#btn-next');
    const to = steps[steps.indexOf(from) + 1]!;
    await isAt(page, to);
    await waitFor(page, '#btn-next');
  };
  const begin = (one: Procedure): Step => ({
    kind: 'nonEvent',
    name: 'a filing is begun',
    run: async (page) => {
      await visit(page, `${list}?tukhoa=${one.code}&linh_vuc=&muc_do=&page=1`);
      await click(page, `.nop-ho-so[data-number="${one.number}"]`);
      await isAt(page, CHOICE);
      await click(page, '#btn-next');
      await isAt(page, steps[0]!);
      await waitFor(page, '#btn-next');
    },
  });
  /** The last page is read before it is sent. */
  const toLast: Step = {
    kind: 'nonEvent',
    name: 'middle steps',
    isSeen: true,
    run: async (page) => {
      for (const step of steps.slice(0, -1)) await forward(page, step);
    },
  };
  const send: Step = {
    kind: 'action',
    name: 'the last step',
    isSeen: true,
    run: async (page) => {
      await complete(page, last);
      const isFiled = ({ kind }: { kind: string }) => kind === 'action';
      await logs('filed', isFiled, () => click(page, '#btn-next'));
      await waitFor(page, '.ket-qua');
    },
  };
  const filing = (): Step[] => [begin(pick(good)), toLast, send];
  const failing = (name: string, run: Step['run']): Step => ({ kind: 'nonEvent', name, run });
  const error = async (page: Page, act: () => Promise<void>) => {
    await logs('refused', ({ kind }) => kind === 'notWork', act);
    await waitFor(page, '.alert-danger');
  };

  const nonEvent = (what: (typeof NON_EVENTS)[number]): Step[] => {
    if (what === 'noProcess') {
      const one = pick(none);
      return [
        failing('no process for it', async (page) => {
          await visit(page, `${portal.url}/${portal.unit}/bothutuc/tthc?matt=${one.number}`);
          await click(page, '.nop-ho-so');
          await isAt(page, CHOICE);
          await error(page, () => click(page, '#btn-next'));
        }),
      ];
    }
    if (what === 'abandoned') {
      const far = 1 + Math.floor(next() * steps.length);
      return [
        begin(pick(good)),
        failing(`broken off at step ${far}`, async (page) => {
          for (const step of steps.slice(0, far - 1)) await forward(page, step);
          await complete(page, steps[far - 1]!);
          await click(page, 'a.btn-default');
          await waitFor(page, '#list-thu-tuc');
          note('abandoned:assistFiling');
        }),
      ];
    }
    if (what === 'noName') {
      return [
        begin(pick(good)),
        failing('a name is missing', (page) => error(page, () => click(page, '#btn-next'))),
      ];
    }
    if (what === 'noOath') {
      const refused = failing('the last step without the oath', (page) =>
        error(page, () => click(page, '#btn-next')),
      );
      const named: Step = {
        ...refused,
        isSeen: true,
        run: async (page) => {
          if (last === STEPS[0]) await fill(page, '[name="ChuHoSo_tenChuHoSo"]', 'An');
          await refused.run(page);
        },
      };
      return next() < 0.5 ? [begin(pick(good)), toLast, named] : [begin(pick(good)), toLast, named, send];
    }
    if (what === 'failsAtEnd') {
      return [
        begin(pick(bad)),
        toLast,
        failing('the last step fails', async (page) => {
          await complete(page, last);
          await error(page, () => click(page, '#btn-next'));
        }),
      ];
    }
    if (what === 'replayed') {
      return [
        ...filing(),
        failing('back and forth to the success page', async (page) => {
          await page.goBack({ waitUntil: 'domcontentloaded' });
          await waitFor(page, '#btn-next');
          await page.goForward({ waitUntil: 'domcontentloaded' });
          await waitFor(page, '.ket-qua');
          note('replayed:assistFiling');
        }),
      ];
    }
    if (what === 'reloaded') {
      return [
        ...filing(),
        failing('the success page loaded anew', async (page) => {
          await reload(page);
          await waitFor(page, '.ket-qua');
          note('replayed:assistFiling');
        }),
      ];
    }
    if (what === 'sentAgain') {
      return [
        ...filing(),
        failing('back, and the last step sent again', async (page) => {
          await page.goBack({ waitUntil: 'domcontentloaded' });
          await waitFor(page, '#btn-next');
          await error(page, () => click(page, '#btn-next'));
        }),
      ];
    }
    if (what === 'procedures') {
      return [
        failing('the table of procedures', async (page) => {
          await visit(page, list);
          await click(page, `.pagination a[data-page="${1 + Math.floor(next() * 4)}"]`);
          await until('page of procedures', () => page.url().includes('page='));
          await waitFor(page, '#list-thu-tuc');
        }),
      ];
    }
    if (what === 'citizen') {
      return [failing('the citizen corner', (page) => visit(page, `${portal.url}/${portal.root}/cong-dan`))];
    }
    return [
      failing('log-in with the same button', async (page) => {
        await visit(page, `${portal.url}/dang-nhap`);
        await logs(
          'log-in',
          ({ kind }) => kind === 'notWork',
          () => click(page, '#btn-next'),
        );
      }),
    ];
  };

  const groups = shuffled(
    [
      ...Array.from({ length: want.actions }, filing),
      ...Array.from({ length: want.nonEvents }, () => nonEvent(pick(NON_EVENTS))),
    ],
    next,
  );
  return groups.flat();
}

async function start(variant: Variant, secrets: readonly string[] = []): Promise<StartedSystem> {
  const portal = await startIgate1({ ...optionsOf(variant), secrets });
  return {
    url: portal.url,
    log: portal.log,
    steps: (want) => stepsOf(portal, variant.seed, want),
    close: portal.close,
  };
}

export const system: DaySystem = { family: 'igate1', start };
