/** The practice systems whose days are held to every row and every action, by the family of their pack; the others: day-more. */
import { system as igate2 } from './igate2.ts';
import { system as ioffice } from './ioffice.ts';
import type { DaySystem } from './system.ts';
import { system as td } from './td.ts';

export const DAYS: Readonly<Record<string, DaySystem>> = Object.fromEntries(
  [igate2, td, ioffice].map((system) => [system.family, system]),
);
