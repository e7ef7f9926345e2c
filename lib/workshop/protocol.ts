/**
 * What the workshop and its agent in the host page say to each other, over one port per frame. Types only.
 *
 *   workshop ── inspect, pick, snapshot ──► agent (the page's own engine, masks before it answers)
 *   workshop ◄── masked reports, offers, sanitised snapshots, "the page changed" ── agent
 *
 * No value of the page crosses this line: see `page/mask.ts`.
 */
import type { Health } from '../adapters/engine/health.ts';
import type { Locator, Pack, Signal } from '../adapters/pack.ts';

/** Name of the port; the agent answers to no other. */
export const PORT = 'nmc-workshop';

export interface PageSigns {
  readonly page: string;
  /** The address fits the page type. */
  readonly isPlace: boolean;
  readonly signals: readonly { readonly signal: Signal; readonly holds: boolean }[];
  readonly isRecognised: boolean;
}

/**
 * `good`: read by the first locator; `later`: by a later one, or what is found often fails its check; `missing`: nowhere,
 * or found and never right; `absent`: a field that not every page shows is not shown here.
 */
export type FieldState = 'good' | 'later' | 'missing' | 'absent';

export interface FieldReport {
  readonly name: string;
  readonly state: FieldState;
  /** Rows looked at, and rows on which the field has a value (or the page shows that there is none). */
  readonly rows: number;
  readonly read: number;
  /** The locator that won on most rows; null when none did. */
  readonly rank: number | null;
  /** Rows where a locator found a text that failed the field's check. */
  readonly failed: number;
  /** The shape of the first such text. */
  readonly sample: string | null;
}

/** One page type read as the draft would read it. */
export interface PageReading {
  readonly page: string;
  /** False: read because the person chose this page type, not because the page was recognised. */
  readonly isRecognised: boolean;
  readonly health: Health;
  readonly rows: number;
  readonly unread: number;
  /** Rows of other people: neither read nor missed. */
  readonly others: number;
  readonly saysEmpty: boolean;
  /** The columns do not line up with their headers: header locators were refused. */
  readonly isRefused: boolean;
  readonly fields: readonly FieldReport[];
  /** The first rows, masked, field by field; a field without a value is absent. */
  readonly preview: readonly Readonly<Record<string, string>>[];
}

export interface PageReport {
  /** Path of the document, masked. */
  readonly place: string;
  readonly isDenied: boolean;
  readonly signs: readonly PageSigns[];
  readonly reading: PageReading | null;
  /** Texts of the column headers on the page, those that surely hold no personal data. */
  readonly headers: readonly string[];
}

/** One way to find what was pointed at, tried on the page's rows before it is offered. */
export interface Offer {
  readonly kind: 'header' | 'label' | 'css';
  readonly locator: Locator;
  /** The header, label or class. */
  readonly text: string;
  readonly read: number;
  readonly rows: number;
}

export interface PageSnapshot {
  readonly place: string;
  readonly html: string;
  /** How many texts and attributes were replaced or left out. */
  readonly masked: number;
  /** Rows left out of long lists. */
  readonly cut: number;
}

interface About {
  readonly id: number;
  readonly pack: Pack;
  /** Page type to read as; null: the one recognised. */
  readonly page: string | null;
}

export type ToAgent =
  | ({ readonly type: 'inspect' } & About)
  | ({ readonly type: 'pick'; readonly field: string; readonly hint: string } & About)
  /** What a header text would yield, for those who choose it from the list instead of pointing. */
  | ({ readonly type: 'try'; readonly field: string; readonly header: string } & About)
  | { readonly type: 'stop' }
  | ({ readonly type: 'snapshot' } & About);

export type FromAgent =
  | { readonly type: 'ready'; readonly kind: 'page' | 'pdf' }
  | { readonly type: 'inspected'; readonly id: number; readonly report: PageReport }
  | { readonly type: 'offers'; readonly id: number; readonly offers: readonly Offer[] }
  /** Pointing ended without a choice (Escape). */
  | { readonly type: 'stopped'; readonly id: number }
  | { readonly type: 'snapped'; readonly id: number; readonly snapshot: PageSnapshot }
  | { readonly type: 'failed'; readonly id: number; readonly error: string }
  | { readonly type: 'changed' };
