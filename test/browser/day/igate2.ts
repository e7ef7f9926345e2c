/** A day on the practice iGate 2: lists paged through, work in row menus and details, and what only looks like work. */
import type { Page } from 'puppeteer-core';
import { startPortal } from '../../portals/index.ts';
import type { Dossier, DossierPortal, LogEntry } from '../../portals/types.ts';
import { click, fill, isShown, waitFor, waitGone } from './hand.ts';
import { isNotWork, witness } from './near.ts';
import { dayOf } from './plan.ts';
import type { Step } from './system.ts';

const PAGE_SIZE = 20;
const LISTS = {
  search: { view: 'igate2:search', path: '/vi/dossier/search', title: 'Tra cứu hồ sơ' },
  processing: { view: 'igate2:processing', path: '/vi/dossier/processing', title: 'Xử lý hồ sơ' },
} as const;
type List = keyof typeof LISTS;

/** Work by label, and from which statuses. */
const WORK: Readonly<Record<string, { readonly from: readonly number[] }>> = {
  'Tiếp nhận': { from: [1] },
  'Chuyển xử lý': { from: [2, 4] },
  'Yêu cầu bổ sung': { from: [4] },
  'Kết thúc xử lý': { from: [4] },
  'Trả kết quả': { from: [9] },
};

function hands(portal: DossierPortal, next: () => number) {
  const { log } = portal;
  const { pick, chance, shows, logs, acts } = witness(log, next, (view) => {
    return portal.options.areClassesRebuilt && !view.startsWith('igate2:detail');
  });
  /** Which list, filter and page stand on the screen; null when something else does. */
  let where: { list: List; code: string; page: number } | null = null;

  const open = async (page: Page, list: List) => {
    const { view, path, title } = LISTS[list];
    const isInside = page.url().startsWith(`${portal.url}/vi/`) && chance(0.85);
    await shows(view, () =>
      isInside
        ? click(page, 'app-menu a', title)
        : page.goto(portal.url + path, { waitUntil: 'domcontentloaded' }),
    );
    where = { list, code: '', page: 0 };
  };

  const turnTo = async (page: Page, list: List, target: number) => {
    if (where?.list !== list || where.code !== '' || where.page > target) await open(page, list);
    while (where!.page < target) {
      await shows(LISTS[list].view, () => click(page, '.mat-paginator-navigation-next'));
      where = { list, code: '', page: where!.page + 1 };
    }
  };

  const rowOf = ({ id }: Dossier) => `tr.mat-row:has(a[href*="${id}"])`;
  const show = async (page: Page, list: List, one: Dossier) => {
    if (where?.list === list && (await isShown(page, rowOf(one)))) return;
    if (where?.list !== list) await open(page, list);
    await fill(page, `app-list-${list} .searchBox`, one.code);
    await shows(LISTS[list].view, () => click(page, '.searchBtn'));
    where = { list, code: one.code, page: 0 };
  };

  /** The dossiers on the screen's list, as last rendered. */
  const onScreen = (): Dossier[] => {
    const last = log().findLast((one) => one.kind === 'rendered' && one.view === LISTS[where!.list].view);
    const codes = new Set(last?.kind === 'rendered' ? last.dossiers.map(({ code }) => code) : []);
    return portal.dossiers.filter(({ code, isDeleted }) => codes.has(code) && !isDeleted);
  };
  /** Nobody does the same work on the same dossier twice within a second. */
  let last: Dossier | null = null;
  const fits = (one: Dossier, list: List, label: string, isBad: boolean) =>
    !one.isDeleted &&
    one !== last &&
    WORK[label]!.from.includes(one.status) &&
    (one.trouble === 'fails') === isBad &&
    (list === 'processing' ? [2, 4].includes(one.status) : !one.isMineOnly);
  const tasksIn = (dossiers: readonly Dossier[], list: List, isBad: boolean) =>
    dossiers.flatMap((one) =>
      Object.keys(WORK)
        .filter((label) => fits(one, list, label, isBad))
        .map((label) => ({ label, list, one })),
    );
  /** Work that can be done now, mostly on a row of the list on the screen. */
  const task = (isBad: boolean) => {
    const near = where !== null && chance(0.75) ? tasksIn(onScreen(), where.list, isBad) : [];
    const all =
      near.length > 0 ? near : tasksIn(portal.dossiers, pick(['search', 'processing'] as const), isBad);
    const chosen = pick(all.length > 0 ? all : tasksIn(portal.dossiers, 'search', isBad));
    last = chosen.one;
    return chosen;
  };
  const openDialog = async (page: Page, one: Dossier, label: string) => {
    await click(page, `${rowOf(one)} .mat-menu-trigger`);
    await click(page, '.menuAction', label);
    await waitFor(page, 'mat-dialog-container');
  };
  const comeBack = () => {
    if (portal.options.mode === 'reload' && where) where = { list: where.list, code: '', page: 0 };
  };

  return {
    portal,
    pick,
    shows,
    logs,
    acts,
    open,
    turnTo,
    rowOf,
    show,
    task,
    openDialog,
    comeBack,
    /** What stands on the screen is no list any more, or not known. */
    leave: () => {
      where = null;
    },
  };
}
type Hands = ReturnType<typeof hands>;

function views({ portal, turnTo, shows, logs, leave, pick, show }: Hands): Step[] {
  const of = (list: List, has: (one: Dossier) => boolean): Step[] =>
    Array.from({ length: Math.ceil(portal.dossiers.filter(has).length / PAGE_SIZE) }, (_, at) => ({
      kind: 'view',
      name: `${list}, page ${at + 1}`,
      run: async (page) => {
        // Dossiers come and go in the course of the day; the last page may be gone.
        const { length } = portal.dossiers.filter((one) => !one.isDeleted && has(one));
        await turnTo(page, list, Math.max(0, Math.min(at, Math.ceil(length / PAGE_SIZE) - 1)));
      },
    }));
  const isSearched = (one: Dossier) => !one.isMineOnly;
  const isProcessed = (one: Dossier) => [2, 4, 5, 6].includes(one.status);
  const details = Array.from(
    { length: Math.ceil(portal.dossiers.length / 12) },
    (): Step => ({
      kind: 'view',
      name: 'a detail',
      run: async (page) => {
        const one = pick(portal.dossiers.filter((each) => isSearched(each) && !each.isDeleted));
        await show(page, 'search', one);
        await shows('igate2:detail-search', () => click(page, `a[href*="${one.id}"]`));
        leave();
      },
    }),
  );
  const statistics: Step = {
    kind: 'view',
    name: 'the report by agency',
    run: async (page) => {
      await page.goto(`${portal.url}/vi/statistics/dossier-agency`, { waitUntil: 'domcontentloaded' });
      await logs(
        'the figures',
        ({ kind }) => kind === 'totals',
        () => click(page, '.btn-statistic'),
      );
      leave();
    },
  };
  return [...of('search', isSearched), statistics, ...of('processing', isProcessed), ...details, statistics];
}

function actions(how: Hands): Step[] {
  const { acts, shows, show, task, openDialog, comeBack, leave } = how;
  const one = (count: number): Step => ({
    kind: 'action',
    name: count === 2 ? 'work in a list by a double click' : 'work in a list',
    run: async (page) => {
      const { label, list, one } = task(false);
      await show(page, list, one);
      await openDialog(page, one, label);
      await acts(LISTS[list].view, () => click(page, '.btn-save', null, count));
      comeBack();
    },
  });
  const inDetail: Step = {
    kind: 'action',
    name: 'work in a detail',
    run: async (page) => {
      const { label, list, one } = task(false);
      await show(page, list, one);
      const view = `igate2:detail-${list}`;
      await shows(view, () => click(page, `a[href*="${one.id}"]`));
      leave();
      await click(page, '.btn-work', label);
      await acts(view, () => click(page, '.btn-save'));
    },
  };
  return [one(1), one(1), one(1), one(2), inDetail];
}

function nonEvents(how: Hands): Step[] {
  const { portal, pick, shows, show, task, openDialog, comeBack, leave, logs, open } = how;
  const step = (name: string, run: Step['run']): Step => ({ kind: 'nonEvent', name, run });
  const some = (status: number) =>
    portal.dossiers.filter((one) => one.status === status && !one.isDeleted && !one.isMineOnly);
  return [
    step('a dialog is closed', async (page) => {
      const { label, list, one } = task(pick([true, false]));
      await show(page, list, one);
      await openDialog(page, one, label);
      await click(page, '.btn-cancel');
      await waitGone(page, 'mat-dialog-container');
    }),
    step('work fails', async (page) => {
      const { label, list, one } = task(true);
      await show(page, list, one);
      await openDialog(page, one, label);
      await logs('a failure', isNotWork, () => click(page, '.btn-save'));
      await waitGone(page, 'mat-dialog-container');
      await waitFor(page, '.error_notification', 'thất bại');
    }),
    step('a dossier is refused or deleted', async (page) => {
      const fresh = some(1).filter(({ trouble }) => trouble !== 'fails');
      // Few are left at the end of the day: then one is only opened.
      if (fresh.length <= 3) {
        await show(page, 'search', pick(portal.dossiers.filter((one) => !one.isDeleted && !one.isMineOnly)));
        return;
      }
      const one = pick(fresh);
      await show(page, 'search', one);
      if (pick([true, false])) {
        await openDialog(page, one, 'Từ chối tiếp nhận');
        await shows('igate2:search', () => click(page, '.btn-save'));
      } else {
        await click(page, `${how.rowOf(one)} .mat-menu-trigger`);
        await click(page, '.menuAction', 'Xóa');
        await click(page, 'app-delete-dossier .mat-checkbox-input');
        const isList = (entry: LogEntry) => entry.kind === 'rendered' && entry.view === 'igate2:search';
        await logs('the list again', isList, () => click(page, '.applyBtn'));
      }
      comeBack();
    }),
    step('a look-up that finds nothing', async (page) => {
      await open(page, 'search');
      await fill(page, 'app-list-search .searchBox', 'H99.50-000000-0000');
      await click(page, '.searchBtn');
      await waitFor(page, 'app-list-search .content', 'Không có kết quả');
      leave();
    }),
    step('a detail is looked at and left by the back button', async (page) => {
      const one = pick(portal.dossiers.filter((each) => !each.isDeleted && !each.isMineOnly));
      await show(page, 'search', one);
      await shows('igate2:detail-search', () => click(page, `a[href*="${one.id}"]`));
      await shows('igate2:search', () => page.goBack({ waitUntil: 'domcontentloaded' }));
      leave();
    }),
    step('the page is loaded anew', async (page) => {
      const list = pick(['search', 'processing'] as const);
      await open(page, list);
      await shows(LISTS[list].view, () => page.reload({ waitUntil: 'domcontentloaded' }));
      leave();
    }),
    step('the log-in page', async (page) => {
      await page.goto(`${portal.url}/auth/realms/digo/login`, { waitUntil: 'domcontentloaded' });
      await waitFor(page, '#kc-form-login');
      leave();
    }),
  ];
}

export const system = dayOf(
  'igate2',
  (options) => startPortal('igate2', { ...options, pageSize: PAGE_SIZE }),
  0x51ed270b,
  (portal, next) => {
    const how = hands(portal, next);
    return { views: views(how), actions: actions(how), nonEvents: nonEvents(how) };
  },
);
