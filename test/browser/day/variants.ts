/** The phases of a day: together at least 500 dossiers, 150 actions and 100 things that are none. */
import type { Want } from './harness.ts';
import type { Variant } from './system.ts';

export interface DayPhase {
  readonly variant: Variant;
  readonly want: Want;
}

/** Nothing renamed, nothing late. */
export const PLAIN = {
  latencyMs: 0,
  isLatencyMixed: false,
  mode: 'xhr',
  areHeadersRenamed: false,
  areColumnsShuffled: false,
  areClassesRebuilt: false,
} as const;

/** Plain and instant; another tenant's words, columns and build; slow and mixed answers with full reloads. */
export function phasesOf(seed: number): readonly DayPhase[] {
  return [
    {
      variant: { ...PLAIN, name: 'plain', seed, dossiers: 230 },
      want: { actions: 66, nonEvents: 44 },
    },
    {
      variant: {
        ...PLAIN,
        name: 'other-tenant',
        seed: seed + 1_000_003,
        areHeadersRenamed: true,
        areColumnsShuffled: true,
        areClassesRebuilt: true,
        dossiers: 210,
      },
      want: { actions: 60, nonEvents: 40 },
    },
    {
      variant: {
        ...PLAIN,
        name: 'slow-reload',
        seed: seed + 2_000_003,
        latencyMs: 300,
        isLatencyMixed: true,
        mode: 'reload',
        areHeadersRenamed: true,
        dossiers: 110,
      },
      want: { actions: 28, nonEvents: 20 },
    },
  ];
}
