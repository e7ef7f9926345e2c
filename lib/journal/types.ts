/** What the journal promises, and the ports it stands on (DESIGN §5). Types only. */
import type { Range, Receipt } from '../batch/index.ts';
import type { Entry, EntryDraft, EntryKind } from '../domain/entry.ts';

/** A second place for unsent lines, independent of the database. Values are opaque texts of the journal. */
export interface SecondPlace {
  /**
   * Stores texts under their names, durable when resolved; the same name again replaces. Stopped in between, it has
   * stored the first ones of the map and not the last.
   */
  put(texts: ReadonlyMap<string, string>): Promise<void>;
  /** Removes names; unknown names are fine. */
  remove(names: string[]): Promise<void>;
  all(): Promise<Map<string, string>>;
}

export interface JournalOptions {
  /** Names the database and the lock `nmc-journal-<name>`. */
  readonly name: string;
  readonly second: SecondPlace;
  /** Wall clock in milliseconds. */
  readonly clock?: () => number;
  /** Id of this start of the device; random when absent. */
  readonly boot?: string;
  readonly kind: 'extension' | 'kiosk';
}

export interface StreamState {
  readonly stream: number;
  /** Highest sequence number known to have been recorded. */
  readonly head: number;
  /** Closed ranges received by the hub or unit page, from receipts only. */
  readonly received: Range[];
}

export interface JournalState {
  /** The stream new entries go to; 0 while the storage could not be opened. */
  readonly stream: number;
  readonly head: number;
  /** Lines held and not received, over all streams. */
  readonly unsent: number;
  readonly storage: 'ok' | 'broken';
  readonly streams: StreamState[];
  /** Hub time of the last accepted receipt, ISO instant. */
  readonly lastReceipt: string | null;
  /** Milliseconds to add to the device clock to get hub time; null before the first receipt. */
  readonly offset: number | null;
}

export interface EntryQuery {
  readonly stream?: number;
  /** Milliseconds of `at`: this instant or later. */
  readonly from?: number;
  readonly kinds?: readonly EntryKind[];
}

/** Consecutive lines that nobody has confirmed yet. */
export interface PendingBatch {
  readonly stream: number;
  readonly first: number;
  readonly lines: string[];
  /** Chain value before `first`. */
  readonly prev: Uint8Array;
  /** Declared head of this stream, and lines held in it that are not received. */
  readonly head: number;
  readonly unsent: number;
}

export interface Journal {
  /**
   * Records drafts in one transaction, all or none; resolved = durable in the database and in the second place.
   * A draft whose `ref` is already in the journal returns the existing entry.
   * @throws JournalError `schema` or `lineBytes` (nothing was written), `storage` (say so; do not thank anybody), `closed`
   */
  append(drafts: readonly EntryDraft[]): Promise<Entry[]>;
  /** Never rejects: a store that cannot be read is `storage: 'broken'`. */
  state(): Promise<JournalState>;
  /** Entries in order of stream and seq. */
  entries(query?: EntryQuery): Promise<Entry[]>;
  /** Exact lines `first..last` that are held, in order. */
  lines(stream: number, first: number, last: number): Promise<string[]>;
  /** Chain value before `seq`. @throws JournalError `missing` when neither that line nor the one before is held */
  chainBefore(stream: number, seq: number): Promise<Uint8Array>;
  /** The oldest unsent run of consecutive lines within the bounds (at least one line), `after` a position if given. */
  pending(
    max: { readonly entries: number; readonly bytes: number },
    after?: { readonly stream: number; readonly seq: number },
  ): Promise<PendingBatch | null>;
  /**
   * Takes over a receipt that was already verified. Only its `received` ranges free lines; an older one than the last
   * changes nothing. `clock.offset` replaces the receipt's skew as the clock offset; null keeps the known one
   * (receipts by stick travel for days).
   */
  accept(receipt: Receipt, clock?: { readonly offset: number | null }): Promise<void>;
  /** Called after every change, also by other tabs. Returns the unsubscriber. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}
