/**
 * A day on the practice reporting system. Nothing in it is a dossier's action: what must be read is the list of reports
 * and their states; typing, saving and sending are non-events.
 */
import type { Page } from 'puppeteer-core';
import { shuffled } from '../../portals/look.ts';
import { random } from '../../portals/seed.ts';
import type { LogEntry } from '../../portals/types.ts';
import { PATH, startVsr, type VsrPortal, type VsrReport } from '../../portals/vsr.ts';
import { click, fill, waitFor } from './hand.ts';
import { witness } from './near.ts';
import { optionsOf } from './plan.ts';
import { answering, read, visit } from './pointer.ts';
import type { DaySystem, StartedSystem, Step, Variant } from './system.ts';

const NON_EVENTS = [
  'save',
  'save',
  'saveFails',
  'send',
  'sendCancelled',
  'sendFails',
  'leave',
  'filter',
  'nothing',
  'login',
] as const;

const isList = (entry: LogEntry) => entry.kind === 'rendered' && entry.view === 'vsr:list';
const isForm = (entry: LogEntry) => entry.kind === 'rendered' && entry.view === 'vsr:form';
const isDone = (what: string) => (entry: LogEntry) => entry.kind === 'notWork' && entry.what === what;

function stepsOf(portal: VsrPortal, seed: number, want: { nonEvents: number }): Step[] {
  const next = random(seed ^ 0x0da5);
  const { log, note } = portal;
  const { logs } = witness(log, next);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const fates = new Map(portal.reports.map((one) => [one, one.state]));
  const draw = (isTroubled: boolean) =>
    pick(portal.reports.filter((one) => one.isTroubled === isTroubled && fates.get(one) !== 'sent'));

  const goTo = async (page: Page, number: number) => {
    const here = await read(page, () => ({
      isList: document.querySelector('#frmLoc') !== null,
      pages: document.querySelectorAll('.page-link').length,
      filter:
        (document.querySelector<HTMLInputElement>('#tuKhoa')?.value ?? '') +
        (document.querySelector<HTMLSelectElement>('#trangThai')?.value ?? ''),
    }));
    await logs(`list page ${number}`, isList, () =>
      here.isList && here.filter === '' && here.pages >= number
        ? click(page, `.page-link[data-page="${number}"]`)
        : visit(page, `${portal.url}${PATH.list}?trangThai=&tuKhoa=&trang=${number}`),
    );
  };
  const pageOf = (one: VsrReport) => 1 + Math.floor(portal.reports.indexOf(one) / portal.pageSize);
  /** Pages shown for their own sake; those passed through on the way to a form may have gone unread. */
  const swept = new Set<number>();
  const sweep: Step = {
    kind: 'view',
    name: 'page of the list',
    run: async (page) => {
      const one = portal.reports.find((each) => !swept.has(pageOf(each))) ?? pick(portal.reports);
      swept.add(pageOf(one));
      await goTo(page, pageOf(one));
    },
  };
  const open = (one: VsrReport): Step => ({
    kind: 'nonEvent',
    name: 'a form is opened',
    run: async (page) => {
      await goTo(page, pageOf(one));
      await logs('form', isForm, () => click(page, `.ten-bao-cao[data-id="${one.id}"]`));
    },
  });
  const enter = (page: Page) => fill(page, '.ind-type-entry .cell-value', String(Math.floor(next() * 90)));
  const step = (name: string, run: Step['run']): Step => ({ kind: 'nonEvent', name, run });

  const nonEvent = (what: (typeof NON_EVENTS)[number]): Step[] => {
    if (what === 'filter' || what === 'nothing') {
      const text = what === 'nothing' ? 'ZZZ' : pick(portal.reports).code;
      return [
        step(`filter, ${what}`, async (page) => {
          await goTo(page, 1);
          await fill(page, '#tuKhoa', text);
          await logs('filtered', isList, () => click(page, '#btnTim'));
          note('shown:filter');
        }),
      ];
    }
    if (what === 'login') return [step('log-in', (page) => visit(page, portal.url + PATH.login))];
    const one = draw(what === 'saveFails' || what === 'sendFails');
    if (!one) return [];
    const deeds: Readonly<Record<string, Step['run']>> = {
      save: async (page) => {
        await enter(page);
        await logs('kept', isDone('done:Lưu'), () => click(page, '#btnLuu'));
        await waitFor(page, '.toast');
      },
      saveFails: async (page) => {
        await enter(page);
        await logs('not kept', isDone('failed:Lưu'), () => click(page, '#btnLuu'));
        await waitFor(page, '.toast');
      },
      send: (page) =>
        logs('list after sending', isList, () => answering(page, ['accept'], () => click(page, '#btnGui'))),
      sendCancelled: async (page) => {
        await answering(page, ['dismiss'], () => click(page, '#btnGui'));
        note('cancelled:Gửi báo cáo');
      },
      sendFails: async (page) => {
        await logs('not sent', isDone('failed:Gửi báo cáo'), () =>
          answering(page, ['accept'], () => click(page, '#btnGui')),
        );
        await waitFor(page, '.toast');
      },
      leave: async (page) => {
        await enter(page);
        note('abandoned:form');
        await logs('list', isList, () => click(page, '#btnThoat'));
      },
    };
    if (what === 'send') fates.set(one, 'sent');
    return [open(one), step(what, deeds[what]!)];
  };

  /** Drawn in the order they will run, since a report that was sent is closed. */
  const drawn = (): Step[] => {
    for (let turn = 0; turn < 200; turn += 1) {
      const group = nonEvent(pick(NON_EVENTS));
      if (group.length > 0) return group;
    }
    throw new Error('The system holds too few reports for so many steps');
  };
  const pages = Math.ceil(portal.reports.length / portal.pageSize);
  const kinds = shuffled([...Array(want.nonEvents).fill(true), ...Array(pages).fill(false)], next);
  return kinds.flatMap((isNonEvent: boolean) => (isNonEvent ? drawn() : [sweep]));
}

async function start(variant: Variant, secrets: readonly string[] = []): Promise<StartedSystem> {
  const portal = await startVsr({ ...optionsOf(variant), secrets });
  return {
    url: portal.url,
    log: portal.log,
    steps: (want) => stepsOf(portal, variant.seed, want),
    close: portal.close,
  };
}

export const system: DaySystem = { family: 'reporting-system', start };
