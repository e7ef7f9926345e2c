/** The `.nmc-pack` file: a pack with its saved pages, to carry on elsewhere or to hand to the province without a network. */
import * as z from 'zod/mini';
import { checkPack } from '../adapters/check-pack.ts';
import type { Pack } from '../adapters/pack.ts';
import type { Expected, Fixture } from './fixture.ts';

export const PACK_ENDING = '.nmc-pack';
const MAX_FILE = 12 * 1024 * 1024;
const MOST_FIXTURES = 20;

const expected = z.looseObject({ place: z.string().check(z.maxLength(500)) });
const fileSchema = z.strictObject({
  schema: z.literal('nmc-pack-file/1'),
  pack: z.unknown(),
  note: z.string().check(z.maxLength(500)),
  fixtures: z
    .array(
      z.strictObject({
        name: z.string().check(z.regex(/^[a-z0-9-]{1,80}$/)),
        html: z.string().check(z.maxLength(400_000)),
        expected,
      }),
    )
    .check(z.maxLength(MOST_FIXTURES)),
});

export interface PackFile {
  readonly pack: Pack;
  readonly note: string;
  readonly fixtures: readonly Fixture[];
}

/** `igate2-0.1.1`: the name of a pack's files, without ending. */
export const fileNameOf = ({ id, version }: Pack): string => `${id}-${version}`;

/** The file's text. At most twenty saved pages, the newest. */
export function writePackFile({ pack, note, fixtures }: PackFile): string {
  const kept = fixtures.slice(-MOST_FIXTURES);
  return `${JSON.stringify({ schema: 'nmc-pack-file/1', pack, note, fixtures: kept }, null, 1)}\n`;
}

/** Reads a `.nmc-pack` file or a bare pack as JSON. Null: neither, or nothing of the pack may run. */
export function readPackFile(text: string): PackFile | null {
  if (text.length > MAX_FILE) return null;
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
  const parsed = fileSchema.safeParse(raw);
  const pack = parsed.success ? parsed.data.pack : raw;
  if (checkPack(pack).pack === null) return null;
  return parsed.success
    ? {
        pack: pack as Pack,
        note: parsed.data.note,
        fixtures: parsed.data.fixtures as { name: string; html: string; expected: Expected }[],
      }
    : { pack: pack as Pack, note: '', fixtures: [] };
}
