/** One answer of figures for a unit and a period: what the dashboard shows, from the hub or from the unit page. */
import type { DocumentRole } from '../domain/vocabulary.ts';
import type { Coverage, Indicator, Transport } from './result.ts';

/** Open dossiers as of the answer's day. */
export interface StockCount {
  readonly inTime: number;
  readonly overdue: number;
  readonly noDue: number;
  readonly unknownDue: number;
}

/** Incoming documents of one role (iOffice), as of the answer's day. */
export interface DocumentCount {
  readonly role: DocumentRole;
  readonly waiting: number;
  readonly overdue: number;
}

/** Answers to one kiosk question; `levels[i]` counts level i+1 (1 = worst). Null when fewer than five visits. */
export interface RatingCount {
  readonly question: string;
  readonly levels: readonly number[] | null;
  readonly answers: number;
}

/** Received by channel, with the received dossiers whose channel no page showed. */
export interface ReceivedCount {
  readonly online: number;
  readonly counter: number;
  readonly post: number;
  readonly unknown: number;
}

/** A day of the chart. */
export interface DayPoint {
  readonly day: string;
  readonly received: number;
  readonly online: number;
  readonly finished: number;
  readonly paidOnline: number;
}

export interface Figures {
  readonly unit: { readonly id: string; readonly name: string };
  readonly period: { readonly id: string; readonly from: string; readonly to: string };
  readonly asOf: string;
  readonly indicators: readonly Indicator[];
  readonly received: ReceivedCount;
  readonly stock: StockCount;
  readonly documents: readonly DocumentCount[];
  readonly ratings: readonly RatingCount[];
  readonly visits: { readonly completed: number; readonly abandoned: number };
  readonly days: readonly DayPoint[];
  readonly transport: Transport;
  readonly coverage: Coverage;
}

/** One device as supervisors see it: transport per device, never a person. */
export interface DeviceView {
  readonly id: string;
  readonly kind: 'extension' | 'kiosk' | 'hub';
  readonly name: string;
  readonly unit: { readonly id: string; readonly name: string };
  readonly status: 'active' | 'revoked' | 'new';
  readonly streams: readonly {
    readonly stream: number;
    /** Complete through this sequence number. */
    readonly through: number;
    readonly declaredHead: number;
    readonly gaps: readonly (readonly [number, number])[];
    readonly quarantined: number;
  }[];
  /** ISO instant. */
  readonly heardAt: string | null;
  readonly alarms: readonly string[];
}
