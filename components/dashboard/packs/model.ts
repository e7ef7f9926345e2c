/** Packs and their health as the views show them; the hub's own shapes (lib/hub/packs), read by a schema. */

const PACK_STATES = ['ok', 'degraded', 'broken', 'unverified'] as const;
export type PackState = (typeof PACK_STATES)[number];
export type PackStage = 'proposed' | 'trial' | 'everywhere' | 'refused' | 'retired';

/** Devices by what they say. */
export type StateCounts = Readonly<Record<PackState, number>>;

/** One page type of one system, over the devices of a unit and below. Instants are ISO. */
export interface PageHealth {
  readonly system: string;
  readonly systemName: string | null;
  readonly pack: string;
  readonly page: string;
  readonly devices: StateCounts;
  readonly unread: number;
  /** Since when the earliest device in the worst state is in it. */
  readonly since: string;
  readonly lastAt: string;
  readonly versions: readonly { readonly version: string; readonly devices: StateCounts }[];
  readonly troubles: readonly {
    readonly device: string;
    readonly name: string;
    readonly unit: string;
    readonly state: PackState;
    readonly version: string;
    readonly since: string;
    readonly unread: number;
  }[];
}
export interface PackHealth {
  readonly asOf: string;
  readonly pages: readonly PageHealth[];
}

/** One pack version in the list. */
export interface PackRow {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly status: string;
  readonly source: 'bundled' | 'hub';
  readonly stage: PackStage;
  readonly note: string;
  readonly sha256: string;
  readonly trial: { readonly units: readonly string[]; readonly percent: number } | null;
  readonly proposedBy: { readonly device: string; readonly unit: string } | null;
  readonly proposedAt: string | null;
  readonly signedBy: string | null;
  readonly signedAt: string | null;
  readonly results: { readonly passed: number; readonly failed: number } | null;
  readonly health: StateCounts;
}

export interface PackChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** One pack with what a person needs before signing. */
export interface PackDetail extends PackRow {
  readonly before: string | null;
  readonly changes: readonly PackChange[];
  readonly lint: readonly { readonly field: string; readonly problem: string }[];
  readonly fixtureResults: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly problem?: string | undefined;
  }[];
  readonly history: readonly {
    readonly at: string;
    readonly actor: string;
    readonly action: string;
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
  /** What retiring would void, by kind of entry; null for whoever may not retire. */
  readonly entries: Readonly<Record<string, number>> | null;
}

/** Where a signed pack shall stand; `proposed` takes it back from the devices. */
export type StageWish =
  | { readonly stage: 'trial'; readonly units: readonly string[]; readonly percent: number }
  | { readonly stage: 'everywhere' }
  | { readonly stage: 'proposed' };

/** `id@version`. */
export function refOf({ id, version }: Pick<PackRow, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

export const WORST_FIRST: readonly PackState[] = ['broken', 'unverified', 'degraded', 'ok'];

/** The worst state some device is in; null when no device said anything. */
export function worstOf(devices: StateCounts): PackState | null {
  return WORST_FIRST.find((state) => devices[state] > 0) ?? null;
}

/** How many devices said something. */
export function allOf(devices: StateCounts): number {
  return PACK_STATES.reduce((sum, state) => sum + devices[state], 0);
}

export const STATE_TONES: Readonly<Record<PackState, string>> = {
  ok: 'n-tag-good',
  degraded: 'n-tag-warn',
  broken: 'n-tag-bad',
  unverified: '',
};
export const STAGE_TONES: Readonly<Record<PackStage, string>> = {
  proposed: '',
  trial: 'n-tag-warn',
  everywhere: 'n-tag-good',
  refused: 'n-tag-bad',
  retired: 'n-tag-bad',
};
