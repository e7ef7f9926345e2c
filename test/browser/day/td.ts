/** A day on the practice TD: every list paged through, batches, modals, fees, digitisation, and what only looks like work. */
import type { Page } from 'puppeteer-core';
import { startPortal } from '../../portals/index.ts';
import { listsOf, STATISTICS } from '../../portals/td-lists.ts';
import type { Dossier, DossierPortal } from '../../portals/types.ts';
import { click, fill, isShown, waitFor, waitGone } from './hand.ts';
import { isNotWork, type Witness, witness } from './near.ts';
import { dayOf } from './plan.ts';
import type { Step } from './system.ts';

const PAGE_SIZE = 20;
const LISTS = listsOf(true);
const WAITING = '/dvc/tiep-nhan-ho-so/cho-tiep-nhan-truc-tuyen';
const FRESH = '/dvc/tiep-nhan-ho-so/moi-tiep-nhan';
const PROCESSING = '/dvc/xu-ly-ho-so/dang-xu-ly';
const DIGITISING = '/dvc/cham-so-hoa/cho-so-hoa';
const TO_PAY = '/dvc/thu-phi-le-phi/cho-thu-phi';
const LOOKUP = '/portaldvc/tra-cuu-ho-so';
const RETURNING = ['cho-tra-truc-tuyen', 'cho-tra-truc-tiep', 'cho-tra-bcci'].map(
  (name) => `/dvc/tra-ket-qua/${name}`,
);

const viewOf = (path: string) => `td:${path.split('/').at(-1)}`;
const FEE_KEYS = 50_000;

/** Work by icon: where, which icon, which button of its modal. */
const BY_ICON: readonly {
  readonly paths: readonly string[];
  readonly icon: string;
  readonly button: string;
}[] = [
  { paths: [WAITING], icon: 'Tiếp nhận', button: 'Tiếp nhận' },
  { paths: [FRESH], icon: 'Chuyển xử lý', button: 'Chuyển xử lý' },
  { paths: [PROCESSING], icon: 'Chuyển bước xử lý', button: 'Chuyển bước' },
  { paths: RETURNING, icon: 'Trả kết quả', button: 'Trả kết quả' },
  { paths: [DIGITISING], icon: 'Số hóa', button: 'Số hóa' },
  { paths: [TO_PAY], icon: 'Thu phí', button: 'Xác nhận' },
];

interface Hands extends Witness {
  readonly portal: DossierPortal;
  /** Dossiers of a list that fit, in the order of the list. */
  among(path: string, fits?: (one: Dossier) => boolean): Dossier[];
  open(page: Page, path: string): Promise<void>;
  turnTo(page: Page, path: string, target: number): Promise<void>;
  /** Brings a dossier's row onto the screen. */
  bring(page: Page, path: string, one: Dossier): Promise<void>;
  rowOf(path: string, one: Dossier): string;
  openModal(page: Page, path: string, one: Dossier, icon: string): Promise<void>;
  closeModal(page: Page): Promise<void>;
  press(page: Page, button: string): Promise<void>;
}

function hands(portal: DossierPortal, next: () => number): Hands {
  const seen = witness(portal.log, next, (view) => portal.options.areClassesRebuilt && view !== 'td:modal');
  const listAt = (path: string) => LISTS.find((list) => list.path === path)!;
  let where: { path: string; page: number } | null = null;
  const among: Hands['among'] = (path, fits = () => true) =>
    portal.dossiers.filter((one) => listAt(path).has(one) && fits(one));
  const open: Hands['open'] = async (page, path) => {
    const isInside = page.url().startsWith(`${portal.url}/`) && seen.chance(0.85);
    await seen.shows(viewOf(path), () =>
      isInside
        ? click(page, '.ant-menu-item a', listAt(path).title)
        : page.goto(portal.url + path, { waitUntil: 'domcontentloaded' }),
    );
    where = { path, page: 1 };
  };
  const turnTo: Hands['turnTo'] = async (page, path, target) => {
    const isHere = where?.path === path && new URL(page.url()).pathname === path;
    if (!isHere) await open(page, path);
    const last = Math.max(1, Math.ceil(among(path).length / PAGE_SIZE));
    const wanted = Math.min(target, last);
    if (!isHere && wanted === 1) return;
    await seen.shows(viewOf(path), () => click(page, `.ant-pagination-item-${wanted}`));
    where = { path, page: wanted };
  };
  const keyOf = (path: string, { key }: Dossier) => (path === TO_PAY ? key + FEE_KEYS : key);
  const rowOf = (path: string, one: Dossier) => `tr.ant-table-row[data-row-key^="${keyOf(path, one)}"]`;
  return {
    ...seen,
    portal,
    among,
    open,
    turnTo,
    rowOf,
    bring: async (page, path, one) => {
      if (new URL(page.url()).pathname === path && (await isShown(page, rowOf(path, one)))) return;
      await turnTo(page, path, 1 + Math.floor(among(path).indexOf(one) / PAGE_SIZE));
    },
    openModal: async (page, path, one, icon) => {
      await seen.shows('td:modal', () => click(page, `${rowOf(path, one)} .anticon[title="${icon}"]`));
    },
    closeModal: async (page) => {
      await click(page, '.ant-modal-footer .ant-btn', 'Đóng');
      await waitGone(page, '.ant-modal');
    },
    press: async (page, button) => {
      await click(page, '.ant-modal-footer .ant-btn-primary', button);
      if (portal.options.mode === 'reload') where = null;
    },
  };
}

const isGood = ({ trouble }: Dossier) => trouble === 'none';

function views({ portal, among, turnTo, open, bring, openModal, closeModal, pick, logs }: Hands): Step[] {
  const pages = LISTS.filter(({ path }) => path !== LOOKUP).flatMap(({ path, title }) =>
    Array.from(
      { length: Math.max(1, Math.ceil(among(path).length / PAGE_SIZE)) },
      (_, at): Step => ({
        kind: 'view',
        name: `${title}, page ${at + 1}`,
        run: (page) => turnTo(page, path, at + 1),
      }),
    ),
  );
  const lookup: Step = {
    kind: 'view',
    name: 'a dossier in the public look-up',
    run: async (page) => {
      await open(page, LOOKUP);
      const one = pick(portal.dossiers);
      const isRow = (entry: Parameters<Parameters<typeof logs>[1]>[0]) =>
        entry.kind === 'rendered' && entry.view === viewOf(LOOKUP) && entry.dossiers.length > 0;
      await fill(page, '.ant-input', one.code);
      await logs('the row', isRow, () => click(page, '.ant-btn', 'Tìm kiếm'));
    },
  };
  const modal: Step = {
    kind: 'view',
    name: 'a modal with components',
    run: async (page) => {
      const one = pick(among(WAITING));
      await bring(page, WAITING, one);
      await openModal(page, WAITING, one, 'Xem chi tiết');
      await closeModal(page);
    },
  };
  const statistics: Step = {
    kind: 'view',
    name: 'the report by unit',
    run: async (page) => {
      await page.goto(portal.url + STATISTICS, { waitUntil: 'domcontentloaded' });
      await logs(
        'the figures',
        (entry) => entry.kind === 'totals',
        () => click(page, '.btnThongKe'),
      );
    },
  };
  return [...pages, lookup, modal, statistics, lookup, modal, lookup, modal, statistics];
}

function actions(how: Hands): Step[] {
  const { acts, among, bring, rowOf, openModal, press, pick, turnTo } = how;
  const byIcon: Step = {
    kind: 'action',
    name: 'work by an icon and its modal',
    run: async (page) => {
      const all = BY_ICON.flatMap((work) => work.paths.map((path) => ({ ...work, path })));
      const { path, icon, button } = pick(all.filter((work) => among(work.path, isGood).length > 0));
      const one = pick(among(path, isGood));
      await bring(page, path, one);
      if (path === TO_PAY) {
        await click(page, `${rowOf(path, one)} .anticon[title="${icon}"]`);
        await waitFor(page, '.ant-modal');
      } else await openModal(page, path, one, icon);
      await acts(viewOf(path), () => press(page, button));
    },
  };
  const byBatch: Step = {
    kind: 'action',
    name: 'a batch',
    run: async (page) => {
      const batches = [
        { path: WAITING, label: 'Tiếp nhận' },
        { path: FRESH, label: 'Chuyển xử lý' },
        { path: TO_PAY, label: 'Thu phí' },
      ].filter(({ path }) => among(path, isGood).length > 0);
      const { path, label } = pick(batches);
      const all = among(path);
      const near = Math.floor(all.indexOf(pick(among(path, isGood))) / PAGE_SIZE);
      await turnTo(page, path, near + 1);
      const onPage = all.slice(near * PAGE_SIZE, (near + 1) * PAGE_SIZE);
      const good = onPage.filter(isGood).slice(0, pick([1, 2, 3, 4]));
      // A refused one among them is named by a warning and not counted.
      const refused =
        path === WAITING ? onPage.filter(({ trouble }) => trouble === 'refused').slice(0, 1) : [];
      for (const one of [...good, ...refused]) {
        const box = `${rowOf(path, one)} .ant-checkbox-input`;
        await click(page, box);
        await waitFor(page, `${box}:checked`);
      }
      await acts(viewOf(path), async () => {
        await click(page, '.batch', label);
        if (label === 'Thu phí') await press(page, 'Xác nhận');
      });
    },
  };
  return [byIcon, byBatch, byIcon, byIcon];
}

function nonEvents(how: Hands): Step[] {
  const { among, bring, rowOf, openModal, closeModal, press, pick, logs, open, shows, turnTo } = how;
  const step = (name: string, run: Step['run']): Step => ({ kind: 'nonEvent', name, run });
  const some = (path: string, fits: (one: Dossier) => boolean) => {
    const found = among(path, fits);
    return found.length > 0 ? pick(found) : null;
  };
  const look = async (page: Page) => {
    const one = pick(among(PROCESSING));
    await bring(page, PROCESSING, one);
    await openModal(page, PROCESSING, one, 'Xem chi tiết');
    await closeModal(page);
  };
  return [
    step('a batch with nothing chosen', async (page) => {
      const [path, label] = pick([
        [WAITING, 'Tiếp nhận'],
        [FRESH, 'Chuyển xử lý'],
        [TO_PAY, 'Thu phí'],
      ] as const);
      await turnTo(page, path, 1);
      await click(page, '.batch', label);
      await waitFor(page, '.Toastify__toast--warning', 'Vui lòng chọn hồ sơ trước');
    }),
    step('a modal that does nothing', async (page) => {
      const one = some(WAITING, ({ trouble }) => trouble === 'deadModal');
      if (!one) return look(page);
      await bring(page, WAITING, one);
      await openModal(page, WAITING, one, 'Tiếp nhận');
      await closeModal(page);
    }),
    step('a modal is given up', async (page) => {
      const { paths, icon } = pick(
        BY_ICON.filter(({ paths: [path] }) => path !== TO_PAY && among(path!).length > 0),
      );
      const one = pick(among(paths[0]!));
      await bring(page, paths[0]!, one);
      await openModal(page, paths[0]!, one, icon);
      await closeModal(page);
    }),
    step('work fails without a word', async (page) => {
      const fails = ({ trouble }: Dossier) => trouble === 'fails';
      const work = BY_ICON.filter(({ paths: [path] }) => path !== TO_PAY && among(path!, fails).length > 0);
      if (work.length === 0) return look(page);
      const { paths, icon, button } = pick(work);
      const one = pick(among(paths[0]!, fails));
      await bring(page, paths[0]!, one);
      await openModal(page, paths[0]!, one, icon);
      await logs('a failure', isNotWork, () => click(page, '.ant-modal-footer .ant-btn-primary', button));
      await closeModal(page);
    }),
    step('a dossier is refused', async (page) => {
      const one = some(WAITING, isGood);
      if (!one || among(WAITING, isGood).length < 4) return look(page);
      await bring(page, WAITING, one);
      await openModal(page, WAITING, one, 'Từ chối tiếp nhận');
      await shows(viewOf(WAITING), () => press(page, 'Đồng ý'));
    }),
    step('a dossier is only looked at', look),
    step('a fee is ticked and given up', async (page) => {
      const one = some(TO_PAY, () => true);
      if (!one) return look(page);
      await bring(page, TO_PAY, one);
      await click(page, `${rowOf(TO_PAY, one)} .ant-checkbox-input`);
      await click(page, '.batch', 'Thu phí');
      await waitFor(page, '.ant-modal');
      await closeModal(page);
      await click(page, `${rowOf(TO_PAY, one)} .ant-checkbox-input`);
    }),
    step('the page is loaded anew', async (page) => {
      const path = pick([PROCESSING, WAITING, FRESH]);
      await open(page, path);
      await shows(viewOf(path), () => page.reload({ waitUntil: 'domcontentloaded' }));
    }),
    step('a look-up that finds nothing', async (page) => {
      await open(page, LOOKUP);
      await fill(page, '.ant-input', 'H99.50-000000-0000');
      await shows(viewOf(LOOKUP), () => click(page, '.ant-btn', 'Tìm kiếm'));
    }),
  ];
}

export const system = dayOf(
  'td-antd',
  (options) => startPortal('td', { ...options, pageSize: PAGE_SIZE }),
  0x3ad8025f,
  (portal, next) => {
    const how = hands(portal, next);
    return { views: views(how), actions: actions(how), nonEvents: nonEvents(how) };
  },
);
