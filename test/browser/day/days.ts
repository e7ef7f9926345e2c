/** Every practice system that has a day, by the family of its pack. */
import { system as igate2 } from './igate2.ts';
import { system as ioffice } from './ioffice.ts';
import type { DaySystem } from './system.ts';
import { system as td } from './td.ts';

export const DAYS: Readonly<Record<string, DaySystem>> = Object.fromEntries(
  [igate2, td, ioffice].map((system) => [system.family, system]),
);
