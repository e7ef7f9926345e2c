/** What the practice systems that start on their own share: options, who is on duty, generated names, made-up codes. */
import { random } from './seed.ts';
import type { Portal, PortalContext, PortalOptions } from './types.ts';

/** A practice system that is started alone, with its own person on duty. */
export interface PracticeHost extends Portal {
  /** Who sits at the counter from now on; null = nobody said. */
  setDuty(person: string | null): void;
  /** Writes down something that looked like work and was none, and that only the person's hand knows of: a cancelled dialog. */
  note(what: string, codes?: readonly string[]): void;
}

/** Plain options: nothing renamed, nothing late, 120 records. */
export function hostOptions(some: Partial<PortalOptions>): PortalOptions {
  return {
    latencyMs: 0,
    isLatencyMixed: false,
    mode: 'reload',
    seed: 1,
    secrets: [],
    breakLocator: [],
    breakConfirmation: [],
    port: 0,
    areHeadersRenamed: false,
    areColumnsShuffled: false,
    areClassesRebuilt: false,
    dossiers: 120,
    ...some,
  };
}

/** A context whose duty can be set. */
export function dutyOf(options: PortalOptions): PortalContext & Pick<PracticeHost, 'setDuty'> {
  let duty: string | null = null;
  return {
    options,
    duty: () => duty,
    setDuty: (person) => {
      duty = person;
    },
  };
}

const SIGNS = 'abcdefghijkmnopqrstuvwxyz0123456789';

/** A maker of names that a framework or build tool generates; others after a rebuild. */
export function generated(options: PortalOptions): (length: number) => string {
  const next = random(options.areClassesRebuilt ? options.seed * 7919 + 17 : 4242);
  return (length) =>
    Array.from({ length }, () => SIGNS[Math.floor(next() * SIGNS.length)]!)
      .join('')
      .replace(/^\d/, 'x');
}

/** `H99.50-260921-0101`: an office's prefix, the day of filing, a number. */
export function codeOf(prefix: string, filed: string, number: number): string {
  return `${prefix}-${filed.slice(2, 10).replaceAll('-', '')}-${String(number).padStart(4, '0')}`;
}

/** One of a list. */
export function drawn<T>(next: () => number, list: readonly T[]): T {
  return list[Math.floor(next() * list.length)]!;
}
