/** The morning on iGate 2: search and processing lists, details, row menus, dialogs. */
import type { Dossier, DossierPortal } from '../portals/types.ts';
import type { Driver } from './driver.ts';
import type { Step } from './morning.ts';

const SEARCH = 'igate2:search';
const PROCESSING = 'igate2:processing';
const NEXT = '.mat-paginator-navigation-next:not([disabled])';

export async function igateMorning(
  driver: Driver,
  portal: DossierPortal,
  step: Step,
  killWorker: (moment: 'afterGesture' | 'afterRows') => Promise<void>,
): Promise<void> {
  const tagged = (tag: string): Dossier => portal.dossiers.find((one) => one.tag === tag)!;
  const rowOf = (one: Dossier) => `tr.mat-row:has(a[href*="${one.id}"])`;
  const open = (path: string, view: string) => async () => {
    await driver.goto(`${portal.url}${path}`);
    await step.rendered(view);
  };
  /** Turns pages until the dossier's row is on the screen; every page turned is one look. */
  const pageTo = async (one: Dossier, view: string) => {
    await driver.waitFor('tr.mat-row');
    while (!(await driver.isVisible(rowOf(one)))) {
      await step.look('next page', async () => {
        await driver.click(NEXT);
        await step.rendered(view);
      });
    }
  };
  const openDialog = async (one: Dossier, label: string) => {
    await driver.click(`${rowOf(one)} .mat-menu-trigger`);
    await driver.clickText('.menuAction span', label);
    await driver.waitFor('mat-dialog-container');
  };
  const workInList = async (tag: string, label: string, path: string, view: string) => {
    const one = tagged(tag);
    await step.look(`${path} for ${tag}`, open(path, view));
    await pageTo(one, view);
    await step.act(`${label} ${tag}`, async () => {
      await openDialog(one, label);
      await driver.click('.btn-save');
      await step.rendered(view);
    });
  };
  const search = (tag: string, label: string) => workInList(tag, label, '/vi/dossier/search', SEARCH);
  const process = (tag: string, label: string) =>
    workInList(tag, label, '/vi/dossier/processing', PROCESSING);
  const allPages = async (path: string, view: string) => {
    await step.look(`${path}, first page`, open(path, view));
    while (await driver.isVisible(NEXT)) {
      await step.look('next page', async () => {
        await driver.click(NEXT);
        await step.rendered(view);
      });
    }
  };
  const detailOf = (one: Dossier) => async () => {
    await driver.click(`a[href*="${one.id}"]`);
    await step.rendered('igate2:detail-search');
  };

  await step.trap('the log-in page', async () => {
    await driver.goto(`${portal.url}/auth/realms/digo/protocol/openid-connect/auth`);
    await driver.waitFor('#kc-login');
  });
  await allPages('/vi/dossier/search', SEARCH);
  await killWorker('afterRows');
  await allPages('/vi/dossier/processing', PROCESSING);

  await step.look('the search list again', open('/vi/dossier/search', SEARCH));
  await step.trap('a look-up by code', async () => {
    await driver.fill('app-list-search .searchBox', tagged('received-0').code);
    await driver.click('.searchBtn');
    await step.rendered(SEARCH);
  });
  await step.trap('a look-up that finds nothing', async () => {
    await driver.fill('app-list-search .searchBox', 'H99.50-000000-0000');
    await driver.click('.searchBtn');
    await driver.waitFor('app-list-search .content', 'Không có kết quả');
  });

  await search('new-0', 'Tiếp nhận');
  await step.trap('receiving cancelled in the dialog', async () => {
    await openDialog(tagged('new-1'), 'Tiếp nhận');
    await driver.click('.btn-cancel');
    await driver.waitGone('mat-dialog-container');
  });
  await step.trap('receiving fails', async () => {
    await openDialog(tagged('new-2'), 'Tiếp nhận');
    await driver.click('.btn-save');
    await step.refused();
    await driver.waitFor('.error_notification', 'thất bại');
  });
  await step.trap('a dossier is deleted', async () => {
    await driver.click(`${rowOf(tagged('new-3'))} .mat-menu-trigger`);
    await driver.clickText('.menuAction span', 'Xóa');
    await driver.fill('app-delete-dossier .mat-input-element', 'Trùng');
    await driver.click('app-delete-dossier .mat-checkbox-input');
    await driver.click('.applyBtn');
    await step.refused();
    await step.rendered(SEARCH);
  });
  await step.look('the search list again', open('/vi/dossier/search', SEARCH));
  await step.act('Tiếp nhận new-4 with a double click', async () => {
    await openDialog(tagged('new-4'), 'Tiếp nhận');
    await driver.doubleClick('.btn-save');
    await step.rendered(SEARCH);
  });
  await step.look('the search list again', open('/vi/dossier/search', SEARCH));
  await step.look('detail of new-5 before it is received', detailOf(tagged('new-5')));
  await step.trap('back to the list by the back button', async () => {
    await driver.back();
    await step.rendered(SEARCH);
  });
  await step.act('Tiếp nhận new-5 from the list', async () => {
    await openDialog(tagged('new-5'), 'Tiếp nhận');
    await killWorker('afterGesture');
    await driver.click('.btn-save');
    await step.rendered(SEARCH);
  });
  await step.look('the search list again', open('/vi/dossier/search', SEARCH));
  await step.trap('a dossier is refused', async () => {
    await openDialog(tagged('new-7'), 'Từ chối tiếp nhận');
    await driver.click('.btn-save');
    await step.refused();
    await step.rendered(SEARCH);
  });

  await step.look('the search list again', open('/vi/dossier/search', SEARCH));
  await step.look('detail of new-6', detailOf(tagged('new-6')));
  await step.act('Tiếp nhận new-6 in its detail', async () => {
    await driver.clickText('.btn-work', 'Tiếp nhận');
    await driver.click('.btn-save');
    await step.rendered('igate2:detail-search');
  });
  await step.trap('the success page is reloaded', async () => {
    await driver.reload();
    await step.rendered('igate2:detail-search');
  });
  await step.trap('the back button after a success', async () => {
    await driver.back();
    await step.rendered(SEARCH);
  });

  await process('received-0', 'Chuyển xử lý');
  await process('processing-0', 'Kết thúc xử lý');
  await process('processing-1', 'Kết thúc xử lý');
  await process('processing-2', 'Kết thúc xử lý');
  await process('processing-3', 'Kết thúc xử lý');
  await process('processing-4', 'Yêu cầu bổ sung');
  await process('shared-1', 'Kết thúc xử lý');
  await search('finished-0', 'Trả kết quả');
  await search('finished-4', 'Trả kết quả');

  for (const tag of ['finished-2', 'finished-3', 'returned-0', 'returned-1', 'received-1', 'withdrawn-0']) {
    await step.look('the search list', open('/vi/dossier/search', SEARCH));
    await pageTo(tagged(tag), SEARCH);
    await step.look(`detail of ${tag}`, detailOf(tagged(tag)));
  }
  await step.look('the processing list', open('/vi/dossier/processing', PROCESSING));
  await step.look('detail of received-1 from the processing list', async () => {
    await driver.click(`a[href*="${tagged('received-1').id}"]`);
    await step.rendered('igate2:detail-processing');
  });
  await step.act('Chuyển xử lý in a detail', async () => {
    await driver.clickText('.btn-work', 'Chuyển xử lý');
    await driver.click('.btn-save');
    await step.rendered('igate2:detail-processing');
  });

  await allPages('/vi/dossier/search', SEARCH);
  // Finished, and never shown as finished again: its row just goes away.
  await process('processing-5', 'Kết thúc xử lý');
}
