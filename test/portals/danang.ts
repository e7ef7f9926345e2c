/**
 * Practice Đà Nẵng eGov: the one-stop desk's list, the case officer's list and the report page as their public source has
 * them (host-pages-2 §5.2). Success is a full page load, refusal a native alert; list and detail share one address.
 */
import { localDay, shiftDay } from './calendar.ts';
import {
  detailPage,
  found,
  listHtml,
  listPage,
  loginPage,
  PATHS,
  type Place,
  placeOf,
  type Room,
  reportPage,
  sizeOf,
} from './danang-pages.ts';
import { type DanangDossier, type ListName, OFFICERS, seedDanang, tabOf } from './danang-records.ts';
import { type Answer, type Call, json, latencyOf, listen } from './http.ts';
import { lookOf } from './look.ts';
import { dutyOf, generated, hostOptions, type PracticeHost } from './practice-host.ts';
import { makeRecorder } from './recorder.ts';
import type { ActionName, PortalOptions } from './types.ts';

interface Work {
  readonly action: ActionName | null;
  readonly list: ListName;
  readonly from: readonly number[];
  readonly change: (one: DanangDossier) => void;
}

const setStatus =
  (status: DanangDossier['status']) =>
  (one: DanangDossier): void => {
    one.status = status;
  };

const WORK: Readonly<Record<string, Work>> = {
  'Tiếp nhận': {
    action: 'receive',
    list: 'desk',
    from: [1],
    change: (one) => {
      one.status = 2;
      one.due = `${shiftDay(localDay(Date.now()), 5)}T17:00`;
    },
  },
  'Từ chối': { action: null, list: 'desk', from: [1], change: setStatus(3) },
  'Chuyển hồ sơ': {
    action: 'forward',
    list: 'desk',
    from: [2],
    change: (one) => {
      one.status = 4;
      one.isNew = true;
    },
  },
  'Rút hồ sơ': { action: null, list: 'desk', from: [2, 4], change: setStatus(7) },
  'Trả kết quả': { action: 'return', list: 'desk', from: [9], change: setStatus(10) },
  'Thu tiền': {
    action: 'collectFee',
    list: 'desk',
    from: [2, 4, 9],
    change: (one) => {
      one.isPaid = true;
    },
  },
  'Luân chuyển': {
    action: 'forward',
    list: 'officer',
    from: [4],
    change: (one) => {
      one.officer = OFFICERS[1 + (one.id % 2)]!;
      one.isNew = true;
    },
  },
  'Lưu tài liệu': { action: null, list: 'officer', from: [4], change: () => {} },
  'Dừng xử lý': { action: null, list: 'officer', from: [4], change: setStatus(8) },
  'Yêu cầu bổ sung': { action: 'requestSupplement', list: 'officer', from: [4], change: setStatus(5) },
};

export interface DanangPortal extends PracticeHost {
  readonly kind: 'danang';
  readonly dossiers: readonly DanangDossier[];
  readonly pageSize: number;
  /** Where a dossier stands now on a list; null: nowhere on it. */
  whereIs(one: DanangDossier, list: ListName): Place | null;
}

/** One call of the page's own script; all dossiers of it succeed or none. */
function work(call: Call, { dossiers, recorder }: Room): Answer {
  const asked = JSON.parse(call.body) as { label: string; ids: number[] };
  const rule = WORK[asked.label];
  const chosen = dossiers.filter(({ id }) => asked.ids.includes(id));
  const codes = chosen.map(({ code }) => code);
  const isPossible = (one: DanangDossier) =>
    rule?.from.includes(one.status) && !one.isTroubled && !(rule.action === 'collectFee' && one.isPaid);
  if (!rule || chosen.length === 0 || !chosen.every(isPossible)) {
    recorder.notWork(`failed:${asked.label}`, codes);
    return json({ ok: false });
  }
  for (const one of chosen) rule.change(one);
  if (rule.action === null) recorder.notWork(`done:${asked.label}`, codes);
  else recorder.action(rule.action, codes);
  return json({ ok: true });
}

/** Starts the practice eGov on its own origin. */
export async function startDanang(some: Partial<PortalOptions> = {}): Promise<DanangPortal> {
  const options = hostOptions(some);
  const duty = dutyOf(options);
  const recorder = makeRecorder(duty.duty);
  const name = generated(options);
  const room: Room = {
    dossiers: seedDanang(options.seed, Date.now(), options.dossiers, options.secrets),
    recorder,
    options,
    look: lookOf(options),
    instance: name(4),
    yui: `yui_3_4_0_1_${name(6)}`,
  };
  const lag = latencyOf(options);
  const server = await listen(async (call: Call): Promise<Answer> => {
    const beacon = recorder.painted(call);
    if (beacon) return beacon;
    await lag();
    if (call.path === PATHS.login) return loginPage(room);
    if (call.path === PATHS.report) return reportPage(call.query, room);
    const list = (['desk', 'officer'] as const).find((one) => PATHS[one] === call.path);
    if (!list) return { status: 302, headers: { location: PATHS.desk }, body: '' };
    if (call.method === 'POST') return work(call, room);
    const place = placeOf(list, call.query);
    if (call.query.get('p_p_lifecycle') === '2') return json(listHtml(place, room));
    return place.dossier === undefined ? listPage(place, room) : detailPage(place, room);
  }, options.port);
  return {
    kind: 'danang',
    url: server.url,
    dossiers: room.dossiers,
    pageSize: sizeOf(options),
    whereIs: (one, list) => {
      const tab = tabOf(one, list);
      if (tab === null) return null;
      const officer = String(OFFICERS.indexOf(one.officer as (typeof OFFICERS)[number]));
      const place: Place = { list, tab, page: 1, ...(list === 'officer' ? { officer } : {}) };
      const at = found(room.dossiers, place).indexOf(one);
      return { ...place, page: 1 + Math.floor(at / sizeOf(options)) };
    },
    log: () => recorder.log,
    setDuty: duty.setDuty,
    note: recorder.notWork,
    close: server.close,
  };
}
