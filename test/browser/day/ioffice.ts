/** A day on the practice iOffice: lists of both directions, documents finished one by one and in batches, native confirm(). */
import type { Dialog, Page } from 'puppeteer-core';
import { startPortal } from '../../portals/index.ts';
import type { DocumentPortal, IncomingDocument } from '../../portals/types.ts';
import { click, isShown, until, waitFor } from './hand.ts';
import { isNotWork, type Witness, witness } from './near.ts';
import { dayOf } from './plan.ts';
import type { Step } from './system.ts';

const PAGE_SIZE = 20;
const MENUS = { all: 'm2765', waiting: 'm2766', outgoing: 'm2282', published: 'm2796' } as const;
type Menu = keyof typeof MENUS;
const viewOf = (menu: Menu) =>
  menu === 'outgoing' || menu === 'published' ? 'ioffice:outgoing' : 'ioffice:incoming';

type Answer = 'accept' | 'dismiss';

interface Hands extends Witness {
  readonly portal: DocumentPortal;
  count(menu: Menu): number;
  /** Brings one page of a list onto the screen. */
  turnTo(page: Page, menu: Menu, target: number): Promise<void>;
  /** Brings a document of the whole incoming list onto the screen. */
  bring(page: Page, one: IncomingDocument): Promise<void>;
  tick(page: Page, chosen: readonly IncomingDocument[]): Promise<void>;
  /** Does something that opens native dialogs, answers each, and waits until `asked` of them came. */
  answering(page: Page, answer: Answer, asked: number, act: () => Promise<unknown>): Promise<void>;
  leave(): void;
}

function hands(portal: DocumentPortal, next: () => number): Hands {
  const seen = witness(portal.log, next, () => portal.options.areClassesRebuilt);
  let where: { menu: Menu; page: number } | null = null;
  const listOf = (menu: Menu): readonly { readonly id: number }[] => {
    if (menu === 'all') return portal.documents;
    if (menu === 'waiting') return portal.documents.filter(({ isDone }) => !isDone);
    return portal.outgoing.filter(({ isPublished }) => isPublished === (menu === 'published'));
  };
  const turnTo: Hands['turnTo'] = async (page, menu, target) => {
    const last = Math.max(1, Math.ceil(listOf(menu).length / PAGE_SIZE));
    const wanted = Math.min(target, last);
    if (where?.menu !== menu) {
      const isInside = page.url().startsWith(`${portal.url}/qlvbdh/main`) && seen.chance(0.8);
      await seen.shows(viewOf(menu), () =>
        isInside
          ? click(page, `#${MENUS[menu]}`)
          : page.goto(`${portal.url}/qlvbdh/main?lang=vi&CBAkTA9f5o=${MENUS[menu]}`, {
              waitUntil: 'domcontentloaded',
            }),
      );
      where = { menu, page: 0 };
    }
    if (where.page !== wanted) {
      await seen.shows(viewOf(menu), () => click(page, `.pagination a[onclick="page.gotoPage(${wanted})"]`));
    }
    where = { menu, page: wanted };
  };
  return {
    ...seen,
    portal,
    count: (menu) => listOf(menu).length,
    turnTo,
    bring: (page, one) => turnTo(page, 'all', 1 + Math.floor(portal.documents.indexOf(one) / PAGE_SIZE)),
    tick: async (page, chosen) => {
      // The list may be filled a second time and lose its ticks: then they are set again.
      for (let missing = [...chosen]; missing.length > 0; ) {
        for (const { id } of missing) await click(page, `#vb_${id} .chk_vb:not(:checked)`);
        const isSet = await Promise.all(missing.map(({ id }) => isShown(page, `#vb_${id} .chk_vb:checked`)));
        missing = missing.filter((_, at) => !isSet[at]);
      }
    },
    answering: async (page, answer, asked, act) => {
      let came = 0;
      const reply = (dialog: Dialog) => {
        came += 1;
        void (answer === 'accept' ? dialog.accept() : dialog.dismiss());
      };
      page.on('dialog', reply);
      try {
        await act();
        await until(`${asked} native dialogs`, () => came >= asked);
      } finally {
        page.off('dialog', reply);
      }
    },
    leave: () => {
      where = null;
    },
  };
}

const isOwn = ({ role }: IncomingDocument) => role === 'XLC' || role === 'PH';
const isOpen = (one: IncomingDocument) => isOwn(one) && !one.isDone;

function views({ count, turnTo, shows, pick, leave }: Hands): Step[] {
  const pages = (Object.keys(MENUS) as Menu[]).flatMap((menu) =>
    Array.from(
      { length: Math.max(1, Math.ceil(count(menu) / PAGE_SIZE)) },
      (_, at): Step => ({
        kind: 'view',
        name: `${menu}, page ${at + 1}`,
        run: (page) => turnTo(page, menu, at + 1),
      }),
    ),
  );
  const ofRole: Step = {
    kind: 'view',
    name: 'only the documents of one role',
    run: async (page) => {
      await turnTo(page, 'all', 1);
      await shows('ioffice:incoming', () => click(page, `.color_clk[c-val="${pick(['xlc', 'ph'])}"]`));
      await shows('ioffice:incoming', () => click(page, '.color_clk[c-val=""]'));
      leave();
    },
  };
  return [...pages, ofRole, ofRole];
}

function actions({ portal, pick, bring, tick, acts, answering }: Hands): Step[] {
  const good = () => portal.documents.filter((one) => isOpen(one) && one.trouble === 'none');
  const single: Step = {
    kind: 'action',
    name: 'finish one document',
    isSeen: true,
    run: async (page) => {
      const one = pick(good());
      await bring(page, one);
      await answering(page, 'accept', 1, () =>
        acts('ioffice:incoming', () => click(page, `#vb_${one.id} .btn-primary`)),
      );
    },
  };
  const batch: Step = {
    kind: 'action',
    name: 'finish documents in bulk',
    isSeen: true,
    run: async (page) => {
      const one = pick(good());
      await bring(page, one);
      const first = Math.floor(portal.documents.indexOf(one) / PAGE_SIZE) * PAGE_SIZE;
      const near = portal.documents.slice(first, first + PAGE_SIZE).filter((each) => good().includes(each));
      await tick(page, near.slice(0, pick([1, 2, 3])));
      await answering(page, 'accept', 1, () => acts('ioffice:incoming', () => click(page, '.btn-warning')));
    },
  };
  return [single, single, single, batch];
}

function nonEvents({ portal, pick, bring, tick, turnTo, answering, logs, shows, leave }: Hands): Step[] {
  const step = (name: string, run: Step['run']): Step => ({ kind: 'nonEvent', name, run });
  const open = () => portal.documents.filter(isOpen);
  const untick = async (page: Page, chosen: readonly IncomingDocument[]) => {
    for (const { id } of chosen) await click(page, `#vb_${id} .chk_vb`);
  };
  return [
    step('confirm() is cancelled', async (page) => {
      const one = pick(open());
      await bring(page, one);
      await answering(page, 'dismiss', 1, () => click(page, `#vb_${one.id} .btn-primary`));
    }),
    step('confirm() is cancelled and the list loaded anew', async (page) => {
      const one = pick(open());
      await bring(page, one);
      await answering(page, 'dismiss', 1, () => click(page, `#vb_${one.id} .btn-primary`));
      await shows('ioffice:incoming', () => page.reload({ waitUntil: 'domcontentloaded' }));
    }),
    step('in bulk with nothing chosen', async (page) => {
      await turnTo(page, 'all', 1);
      await answering(page, 'accept', 1, () => click(page, '.btn-warning'));
    }),
    step('in bulk, and cancelled', async (page) => {
      const one = pick(open());
      await bring(page, one);
      await tick(page, [one]);
      await answering(page, 'dismiss', 1, () => click(page, '.btn-warning'));
      await untick(page, [one]);
    }),
    step('finishing fails', async (page) => {
      const one = pick(portal.documents.filter((each) => isOpen(each) && each.trouble === 'fails'));
      await bring(page, one);
      await answering(page, 'accept', 2, () =>
        logs('a failure', isNotWork, () => click(page, `#vb_${one.id} .btn-primary`)),
      );
    }),
    step('the list is loaded anew', async (page) => {
      await turnTo(page, 'all', pick([1, 2, 3]));
      await shows('ioffice:incoming', () => page.reload({ waitUntil: 'domcontentloaded' }));
    }),
    step('a document is opened', async (page) => {
      const one = pick(portal.documents);
      await bring(page, one);
      await click(page, `#vbden_trichyeu_${one.id}`);
    }),
    step('the log-in page', async (page) => {
      await page.goto(`${portal.url}/qlvbdh/login`, { waitUntil: 'domcontentloaded' });
      await waitFor(page, '#form_login_qlvb');
      await click(page, '#submitBtn');
      leave();
    }),
  ];
}

export const system = dayOf(
  'ioffice-dwr',
  (options) => startPortal('ioffice', { ...options, pageSize: PAGE_SIZE }),
  0x11a9b3d7,
  (portal, next) => {
    const how = hands(portal, next);
    return { views: views(how), actions: actions(how), nonEvents: nonEvents(how) };
  },
);
