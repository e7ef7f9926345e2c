/** The morning on iOffice: mixed lists, native confirm(), a full reload as the only word of success. */
import type { DocumentPortal } from '../portals/types.ts';
import type { Driver } from './driver.ts';
import type { Step } from './morning.ts';

const VIEW = 'ioffice:incoming';

export async function iofficeMorning(driver: Driver, portal: DocumentPortal, step: Step): Promise<void> {
  const idOf = (tag: string) => portal.documents.find((one) => one.tag === tag)!.id;
  const endButton = (tag: string) => `#vb_${idOf(tag)} .btn-primary`;
  const toPage = (page: number) =>
    step.look(`page ${page}`, async () => {
      await driver.click(`.pagination a[onclick="page.gotoPage(${page})"]`);
      await step.rendered(VIEW);
    });
  const tick = async (tags: readonly string[]) => {
    for (const tag of tags) await driver.click(`#vb_${idOf(tag)} .chk_vb`);
  };
  const asked = async (work: () => Promise<void>) => {
    const before = driver.dialogs();
    await work();
    const end = Date.now() + 20_000;
    while (driver.dialogs() === before) {
      if (Date.now() > end) throw new Error('No native dialog came');
      await new Promise((done) => setTimeout(done, 10));
    }
  };
  const open = () =>
    step.look('incoming list', async () => {
      await driver.goto(`${portal.url}/qlvbdh/main?lang=vi`);
      await step.rendered(VIEW);
    });

  await step.trap('the log-in page', async () => {
    await driver.goto(`${portal.url}/qlvbdh/login`);
    await driver.waitFor('#form_login_qlvb');
    await driver.click('#submitBtn');
  });
  await open();
  await toPage(2);
  await toPage(3);
  await toPage(1);

  driver.onDialog('dismiss');
  await step.trap('finishing is cancelled in confirm()', () => asked(() => driver.click(endButton('XLC-0'))));
  await step.trap('the list is loaded anew after the cancelled confirm()', async () => {
    await driver.reload();
    await step.rendered(VIEW);
  });
  driver.onDialog('accept');
  await step.act('Kết thúc one document (XLC)', async () => {
    await driver.click(endButton('XLC-0'));
    await step.rendered(VIEW);
  });
  await step.trap('the success page is reloaded', async () => {
    await driver.reload();
    await step.rendered(VIEW);
  });
  await step.act('Kết thúc one document (PH)', async () => {
    await driver.click(endButton('PH-0'));
    await step.rendered(VIEW);
  });

  await step.trap('finishing in bulk with nothing chosen', () => asked(() => driver.click('.btn-warning')));
  driver.onDialog('dismiss');
  await step.trap('finishing in bulk is cancelled', async () => {
    await tick(['XLC-1', 'XLC-2']);
    await asked(() => driver.click('.btn-warning'));
    await tick(['XLC-1', 'XLC-2']);
  });
  driver.onDialog('accept');
  await step.act('Kết thúc hàng loạt, three documents', async () => {
    await tick(['XLC-1', 'XLC-2', 'PH-1']);
    await driver.click('.btn-warning');
    await step.rendered(VIEW);
  });

  await toPage(2);
  await step.trap('finishing fails', async () => {
    await driver.click(endButton('XLC-5'));
    await step.refused();
  });
  await step.act('Kết thúc one document on the second page', async () => {
    await driver.click(endButton('XLC-6'));
    await step.rendered(VIEW);
  });
  await step.trap('the outgoing list', async () => {
    await driver.click('#m2796');
    await driver.waitFor('#tabale_dsvb');
  });
  await step.trap('only the list of one role', async () => {
    await driver.goto(`${portal.url}/qlvbdh/main?lang=vi&p=1`);
    await step.rendered(VIEW);
    await driver.click(".color_clk[c-val='ph']");
    await driver.waitGone("#dt_basic tr[role_type_code='XLC']");
  });
}
