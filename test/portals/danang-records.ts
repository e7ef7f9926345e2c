/** The made-up dossiers of the practice Đà Nẵng eGov, and which of its two lists and four tabs each stands on. */
import { localDay, shiftDay } from './calendar.ts';
import { codeOf, drawn } from './practice-host.ts';
import { makeCitizen, OFFICES, PROCEDURES, random } from './seed.ts';
import type { Citizen, StatusCode } from './types.ts';

export interface DanangDossier {
  readonly id: number;
  readonly code: string;
  readonly service: string;
  readonly applicant: Citizen;
  readonly owner: Citizen;
  readonly isOnline: boolean;
  readonly fee: number;
  /** Every call about it fails. */
  readonly isTroubled: boolean;
  /** When it was filed, `YYYY-MM-DDTHH:mm`. */
  readonly filed: string;
  status: StatusCode;
  due: string | null;
  isPaid: boolean;
  /** Whose it is among the case officers. */
  officer: string;
  /** The case officer has not opened it yet. */
  isNew: boolean;
}

/** The first is the person at the screen. */
export const OFFICERS = ['Lê Mẫu Hòa', 'Phạm Mẫu Sơn', 'Võ Mẫu Trà'] as const;

export const TABS = ['moi', 'dangxuly', 'hoanthanh', 'huongdan'] as const;
export type Tab = (typeof TABS)[number];
export const TAB_TEXT: Readonly<Record<Tab, string>> = {
  moi: 'Hồ sơ mới',
  dangxuly: 'Đang xử lý',
  hoanthanh: 'Hoàn thành',
  huongdan: 'Hoàn thành hướng dẫn',
};

export type ListName = 'desk' | 'officer';

/** The tab a dossier stands on; null: not on this list at all. */
export function tabOf(one: DanangDossier, list: ListName): Tab | null {
  if (one.status === 1 || one.status === 2) return list === 'desk' ? 'moi' : null;
  if (one.status === 4) return list === 'officer' && one.isNew ? 'moi' : 'dangxuly';
  if (one.status === 5 || one.status === 6) return 'dangxuly';
  if (one.status === 9 || one.status === 10) return 'hoanthanh';
  return 'huongdan';
}

/** Of twenty-five dossiers; refused, stopped and withdrawn ones are few. */
const MIX: readonly StatusCode[] = [
  1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 5, 9, 9, 9, 9, 10, 10, 3,
];

/** `count` dossiers filed this year (the lists begin on 1 January), drawn by the seed. */
export function seedDanang(
  seed: number,
  now: number,
  count: number,
  secrets: readonly string[],
): DanangDossier[] {
  const next = random(seed ^ 0x0da0a6);
  const today = localDay(now);
  const newYear = `${today.slice(0, 4)}-01-01`;
  const citizen = makeCitizen(next, secrets);
  return Array.from({ length: count }, (_, at) => {
    const status = MIX[at % MIX.length]!;
    const procedure = drawn(next, PROCEDURES);
    const [day] = [shiftDay(today, -1 - Math.floor(next() * 40)), newYear].sort().slice(-1) as [string];
    const applicant = citizen();
    const hasDue = status !== 1 && status !== 3 && next() > 0.08;
    return {
      id: 70_000 + at * 11,
      code: codeOf(drawn(next, OFFICES).prefix, day, 1000 + at),
      service: procedure.name,
      applicant,
      owner: next() < 0.3 ? citizen() : applicant,
      isOnline: status === 1 || next() < 0.4,
      fee: procedure.fee,
      isTroubled: next() < 0.12,
      filed: `${day}T${String(7 + Math.floor(next() * 9)).padStart(2, '0')}:${String(10 + (at % 50))}`,
      status: at % 97 === 60 ? 7 : at % 97 === 30 ? 8 : status,
      due: hasDue ? `${shiftDay(today, Math.floor(next() * 18) - 7)}T17:00` : null,
      isPaid: next() < 0.4,
      officer: at % 4 === 3 ? drawn(next, OFFICERS.slice(1)) : OFFICERS[0],
      isNew: next() < 0.3,
    };
  });
}
