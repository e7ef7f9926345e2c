/** The made-up records of the practice portals: chosen by hand where a rule depends on it, by seed where it does not. */
import { localDay, shiftDay } from './calendar.ts';
import type { Channel, Citizen, Dossier, IncomingDocument, Payment, StatusCode } from './types.ts';

/** A generator of numbers in [0, 1) that depends on the seed alone (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const PROCEDURES = [
  { code: '1.001193', name: 'Đăng ký khai sinh', fee: 0 },
  { code: '2.000635', name: 'Cấp bản sao trích lục hộ tịch', fee: 8000 },
  { code: '2.000815', name: 'Chứng thực bản sao từ bản chính', fee: 15000 },
  { code: '1.001612', name: 'Cấp giấy chứng nhận đăng ký hộ kinh doanh', fee: 100000 },
  { code: '1.000656', name: 'Đăng ký khai tử', fee: 0 },
  { code: '1.012790.000.00.00.H99', name: 'Đăng ký biến động quyền sử dụng đất', fee: 650000 },
  { code: '1.010833', name: 'Hỗ trợ mai táng phí', fee: 0 },
  { code: '1.000894', name: 'Đăng ký kết hôn', fee: 0 },
  // Not in the catalogue.
  { code: '3.000999', name: 'Thủ tục thí điểm của tỉnh Mẫu', fee: 20000 },
] as const;

/** Prefixes of codes with the name the pages print for that office ('' = the pages print none). */
export const OFFICES = [
  { prefix: 'H99.50', name: 'UBND xã Mẫu An' },
  { prefix: '000.00.51.H99', name: 'Ủy ban nhân dân xã Mẫu Bình' },
  { prefix: 'H99.52', name: 'UBND phường Mẫu Cường' },
  { prefix: 'H99.53.02', name: '' },
  { prefix: '000.00.12.H99', name: 'Sở Tư pháp tỉnh Mẫu' },
  { prefix: 'H99.01', name: 'Trung tâm Phục vụ hành chính công tỉnh Mẫu' },
  // Received at the centre for a commune: the printed name decides.
  { prefix: 'H99.01', name: 'UBND xã Mẫu An' },
  // An office the tree no longer has: falls back to the province by the code.
  { prefix: 'H99.88', name: 'Chi nhánh đã sáp nhập' },
] as const;

export const CHANNELS: readonly Channel[] = ['online', 'counter', 'online', 'post', 'online', 'counter'];
export const PAYMENTS: readonly Payment[] = ['online', 'cash', 'transfer', 'unpaid', 'unknownMeans'];
const SYLLABLES = ['An', 'Bình', 'Chi', 'Dung', 'Giang', 'Hà', 'Khánh', 'Lam', 'Minh', 'Ngân'];

interface Group {
  readonly tag: string;
  readonly status: StatusCode;
  /** One dossier per number: due that many days from today; null = never has a due date. */
  readonly due: readonly (number | null)[];
  readonly channel?: Channel;
  readonly isUnpaid?: boolean;
  readonly isMineOnly?: boolean;
  /** Finished that many days before today, one per dossier. */
  readonly finishedAgo?: readonly number[];
  readonly steps?: number;
  readonly trouble?: Readonly<Record<number, Dossier['trouble']>>;
}

const IGATE2: readonly Group[] = [
  { tag: 'new', status: 1, due: [5, 5, 5, 5, 5, null, 5, 5], channel: 'online', trouble: { 2: 'fails' } },
  { tag: 'received', status: 2, due: [3, 0, -2, null, 6, 4] },
  { tag: 'processing', status: 4, due: [3, 0, -2, null, 2, -1, 5, 1] },
  { tag: 'supplement', status: 5, due: [7, -4] },
  { tag: 'toPay', status: 6, due: [4, 8], isUnpaid: true },
  { tag: 'finished', status: 9, due: [4, 0, -3, null, -2, -1, 2], finishedAgo: [1, 0, 1, 2, 1, 3, 1] },
  { tag: 'returned', status: 10, due: [2, -5, -1, -6, 0], finishedAgo: [3, 4, 1, 6, 2] },
  { tag: 'refused', status: 3, due: [5, 5], channel: 'online' },
  { tag: 'withdrawn', status: 7, due: [3], channel: 'online' },
  { tag: 'mine', status: 4, due: [2, -1, 0, null], isMineOnly: true },
];

const TD: readonly Group[] = [
  {
    tag: 'waiting',
    status: 1,
    due: [5, 5, 5, 5, null, 5, 5, 5, 5],
    channel: 'online',
    trouble: { 2: 'refused', 5: 'deadModal', 6: 'fails' },
  },
  { tag: 'fresh', status: 2, due: [2, 0, -1, null, 4, 6, 1, -3], steps: 1 },
  {
    tag: 'counter',
    status: 9,
    due: [2, 0, -1, null, 1, -2],
    channel: 'counter',
    finishedAgo: [1, 0, 1, 2, 0, 1],
    trouble: { 4: 'fails' },
  },
  { tag: 'online', status: 9, due: [3, -2, 0, 1], channel: 'online', finishedAgo: [0, 1, 0, 1] },
  { tag: 'done', status: 10, due: [1, -3, 0, -1], finishedAgo: [2, 3, 1, 2] },
  { tag: 'denied', status: 3, due: [5], channel: 'online' },
];

/** Dossiers both systems hold under one code; in TD they stand on "Đang xử lý" and in iGate on its own lists. */
const SHARED: readonly Group[] = [{ tag: 'shared', status: 4, due: [3, -2, 0, null, 6, 2, -5, 1], steps: 2 }];

interface Maker {
  readonly group: (groups: readonly Group[]) => Dossier[];
  readonly citizen: () => Citizen;
}

/** Makes people up, one per call; the planted secrets take the places of names and numbers in turn. */
export function makeCitizen(next: () => number, secrets: readonly string[]): () => Citizen {
  let people = 0;
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(next() * 10)).join('');
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const secret = (turn: number) => (secrets.length === 0 ? null : secrets[(people + turn) % secrets.length]!);
  return () => {
    people += 1;
    return {
      name: secret(0) ?? `Nguyễn Mẫu ${pick(SYLLABLES)} ${people}`,
      idNumber: secret(1) ?? `099${digits(9)}`,
      phone: secret(2) ?? `0900${digits(6)}`,
      address: `Xóm ${1 + Math.floor(next() * 9)}, ${secret(3) ?? 'xã Mẫu'}`,
    };
  };
}

function maker(seed: number, today: string, secrets: readonly string[]): Maker {
  const next = random(seed);
  let made = 0;
  const citizen = makeCitizen(next, secrets);
  const one = (group: Group, index: number): Dossier => {
    made += 1;
    const offset = group.due[index]!;
    const procedure = PROCEDURES[made % PROCEDURES.length]!;
    const office = OFFICES[made % OFFICES.length]!;
    const hasResult = group.status >= 9;
    const doneDay = hasResult ? shiftDay(today, -(group.finishedAgo?.[index] ?? 1)) : null;
    const due = offset === null ? null : shiftDay(today, offset);
    const earliest = [today, due ?? today, doneDay ?? today].sort()[0]!;
    const filedDay = shiftDay(earliest, -2 - Math.floor(next() * 6));
    const isReceived = group.status !== 1 && group.status !== 3;
    const payment = group.isUnpaid ? 'unpaid' : PAYMENTS[made % PAYMENTS.length]!;
    const fee = group.isUnpaid ? 15000 : procedure.fee;
    return {
      id: Array.from({ length: 24 }, () => Math.floor(next() * 16).toString(16)).join(''),
      key: 4000 + made * 7,
      code: `${office.prefix}-${filedDay.slice(2).replaceAll('-', '')}-${String(100 + made).padStart(4, '0')}`,
      nationCode: null,
      procedure: { code: procedure.code, name: procedure.name },
      person: citizen(),
      agency: office.name,
      channel: group.channel ?? CHANNELS[made % CHANNELS.length]!,
      fee,
      digitised: made % 3 !== 0,
      tag: `${group.tag}-${index}`,
      trouble: group.trouble?.[index] ?? 'none',
      noDue: offset === null,
      isMineOnly: group.isMineOnly ?? false,
      status: group.status,
      filed: `${filedDay}T07:45`,
      received: isReceived ? `${filedDay}T08:${String(10 + (made % 50)).padStart(2, '0')}` : null,
      due: isReceived && due !== null ? `${due}T17:00` : null,
      finished: doneDay === null ? null : `${doneDay}T15:20`,
      returned: group.status === 10 && doneDay !== null ? `${shiftDay(doneDay, 1)}T09:05` : null,
      payment: fee === 0 ? null : group.status === 1 ? 'unpaid' : payment,
      resultFile: hasResult && made % 2 === 0,
      steps: group.steps ?? 1,
      isDeleted: false,
      task: 1,
    };
  };
  return { citizen, group: (groups) => groups.flatMap((group) => group.due.map((_, at) => one(group, at))) };
}

/** The dossiers of iGate 2 and TD; eight are in both, and one more in TD under its national code alone. */
export function seedDossiers(
  seed: number,
  now: number,
  secrets: readonly string[],
): { igate2: Dossier[]; td: Dossier[] } {
  const today = localDay(now);
  const make = maker(seed, today, secrets);
  const own = make.group(IGATE2);
  const shared = make.group(SHARED);
  const td = make.group(TD);
  const national = own.find((one) => one.tag === 'finished-3')!;
  const nationCode = `G22.99.08-${national.filed.slice(2, 10).replaceAll('-', '')}-896048`;
  // A slip of the keyboard: received in 2001, before the code's own day.
  const slip = own.find((one) => one.tag === 'received-4')!;
  const igate2 = [...own, ...shared.map((one) => ({ ...one }))].map((one) => {
    if (one === national) return { ...one, nationCode, channel: 'online' as const };
    return one === slip ? { ...one, received: '2001-01-01T08:00' } : one;
  });
  const twin = { ...national, code: nationCode, key: 9907, tag: 'twin-0', channel: 'online' as const };
  const shiftedShared = shared.map((one) => ({ ...one, key: one.key + 20_000 }));
  // Received in another province: no unit of this tree.
  const away = td.map((one) =>
    one.tag === 'done-1' ? { ...one, code: `H77.10${one.code.slice(one.code.search(/-\d{6}-/))}` } : one,
  );
  return { igate2, td: [...away, ...shiftedShared, { ...twin }] };
}

export const ISSUERS = [
  'UBND tỉnh Mẫu',
  'Sở Nội vụ tỉnh Mẫu',
  'Sở Tư pháp tỉnh Mẫu',
  'Văn phòng UBND tỉnh Mẫu',
];
export const URGENCY = ['Thường', 'Thường', 'Khẩn', 'Thượng khẩn'];

/** The incoming documents: two roles of the person's own, and other people's mixed in. */
export function seedDocuments(seed: number, now: number, secrets: readonly string[]): IncomingDocument[] {
  const next = random(seed ^ 0x5f3759df);
  const today = localDay(now);
  const roles = ['XLC', 'PH', 'XLC', 'XDB', 'XLC', '', 'PH'] as const;
  const dues = [3, -1, 0, null, 5, -4, 1, null] as const;
  const seen = { XLC: 0, PH: 0, XDB: 0, '': 0 };
  return Array.from({ length: 28 }, (_, index) => {
    const role = roles[index % roles.length]!;
    const offset = dues[(index * 3) % dues.length]!;
    const arrived = shiftDay(today, -1 - Math.floor(next() * 9));
    const who = secrets.length === 0 ? `ông Lê Mẫu ${index}` : secrets[index % secrets.length]!;
    const tag = `${role || 'none'}-${seen[role]++}`;
    return {
      id: 12_000 + index * 13,
      role,
      due: offset === null ? null : shiftDay(today, offset),
      number: `${100 + index}/UBND-VP`,
      subject: `V/v giải quyết đơn của ${who}`,
      issuer: ISSUERS[index % ISSUERS.length]!,
      arrived,
      urgency: URGENCY[Math.floor(next() * URGENCY.length)]!,
      tag,
      trouble: tag === 'XLC-5' ? 'fails' : 'none',
      isDone: index % 9 === 8,
    } satisfies IncomingDocument;
  });
}
