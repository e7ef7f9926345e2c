/** Short days: nothing but receiving, for success messages that say other words; nothing but looking. */
import { startPortal } from '../../portals/index.ts';
import type { Dossier, DossierPortal } from '../../portals/types.ts';
import { click, waitFor, waitGone } from './hand.ts';
import { witness } from './near.ts';
import { optionsOf } from './plan.ts';
import type { DaySystem, StartedSystem, Step } from './system.ts';

const SEARCH = '/vi/dossier/search';
const WAITING = '/dvc/tiep-nhan-ho-so/cho-tiep-nhan-truc-tuyen';

function dayOf(portal: DossierPortal, open: Step, receive: (one: Dossier) => Step['run']): StartedSystem {
  const fresh = portal.dossiers.filter(({ status, trouble }) => status === 1 && trouble === 'none');
  return {
    url: portal.url,
    log: portal.log,
    steps: ({ actions }) => [
      open,
      ...fresh.slice(0, actions).map((one): Step => ({ kind: 'action', name: 'receive', run: receive(one) })),
    ],
    close: portal.close,
  };
}

export const igate2Receiving: DaySystem = {
  family: 'igate2',
  start: async (variant) => {
    const portal = await startPortal('igate2', { ...optionsOf(variant), pageSize: 100 });
    const { shows, acts } = witness(portal.log, Math.random);
    const open: Step = {
      kind: 'view',
      name: 'the list',
      run: (page) => shows('igate2:search', () => page.goto(portal.url + SEARCH)),
    };
    return dayOf(portal, open, ({ id }) => async (page) => {
      await click(page, `tr.mat-row:has(a[href*="${id}"]) .mat-menu-trigger`);
      await click(page, '.menuAction', 'Tiếp nhận');
      await waitFor(page, 'mat-dialog-container');
      await acts('igate2:search', () => click(page, '.btn-save'));
      await waitGone(page, 'mat-dialog-container');
    });
  },
};

/** The list and nothing else, for a list that leads nowhere. */
export const igate2Looking: DaySystem = {
  family: 'igate2',
  start: async (variant) => {
    const portal = await startPortal('igate2', { ...optionsOf(variant), pageSize: 100 });
    const { shows } = witness(portal.log, Math.random);
    const open: Step = {
      kind: 'view',
      name: 'the list',
      run: (page) => shows('igate2:search', () => page.goto(portal.url + SEARCH)),
    };
    return { url: portal.url, log: portal.log, steps: () => [open, open, open], close: portal.close };
  },
};

export const tdReceiving: DaySystem = {
  family: 'td-antd',
  start: async (variant) => {
    const portal = await startPortal('td', { ...optionsOf(variant), pageSize: 100 });
    const { shows, acts } = witness(portal.log, Math.random);
    const view = `td:${WAITING.split('/').at(-1)}`;
    const open: Step = {
      kind: 'view',
      name: 'the list',
      run: (page) => shows(view, () => page.goto(portal.url + WAITING)),
    };
    return dayOf(portal, open, ({ key }) => async (page) => {
      await shows('td:modal', () => click(page, `tr[data-row-key="${key}"] .anticon[title="Tiếp nhận"]`));
      await acts(view, () => click(page, '.ant-modal-footer .ant-btn-primary', 'Tiếp nhận'));
      await waitGone(page, '.ant-modal');
    });
  },
};
