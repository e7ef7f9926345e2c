/** The morning on TD: batches, modals, toasts that say too much, too little or nothing. */
import type { Dossier, DossierPortal } from '../portals/types.ts';
import type { Driver } from './driver.ts';
import type { Step } from './morning.ts';

interface Hooks {
  killWorker(moment: 'afterGesture' | 'afterRows'): Promise<void>;
  changeDuty(): Promise<void>;
}

export async function tdMorning(
  driver: Driver,
  portal: DossierPortal,
  step: Step,
  hooks: Hooks,
): Promise<void> {
  const tagged = (tag: string): Dossier => portal.dossiers.find((one) => one.tag === tag)!;
  const rowOf = (tag: string, shift = 0) => `tr.ant-table-row[data-row-key="${tagged(tag).key + shift}"]`;
  const viewOf = (path: string) => `td:${path.split('/').at(-1)}`;
  const open = (path: string) =>
    step.look(path, async () => {
      await driver.goto(`${portal.url}${path}`);
      await step.rendered(viewOf(path));
    });
  const allPages = async (path: string) => {
    await open(path);
    for (let page = 2; await driver.isVisible(`.ant-pagination-item-${page}`); page += 1) {
      await step.look(`${path}, page ${page}`, async () => {
        await driver.click(`.ant-pagination-item-${page}`);
        await step.rendered(viewOf(path));
      });
    }
  };
  const tick = async (tags: readonly string[], shift = 0) => {
    for (const tag of tags) await driver.click(`${rowOf(tag, shift)} .ant-checkbox-input`);
  };
  const icon = async (tag: string, title: string) => {
    await driver.click(`${rowOf(tag)} .anticon[title="${title}"]`);
    await driver.waitFor('.ant-modal');
    await step.rendered('td:modal');
  };
  const byIcon = (tag: string, title: string, button: string, path: string) =>
    step.act(`${title} ${tag}`, async () => {
      await icon(tag, title);
      await driver.clickText('.ant-modal-footer .ant-btn', button);
      await step.rendered(viewOf(path));
    });
  const closeModal = async () => {
    await driver.clickText('.ant-modal-footer .ant-btn', 'Đóng');
    await driver.waitGone('.ant-modal');
  };

  const waiting = '/dvc/tiep-nhan-ho-so/cho-tiep-nhan-truc-tuyen';
  await allPages(waiting);
  await step.trap('a batch with nothing chosen', async () => {
    await driver.clickText('.batch', 'Tiếp nhận');
    await driver.waitFor('.Toastify__toast--warning', 'Vui lòng chọn hồ sơ trước');
  });
  await step.act('a batch of three, one refused', async () => {
    await tick(['waiting-0', 'waiting-1', 'waiting-2']);
    await driver.clickText('.batch', 'Tiếp nhận');
    await step.rendered(viewOf(waiting));
  });
  await byIcon('waiting-3', 'Tiếp nhận', 'Tiếp nhận', waiting);
  await byIcon('waiting-4', 'Tiếp nhận', 'Tiếp nhận', waiting);
  await step.trap('a modal that does nothing', async () => {
    await icon('waiting-5', 'Tiếp nhận');
    await closeModal();
  });
  await step.trap('receiving fails without a word', async () => {
    await icon('waiting-6', 'Tiếp nhận');
    await driver.clickText('.ant-modal-footer .ant-btn', 'Tiếp nhận');
    await step.refused();
    await closeModal();
  });
  await step.trap('a dossier is refused', async () => {
    await icon('waiting-7', 'Từ chối tiếp nhận');
    await driver.clickText('.ant-modal-footer .ant-btn', 'Đồng ý');
    await step.refused();
    await step.rendered(viewOf(waiting));
  });
  await step.trap('a dossier is only looked at', async () => {
    await icon('waiting-8', 'Xem chi tiết');
    await closeModal();
  });
  await open('/dvc/tiep-nhan-ho-so/tu-choi-tiep-nhan');

  const fresh = '/dvc/tiep-nhan-ho-so/moi-tiep-nhan';
  await allPages(fresh);
  await open(fresh);
  await step.act('a batch of three is forwarded', async () => {
    await tick(['fresh-0', 'fresh-1', 'fresh-2']);
    await driver.clickText('.batch', 'Chuyển xử lý');
    await step.rendered(viewOf(fresh));
  });
  await byIcon('fresh-3', 'Chuyển xử lý', 'Chuyển xử lý', fresh);

  await hooks.changeDuty();

  const processing = '/dvc/xu-ly-ho-so/dang-xu-ly';
  await allPages(processing);
  for (const tag of ['fresh-0', 'fresh-1', 'fresh-2', 'fresh-3']) {
    await open(processing);
    await byIcon(tag, 'Chuyển bước xử lý', 'Chuyển bước', processing);
  }

  const direct = '/dvc/tra-ket-qua/cho-tra-truc-tiep';
  const online = '/dvc/tra-ket-qua/cho-tra-truc-tuyen';
  await allPages(direct);
  await allPages(online);
  await open(direct);
  await byIcon('counter-0', 'Trả kết quả', 'Trả kết quả', direct);
  await byIcon('counter-1', 'Trả kết quả', 'Trả kết quả', direct);
  await step.trap('returning fails after the rating succeeded', async () => {
    await icon('counter-4', 'Trả kết quả');
    await driver.clickText('.ant-modal-footer .ant-btn', 'Trả kết quả');
    await driver.waitFor('.Toastify__toast--success', 'Đánh giá thành công!');
    await step.refused();
    await closeModal();
  });
  await open(online);
  await byIcon('online-0', 'Trả kết quả', 'Trả kết quả', online);
  await allPages('/dvc/tra-ket-qua/da-tra');

  await payments(driver, portal, step, { tick, open, allPages });

  await step.trap('the public look-up', async () => {
    await driver.goto(`${portal.url}/portaldvc/tra-cuu-ho-so`);
    await step.rendered('td:tra-cuu-ho-so');
  });
  await step.trap('a dossier in the public look-up', async () => {
    await driver.fill('.ant-input', tagged('counter-3').code);
    await driver.clickText('.ant-btn', 'Tìm kiếm');
    await driver.waitFor(rowOf('counter-3'));
    await step.rendered('td:tra-cuu-ho-so');
  });
}

interface Gestures {
  tick(tags: readonly string[], shift?: number): Promise<void>;
  open(path: string): Promise<void>;
  allPages(path: string): Promise<void>;
}

async function payments(
  driver: Driver,
  portal: DossierPortal,
  step: Step,
  { tick, open, allPages }: Gestures,
): Promise<void> {
  const toPay = '/dvc/thu-phi-le-phi/cho-thu-phi';
  await allPages(toPay);
  await open(toPay);
  const payable = portal.dossiers.filter(
    (one) => one.payment === 'unpaid' && [2, 4, 9, 10].includes(one.status) && one.fee > 0,
  );
  const good = payable.filter((one) => one.trouble !== 'fails').slice(0, 2);
  await step.trap('collecting fees with nothing chosen', async () => {
    await driver.clickText('.batch', 'Thu phí');
    await driver.waitFor('.Toastify__toast--warning', 'Vui lòng chọn hồ sơ trước');
  });
  await step.trap('collecting fees is given up', async () => {
    await tick([good[0]!.tag], 50_000);
    await driver.clickText('.batch', 'Thu phí');
    await driver.clickText('.ant-modal-footer .ant-btn', 'Đóng');
    await driver.waitGone('.ant-modal');
    await tick([good[0]!.tag], 50_000);
  });
  await step.act('fees of two dossiers at once', async () => {
    await tick(
      good.map((one) => one.tag),
      50_000,
    );
    await driver.clickText('.batch', 'Thu phí');
    await driver.clickText('.ant-modal-footer .ant-btn', 'Xác nhận');
    await step.rendered('td:cho-thu-phi');
  });
  await allPages('/dvc/thu-phi-le-phi/da-thu-phi');
}
