/**
 * The shape of every figure (DESIGN §8): no figure without definition, period, numerator, denominator, transport,
 * coverage and grounds; unknown is never 0.
 */

/** Proof of transport, per device set: complete through N, gaps, last heard (DESIGN §3). */
export interface Transport {
  readonly devices: number;
  readonly complete: number;
  /** Entries known to be missing: gaps below declared heads. */
  readonly missing: number;
  /** Devices not heard from since the day began. */
  readonly silent: number;
  /** ISO instant of the oldest "last heard" among devices, null when there is none. */
  readonly heardThrough: string | null;
}

/** Dossiers seen ÷ the portal's official total, or unknown (null). */
export interface Coverage {
  readonly seen: number;
  readonly official: number | null;
}

/** The ids of the everyday rates and of Decision 766's metrics. */
export type IndicatorId = string;

/** One indicator for a unit and a period. Exactly one of `value` and `bounds` is set, or neither (no denominator). */
export interface Indicator {
  readonly id: IndicatorId;
  /** A ratio 0..1 when every dossier is decided. */
  readonly value: number | null;
  /** `[yes/all, (yes+undecided)/all]` when some are not. */
  readonly bounds: readonly [number, number] | null;
  readonly numerator: number;
  readonly denominator: number;
  readonly undecided: number;
  /** Id of the definition text in the dictionaries. */
  readonly definition: string;
  readonly version: string;
  readonly period: string;
  /** ISO instant the figure was computed. */
  readonly asOf: string;
  readonly transport: Transport;
  readonly coverage: Coverage;
}

/** A count known to be yes, known to be no, and not known. */
export interface Tally {
  readonly yes: number;
  readonly no: number;
  readonly undecided: number;
}

/** What surrounds every indicator of one answer. */
export interface IndicatorContext {
  readonly period: string;
  readonly asOf: string;
  readonly transport: Transport;
  readonly coverage: Coverage;
}

/** The indicator of a tally. */
export function indicatorOf(
  id: IndicatorId,
  version: string,
  tally: Tally,
  context: IndicatorContext,
): Indicator {
  const denominator = tally.yes + tally.no + tally.undecided;
  const isDecided = tally.undecided === 0;
  return {
    id,
    value: denominator === 0 || !isDecided ? null : tally.yes / denominator,
    bounds:
      denominator === 0 || isDecided
        ? null
        : [tally.yes / denominator, (tally.yes + tally.undecided) / denominator],
    numerator: tally.yes,
    denominator,
    undecided: tally.undecided,
    definition: id,
    version,
    ...context,
  };
}
