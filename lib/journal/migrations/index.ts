/**
 * Numbered, forward-only migrations of the journal's database. A migration may add or rebuild what is derived
 * (indexes, stream rows); it never touches a line. A released file is never edited; a test opens every old version.
 */
import { linesStreamsMeta } from './001-lines-streams-meta.ts';
import { kindAt } from './002-kind-at.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [linesStreamsMeta, kindAt];
