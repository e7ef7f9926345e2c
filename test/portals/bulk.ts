/** The made-up dossiers of a whole day, drawn by the seed alone: every status, channel, payment and kind of trouble. */
import { localDay, shiftDay } from './calendar.ts';
import { CHANNELS, ISSUERS, makeCitizen, OFFICES, PAYMENTS, PROCEDURES, random, URGENCY } from './seed.ts';
import type { Dossier, IncomingDocument, OutgoingDocument, StatusCode } from './types.ts';

/** Out of a hundred dossiers so many have this status. */
const MIX: readonly (readonly [StatusCode, number])[] = [
  [1, 22],
  [2, 18],
  [4, 26],
  [9, 15],
  [10, 6],
  [5, 4],
  [6, 3],
  [3, 3],
  [7, 2],
  [8, 1],
];

function statusAt(share: number): StatusCode {
  let sum = 0;
  for (const [status, part] of MIX) {
    sum += part;
    if (share < sum) return status;
  }
  return 4;
}

/** How many calls of those that can go wrong do. */
const TROUBLE = 0.12;
/** Old form, new form, a province's centre, a ministry's portal with six digits. */
const FORMS = ['H99.50', '000.00.51.H99', 'H99.52.05', 'G22.99', 'H41.17.3', '000.00.12.H99'] as const;

/** `count` dossiers of one system; `first` numbers their codes, so that two systems never share one. */
export function seedDay(seed: number, now: number, count: number, first: number): Dossier[] {
  const next = random(seed ^ 0x7f4a7c15);
  const today = localDay(now);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const citizen = makeCitizen(next, []);
  const roll = (most: number) => Math.floor(next() * most);

  const one = (at: number): Dossier => {
    const number = first + at;
    const status = at < MIX.length ? MIX[at]![0] : statusAt(next() * 100);
    const procedure = pick(PROCEDURES);
    const isDone = status === 9 || status === 10;
    const isReceived = status !== 1 && status !== 3;
    const filedDay = shiftDay(today, -3 - roll(40));
    const doneDay = isDone ? shiftDay(today, -roll(3)) : null;
    const noDue = next() < 0.08;
    const dueDay = shiftDay(today, roll(21) - 9);
    const prefix = pick(FORMS);
    const digits = prefix.startsWith('G') ? 6 : 4;
    const fee = status === 6 ? 15_000 : procedure.fee;
    const canFail = status === 1 || status === 2 || status === 4 || status === 9;
    const trouble = canFail && next() < TROUBLE ? pick(['fails', 'refused', 'deadModal'] as const) : 'none';
    const minute = `${String(7 + roll(10)).padStart(2, '0')}:${String(roll(60)).padStart(2, '0')}`;
    return {
      id: Array.from({ length: 24 }, () => roll(16).toString(16)).join(''),
      key: 10_000 + number * 3 + roll(3),
      code: `${prefix}-${filedDay.slice(2).replaceAll('-', '')}-${String(number).padStart(digits, '0')}`,
      nationCode:
        prefix.startsWith('H41') && next() < 0.5
          ? `G22.99.08-${filedDay.slice(2).replaceAll('-', '')}-${800_000 + number}`
          : null,
      procedure: { code: procedure.code, name: procedure.name },
      person: citizen(),
      agency: pick(OFFICES).name,
      channel: status === 1 || status === 3 ? 'online' : pick(CHANNELS),
      fee,
      digitised: next() < 0.6,
      tag: `day-${at}`,
      trouble,
      noDue,
      isMineOnly: status === 4 && next() < 0.1,
      status,
      filed: `${filedDay}T07:45`,
      received: isReceived ? `${filedDay}T${minute}` : null,
      due: isReceived && !noDue ? `${dueDay}T${pick(['17:00', '11:30', '16:45'])}` : null,
      finished: doneDay === null ? null : `${doneDay}T15:20`,
      returned: status === 10 && doneDay !== null ? `${doneDay}T16:05` : null,
      payment: fee === 0 ? null : status === 1 || status === 6 ? 'unpaid' : pick(PAYMENTS),
      resultFile: isDone && next() < 0.5,
      steps: 1 + roll(2),
      isDeleted: false,
      task: 1,
    };
  };
  return Array.from({ length: count }, (_, at) => one(at));
}

export interface DayDocuments {
  readonly incoming: IncomingDocument[];
  readonly outgoing: OutgoingDocument[];
}

/** `count` documents of the person's own, three of four incoming, and other people's among the incoming ones. */
export function seedDayDocuments(seed: number, now: number, count: number): DayDocuments {
  const next = random(seed ^ 0x1f123bb5);
  const today = localDay(now);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const due = () => (next() < 0.3 ? null : shiftDay(today, Math.floor(next() * 14) - 5));
  const day = () => shiftDay(today, -1 - Math.floor(next() * 20));
  const incoming = Array.from({ length: Math.round(count * 0.9) }, (_, at): IncomingDocument => {
    const role = at % 6 === 5 ? pick(['XDB', ''] as const) : pick(['XLC', 'PH'] as const);
    const isOwn = role === 'XLC' || role === 'PH';
    return {
      id: 30_000 + at * 7,
      role,
      due: due(),
      number: `${200 + at}/UBND-VP`,
      subject: `V/v xử lý đơn số ${at}`,
      issuer: pick(ISSUERS),
      arrived: day(),
      urgency: pick(URGENCY),
      tag: `day-${at}`,
      trouble: isOwn && next() < 0.08 ? 'fails' : 'none',
      isDone: next() < 0.12,
    };
  });
  const outgoing = Array.from({ length: Math.ceil(count / 4) }, (_, at): OutgoingDocument => {
    const isPublished = next() < 0.4;
    return {
      id: 90_000 + at * 3,
      due: isPublished ? null : due(),
      number: `${500 + at}/TTr-UBND`,
      subject: `Về kế hoạch số ${at}`,
      day: day(),
      isPublished,
    };
  });
  return { incoming, outgoing };
}
