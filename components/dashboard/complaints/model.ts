/** Complaints and codes for phones as their views show them. Days are local `YYYY-MM-DD`; instants are ISO. */
import type { ComplaintState } from '../../../lib/domain/complaint.ts';
import type { LinkKind } from '../../../lib/domain/public-form.ts';

/** A complaint in the list: nothing personal. */
export interface ComplaintRow {
  readonly id: string;
  /** Who answers. */
  readonly unit: string;
  readonly unitName: string;
  readonly aboutUnitName: string | null;
  readonly aboutHead: boolean;
  readonly counterName: string | null;
  readonly way: 'phone' | 'slip';
  readonly slip: string | null;
  readonly receivedAt: string;
  readonly due: string;
  readonly state: ComplaintState;
  readonly answeredAt: string | null;
  readonly erasedAt: string | null;
}

export interface ComplaintList {
  readonly today: string;
  readonly complaints: readonly ComplaintRow[];
  /** Slips handed out and not registered. */
  readonly slips: readonly {
    readonly number: string;
    readonly day: string;
    readonly unit: string;
    readonly unitName: string;
  }[];
}

/** Shown only after somebody asked for it; the asking is on record. */
export interface ComplaintWords {
  readonly name: string | null;
  readonly phone: string | null;
  readonly text: string | null;
  readonly answer: string | null;
  readonly consentVersion: number | null;
}

export type ComplaintAct =
  | { readonly act: 'work' | 'erase' }
  | { readonly act: 'answer' | 'passOn'; readonly answer: string };

export interface SlipWish {
  readonly number: string;
  readonly unit: string;
  readonly received: string;
  readonly aboutHead: boolean;
  readonly consent: boolean;
  readonly name: string;
  readonly phone: string;
  readonly text: string;
}

/** What the views of complaints and codes may do; each answers whether it was done, or null when it was not. */
export interface ComplaintActs {
  readonly openComplaint: (id: string) => Promise<ComplaintWords | null>;
  readonly changeComplaint: (id: string, act: ComplaintAct) => Promise<boolean>;
  readonly registerSlip: (wish: SlipWish) => Promise<boolean>;
  readonly makeLinks: (wish: LinkWish) => Promise<MadeLinks | null>;
  readonly revokeLinks: (id: string) => Promise<boolean>;
}

export interface LinkRow {
  readonly id: string;
  readonly kind: LinkKind;
  readonly unitName: string;
  readonly counterName: string | null;
  readonly origins: readonly string[];
  readonly count: number;
  readonly used: number;
  readonly quota: number | null;
  readonly madeAt: string;
  readonly expires: string;
  readonly revokedAt: string | null;
}

export interface LinkWish {
  readonly kind: LinkKind;
  readonly unit: string;
  readonly counter: string | null;
  readonly origins: readonly string[];
  readonly days: number;
  readonly count: number;
}

export interface MadeLinks {
  readonly id: string;
  readonly urls: readonly string[];
}

/** Whether a complaint still waits for its answer after its last day. */
export function isLate({ state, due }: ComplaintRow, today: string): boolean {
  return (state === 'new' || state === 'working') && due < today;
}

/** The sheet of some codes, printed by the hub. */
export function sheetOf(id: string): string {
  return `/v1/feedback-links/sheet?id=${encodeURIComponent(id)}`;
}
