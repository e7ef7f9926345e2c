/** The procedure catalogue (danh mục thủ tục hành chính): where every denominator comes from (DESIGN §8). */
import type { Day } from './dates.ts';

/** One procedure as valid in a span of days. */
export interface Procedure {
  /** National code, `1.001612`. */
  readonly code: string;
  readonly name: string;
  readonly sector: string;
  /** Full-process (toàn trình) or partial (một phần) online service, or none. */
  readonly online: 'full' | 'partial' | 'none';
  readonly hasFee: boolean;
  /** Returns a result on paper. */
  readonly returnsResult: boolean;
  /** Time limit in working days; null when the catalogue does not say. */
  readonly limitDays: number | null;
  readonly validFrom: Day | null;
  readonly validTo: Day | null;
}

/** The catalogue row of a procedure on a day; a provincial code also matches its national head (`1.012790`). */
export type ProcedureFinder = (code: string, day: Day) => Procedure | null;

/** Makes the look-up for a catalogue. */
export function procedureFinder(catalogue: readonly Procedure[]): ProcedureFinder {
  const byCode = new Map<string, Procedure[]>();
  for (const one of catalogue) byCode.set(one.code, [...(byCode.get(one.code) ?? []), one]);
  const on = (code: string, day: Day) =>
    byCode.get(code)?.find((one) => (one.validFrom ?? '0') <= day && day <= (one.validTo ?? '9')) ?? null;
  return (code, day) => on(code, day) ?? on(code.slice(0, 8), day);
}
