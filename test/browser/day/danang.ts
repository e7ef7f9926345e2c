/** A day on the practice Đà Nẵng eGov: desk and case officer, details and batches, native dialogs accepted and cancelled. */
import type { Page } from 'puppeteer-core';
import { type DanangPortal, startDanang } from '../../portals/danang.ts';
import { addressOf, PATHS, type Place } from '../../portals/danang-pages.ts';
import { type DanangDossier, type ListName, OFFICERS, TABS } from '../../portals/danang-records.ts';
import { shuffled } from '../../portals/look.ts';
import { random } from '../../portals/seed.ts';
import type { LogEntry } from '../../portals/types.ts';
import { click, fill, until } from './hand.ts';
import { witness } from './near.ts';
import { optionsOf } from './plan.ts';
import { answering, read, visit } from './pointer.ts';
import type { DaySystem, StartedSystem, Step, Variant } from './system.ts';

const button = (label: string) => `input.egov-button[value="${label}"]`;
const rendered = (view: string) => (entry: LogEntry) =>
  (entry.kind === 'rendered' && entry.view === view) || (entry.kind === 'totals' && entry.view === view);

/** What a dossier will be once the steps drawn so far have run. */
interface Fate {
  status: number;
  isPaid: boolean;
  isMine: boolean;
  /** Taken by a batch whose extent is seen only on the page. */
  isTaken: boolean;
}

interface Deed {
  readonly label: string;
  readonly list: ListName;
  readonly fits: (fate: Fate, one: DanangDossier) => boolean;
  readonly change: (fate: Fate) => void;
  readonly needsText?: boolean;
}

const to = (status: number) => (fate: Fate) => {
  fate.status = status;
};
const RECEIVE: Deed = { label: 'Tiếp nhận', list: 'desk', fits: ({ status }) => status === 1, change: to(2) };
const REFUSE: Deed = { ...RECEIVE, label: 'Từ chối', change: to(3), needsText: true };
const FORWARD: Deed = {
  label: 'Chuyển hồ sơ',
  list: 'desk',
  fits: ({ status }) => status === 2,
  change: to(4),
};
const HAND_OUT: Deed = {
  label: 'Trả kết quả',
  list: 'desk',
  fits: ({ status }) => status === 9,
  change: to(10),
};
const COLLECT: Deed = {
  label: 'Thu tiền',
  list: 'desk',
  fits: ({ status, isPaid }, { fee }) => [2, 4, 9].includes(status) && fee > 0 && !isPaid,
  change: (fate) => {
    fate.isPaid = true;
  },
};
const PASS_ON: Deed = {
  label: 'Luân chuyển',
  list: 'officer',
  fits: ({ status, isMine }) => status === 4 && isMine,
  change: (fate) => {
    fate.isMine = false;
  },
};
const ASK_MORE: Deed = { ...PASS_ON, label: 'Yêu cầu bổ sung', change: to(5), needsText: true };
const STOP: Deed = { ...PASS_ON, label: 'Dừng xử lý', change: to(8), needsText: true };
const KEEP_FILE: Deed = { ...PASS_ON, label: 'Lưu tài liệu', change: () => {} };

/** Drawn more often where it stands twice. */
const ACTIONS = [
  RECEIVE,
  RECEIVE,
  FORWARD,
  HAND_OUT,
  HAND_OUT,
  COLLECT,
  COLLECT,
  PASS_ON,
  ASK_MORE,
  'batch',
] as const;
const NON_EVENTS = [
  'cancel',
  'cancel',
  'fail',
  'fail',
  'noText',
  'done',
  'done',
  'look',
  'icon',
  'noTick',
  'withdraw',
  'withdrawCancelled',
  'search',
  'report',
  'login',
  'again',
] as const;

type Work = Deed | 'batch';

function stepsOf(
  portal: DanangPortal,
  seed: number,
  want: { actions: number; nonEvents: number },
  works: readonly Work[],
): Step[] {
  const next = random(seed ^ 0x0da7);
  const { log, note } = portal;
  const { logs } = witness(log, next);
  const fates = new Map(
    portal.dossiers.map((one): [DanangDossier, Fate] => [
      one,
      { status: one.status, isPaid: one.isPaid, isMine: one.officer === OFFICERS[0], isTaken: false },
    ]),
  );
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!;
  const candidates = (deed: Deed, isTroubled: boolean) =>
    portal.dossiers.filter((one) => {
      const fate = fates.get(one)!;
      return one.isTroubled === isTroubled && !fate.isTaken && deed.fits(fate, one);
    });

  /** Comes to a list by a click where one leads there, else by its address. */
  const goTo = async (page: Page, place: Place): Promise<void> => {
    const here = await read(page, () => ({
      path: location.pathname,
      tab: document.querySelector('.aui-tab-active a')?.getAttribute('data-tab') ?? '',
      officer: document.querySelector<HTMLSelectElement>('#sel_can_bo')?.value ?? '0',
      text: document.querySelector<HTMLInputElement>('#tuKhoa')?.value ?? '',
      pages: [...document.querySelectorAll('.page-link')].map((link) =>
        Number(link.getAttribute('data-page')),
      ),
    }));
    const isList =
      here.tab !== '' && here.path === PATHS[place.list] && here.officer === (place.officer ?? '0');
    const isSame = isList && here.tab === place.tab && here.text === '';
    await logs(`list ${place.list}`, rendered(`danang:${place.list}`), async () => {
      if (isSame && here.pages.includes(place.page)) {
        await click(page, `.page-link[data-page="${place.page}"]`);
      } else if (isList && place.page === 1) await click(page, `.tab-link[data-tab="${place.tab}"]`);
      else await visit(page, portal.url + addressOf(place));
    });
  };
  const placeOf = (one: DanangDossier, list: ListName): Place => {
    const place = portal.whereIs(one, list);
    if (!place) throw new Error(`Dossier of status ${one.status} is not on list ${list}`);
    return place;
  };
  const showList = (one: DanangDossier, list: ListName): Step => ({
    kind: 'view',
    name: `list ${list}`,
    run: (page) => goTo(page, placeOf(one, list)),
  });
  const open = (one: DanangDossier, list: ListName, by = 'a'): Step => ({
    kind: by === 'a' ? 'view' : 'nonEvent',
    name: by === 'a' ? `detail ${list}` : 'icon that only opens the dossier',
    run: (page) =>
      logs('detail', rendered(`danang:detail-${list}`), async () => {
        const end = by === 'a' ? `a[href$="idHoso=${one.id}"]` : `.egov-icon[data-href$="idHoso=${one.id}"]`;
        await click(page, end);
        if (by !== 'a') note('shown:detail', [one.code]);
      }),
  });
  const back = (page: Page, list: ListName) =>
    logs('list again', rendered(`danang:${list}`), () => click(page, button('Quay lại')));
  const press = async (page: Page, deed: Deed, answers: readonly ('accept' | 'dismiss')[]) => {
    if (deed.needsText) await fill(page, '#noiDungYKien', 'Thieu giay to');
    await answering(page, answers, () => click(page, button(deed.label)));
  };
  const comesBackTo = (deed: Deed) =>
    deed.label === 'Thu tiền' || deed.label === 'Lưu tài liệu'
      ? `danang:detail-${deed.list}`
      : `danang:${deed.list}`;
  const succeed = (deed: Deed, kind: 'action' | 'notWork') => async (page: Page) => {
    const before = log().length;
    await press(page, deed, ['accept']);
    await until(`${deed.label} succeeded`, () => {
      const since = log().slice(before);
      const done = since.findIndex((entry) => entry.kind === kind);
      return done >= 0 && since.slice(done).some(rendered(comesBackTo(deed)));
    });
  };
  /** By a message's link, without the list before it. */
  const openByAddress = (one: DanangDossier, list: ListName): Step => ({
    kind: 'view',
    name: `detail ${list} by its address`,
    run: (page) =>
      logs('detail', rendered(`danang:detail-${list}`), () =>
        visit(page, portal.url + addressOf({ ...placeOf(one, list), dossier: one.id })),
      ),
  });
  const act = (deed: Deed, one: DanangDossier, step: Step): Step[] =>
    next() < 0.9
      ? [openByAddress(one, deed.list), step]
      : [showList(one, deed.list), open(one, deed.list), step];

  const batch = (): Step[] => {
    const first = pick(candidates(FORWARD, false));
    if (!first) return [];
    const at = portal.dossiers.indexOf(first);
    const others = candidates(FORWARD, false)
      .filter((one) => one !== first && Math.abs(portal.dossiers.indexOf(one) - at) < 8)
      .slice(0, 3);
    const all = [first, ...others];
    for (const one of all) fates.get(one)!.isTaken = true;
    return [
      showList(first, 'desk'),
      {
        kind: 'action',
        name: 'batch: Chuyển hồ sơ',
        // Only the page that follows proves an action: it is looked at.
        isSeen: true,
        run: async (page) => {
          const { tab, page: number } = placeOf(first, 'desk');
          const here = all.filter((one) => {
            const place = placeOf(one, 'desk');
            return place.tab === tab && place.page === number;
          });
          for (const one of here) await click(page, `.chkHoso[idHoso="${one.id}"]`);
          await succeed({ ...FORWARD, label: 'Chuyển hồ sơ' }, 'action')(page);
        },
      },
    ];
  };
  const action = (deed: Work): Step[] => {
    if (deed === 'batch') return batch();
    const one = pick(candidates(deed, false));
    if (!one) return [];
    deed.change(fates.get(one)!);
    return act(deed, one, {
      kind: 'action',
      name: deed.label,
      isSeen: true,
      run: succeed(deed, 'action'),
    });
  };

  const withdraw = (answers: 'accept' | 'dismiss'): Step[] => {
    const one = pick(candidates(FORWARD, false));
    if (!one) return [];
    if (answers === 'accept') fates.get(one)!.status = 7;
    return [
      showList(one, 'desk'),
      {
        kind: 'nonEvent',
        name: `Rút hồ sơ, ${answers}`,
        run: async (page) => {
          await click(page, `.chkHoso[idHoso="${one.id}"]`);
          const before = log().length;
          await answering(page, [answers], () => click(page, button('Rút hồ sơ')));
          if (answers === 'dismiss') note('cancelled:Rút hồ sơ', [one.code]);
          else {
            await until('list after Rút hồ sơ', () => log().slice(before).some(rendered('danang:desk')));
          }
        },
      },
    ];
  };
  const nonEvent = (what: (typeof NON_EVENTS)[number]): Step[] => {
    if (what === 'withdraw') return withdraw('accept');
    if (what === 'withdrawCancelled') return withdraw('dismiss');
    if (what === 'noTick') {
      const one = pick(portal.dossiers);
      const run = async (page: Page) => {
        await answering(page, ['accept'], () => click(page, button('Chuyển hồ sơ')));
        note('refused:Chuyển hồ sơ');
      };
      return [showList(one, 'desk'), { kind: 'nonEvent', name: 'batch with nothing ticked', run }];
    }
    if (what === 'search') return [search(pick(portal.dossiers))];
    if (what === 'report') return [report(pick(['thang', 'quy', 'nam', '6thangdau']))];
    if (what === 'login') return [login];
    if (what === 'again') return [again];
    if (what === 'icon') {
      const one = pick(candidates(HAND_OUT, false));
      return one ? [showList(one, 'desk'), open(one, 'desk', 'icon')] : [];
    }
    if (what === 'look') return look(pick(portal.dossiers));
    const deeds =
      what === 'noText'
        ? [REFUSE, ASK_MORE]
        : what === 'done'
          ? [REFUSE, STOP, KEEP_FILE]
          : [RECEIVE, FORWARD, HAND_OUT, COLLECT, PASS_ON, ASK_MORE];
    const deed = pick(deeds);
    const one = pick(candidates(deed, what === 'fail'));
    if (!one) return [];
    if (what === 'done') {
      deed.change(fates.get(one)!);
      return act(deed, one, { kind: 'nonEvent', name: deed.label, run: succeed(deed, 'notWork') });
    }
    return act(deed, one, {
      kind: 'nonEvent',
      name: `${deed.label}, ${what}, then back`,
      run: async (page) => {
        if (what === 'noText') await answering(page, ['accept'], () => click(page, button(deed.label)));
        else await press(page, deed, what === 'fail' ? ['accept', 'accept'] : ['dismiss']);
        if (what !== 'fail') note(`${what}:${deed.label}`, [one.code]);
        await back(page, deed.list);
      },
    });
  };

  const look = (one: DanangDossier): Step[] => [
    showList(one, 'desk'),
    open(one, 'desk'),
    {
      kind: 'nonEvent',
      name: 'a look at how far it is',
      run: async (page) => {
        await click(page, button(pick(['Xem tiến trình xử lý', 'Trao đổi thông tin'])));
        await click(page, `.egov-popup ${button('Đóng')}`);
        note('shown:popup', [one.code]);
      },
    },
  ];
  const search = (one: DanangDossier): Step => ({
    kind: 'nonEvent',
    name: 'search by code',
    run: async (page) => {
      await goTo(page, { ...placeOf(one, 'desk'), page: 1 });
      await fill(page, '#tuKhoa', one.code);
      await logs('found', rendered('danang:desk'), () => click(page, '#btnTimKiem'));
      note('shown:search', [one.code]);
    },
  });
  const report = (kind: string): Step => ({
    kind: 'nonEvent',
    name: `report by ${kind}`,
    run: async (page) => {
      await visit(page, portal.url + PATHS.report);
      await click(page, `#baoCaoTongHopForm input[value="${kind}"]`);
      await logs('report', rendered('danang:report'), () => click(page, '#btnHienThi'));
    },
  });
  const login: Step = {
    kind: 'nonEvent',
    name: 'log-in page with a button "Tiếp nhận"',
    run: async (page) => {
      await visit(page, portal.url + PATHS.login);
      const isLogin = ({ kind }: LogEntry) => kind === 'notWork';
      await logs('log-in again', isLogin, () => click(page, button('Tiếp nhận')));
    },
  };
  const again: Step = {
    kind: 'nonEvent',
    name: 'reload of whatever stands here',
    run: async (page) => {
      await page.reload({ waitUntil: 'domcontentloaded' });
      note('shown:reload');
    },
  };
  const officerView = (): Step => ({
    kind: 'view',
    name: "a case officer's list, mine or another's",
    run: async (page) => {
      const officer = pick(['0', '1', '2', 'all']);
      await goTo(page, { list: 'officer', tab: 'dangxuly', page: 1 });
      if (officer === '0') return;
      await logs('other officer', rendered('danang:officer'), () => page.select('#sel_can_bo', officer));
    },
  });
  /** The page on which the first dossier stands that was never shown; any page once all were. */
  const sweep: Step = {
    kind: 'view',
    name: 'page with a dossier not shown yet',
    run: async (page) => {
      const seen = new Set(
        log().flatMap((entry) => (entry.kind === 'rendered' ? entry.dossiers.map(({ code }) => code) : [])),
      );
      const one = portal.dossiers.find(({ code }) => !seen.has(code)) ?? pick(portal.dossiers);
      await goTo(page, placeOf(one, 'desk'));
    },
  };

  const groups = drawnGroups(
    next,
    want,
    () => action(pick(works)),
    () => nonEvent(pick(NON_EVENTS)),
  );
  const extra = Array.from({ length: 8 }, officerView);
  const places = extra.map(() => Math.floor(next() * groups.length));
  const day = groups.flatMap((group, at) => [...extra.filter((_, index) => places[index] === at), ...group]);
  const sweeps = Math.ceil(portal.dossiers.length / portal.pageSize) + TABS.length;
  return [...day, ...Array.from({ length: sweeps }, () => sweep)];
}

/** Groups of steps in a drawn order, with at least the wanted number of each kind. */
function drawnGroups(
  next: () => number,
  want: { actions: number; nonEvents: number },
  action: () => Step[],
  nonEvent: () => Step[],
): Step[][] {
  const kinds = shuffled(
    [...Array(want.actions).fill('action'), ...Array(want.nonEvents).fill('nonEvent')] as const,
    next,
  );
  return kinds.map((kind) => {
    for (let turn = 0; turn < 200; turn += 1) {
      const group = kind === 'action' ? action() : nonEvent();
      if (group.length > 0) return group;
    }
    throw new Error('The system holds too few dossiers for so many steps');
  });
}

const dayWith = (works: readonly Work[]): DaySystem => ({
  family: 'danang-egov',
  start: async (variant: Variant): Promise<StartedSystem> => {
    const portal = await startDanang(optionsOf(variant));
    return {
      url: portal.url,
      log: portal.log,
      steps: (want) => stepsOf(portal, variant.seed, want, works),
      close: portal.close,
    };
  },
});

export const system = dayWith(ACTIONS);
/** A day of receiving, for busy dialogs that say other words. */
export const receiving = dayWith([RECEIVE]);
