/**
 * What a randomised day needs to know of a practice system. A system knows its own pages: it starts, offers steps drawn by
 * a seed, and logs what it truly rendered and what truly succeeded. It imports nothing from lib/.
 */
import type { Page } from 'puppeteer-core';
import type { BreakConfirmation, BreakLocator, LogEntry } from '../../portals/types.ts';

/** How the same system differs from tenant to tenant and build to build. */
export interface Variant {
  readonly name: string;
  readonly seed: number;
  /** Waiting time of each answer of the system's own interface: fixed, or drawn per call up to the number. */
  readonly latencyMs: number;
  readonly isLatencyMixed: boolean;
  /** How a page comes back after a success. */
  readonly mode: 'reload' | 'xhr';
  /** Headers and labels replaced by other words of the published synonym lists (host-pages §6.1). */
  readonly areHeadersRenamed: boolean;
  readonly areColumnsShuffled: boolean;
  /** Build hashes (`_ngcontent-*`, generated ids, hashed classes) differ from the build before. */
  readonly areClassesRebuilt: boolean;
  /** Number of dossiers the system holds. */
  readonly dossiers: number;
  /** What is broken beyond any synonym, by the names of the portals' own options. */
  readonly broken?: readonly BreakLocator[];
  readonly reworded?: readonly BreakConfirmation[];
}

export type StepKind =
  /** Opens or pages through something; what is shown must be recorded. */
  | 'view'
  /** Ends in the system's log as `action`. */
  | 'action'
  /** Looks like work and is none: a cancelled dialog, a failed call, a look-up, a wizard's middle step. */
  | 'nonEvent';

/** One step of the day. Steps run in order in one tab; each leaves the tab where the next can start. */
export interface Step {
  readonly kind: StepKind;
  /** What it does, for the report: `receive by toolbar, 3 rows`. */
  readonly name: string;
  /** Resolves when the system itself has answered and shown it; never waits for the extension. */
  readonly run: (page: Page) => Promise<void>;
  /** Nothing but the rows that come back says that it succeeded: the person stays till they have been seen. */
  readonly isSeen?: boolean;
}

export interface StartedSystem {
  /** Origin to bind. */
  readonly url: string;
  log(): readonly LogEntry[];
  /** The steps of the whole day, drawn from the variant's seed: enough views that every dossier is shown at least once. */
  steps(want: { readonly actions: number; readonly nonEvents: number }): readonly Step[];
  close(): Promise<void>;
}

export interface DaySystem {
  /** `igate2`, `td-antd`, … as the pack is called. */
  readonly family: string;
  readonly start: (variant: Variant) => Promise<StartedSystem>;
}
