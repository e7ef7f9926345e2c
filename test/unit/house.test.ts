/** The rooms of the house and who may know whom (DESIGN §2). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Floors from the ground up: a room may import its own floor's listed rooms and everything below. */
const FLOORS: string[][] = [
  ['domain', 'i18n'],
  ['indicators', 'adapters', 'batch', 'journal'],
  ['page', 'sync', 'reports', 'unit'],
  ['extension', 'workshop', 'kiosk', 'form', 'dashboard', 'hub'],
];
/** Imports on one floor, or upwards, that the design knows. */
const ALLOWED = new Set([
  'journal>batch',
  // Types of the message map only; the line below checks that nothing but types crosses.
  'page>extension',
  'unit>sync',
  // Pure readers and writers of CSV and XLSX.
  'unit>reports',
  'sync>page',
  // The list of sentences a kiosk's loudspeaker may say: pure, and loaded when the view of kiosks is opened.
  'dashboard>kiosk',
  // The workshop talks to the worker by the message map (types) and its client.
  'workshop>extension',
]);
const BROWSER_ROOMS = [
  'journal',
  'sync',
  'page',
  'unit',
  'extension',
  'workshop',
  'kiosk',
  'form',
  'dashboard',
];
const HEAVY = /^(preact|dexie|zod|chart\.js)(\/|$)/;

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isType: boolean;
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8');
  const pattern =
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/gm;
  return [...source.matchAll(pattern)].map((found) => {
    const name = (found[2] ?? found[3])!.replace(/\?.*$/, '');
    const target = name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : name;
    return { file, target, isType: found[1] !== undefined };
  });
}

const all = ['lib', 'components', 'entrypoints'].flatMap(filesUnder).flatMap(importsOf);
const roomOf = (path: string) => /^lib\/([^/]+)\//.exec(path)?.[1] ?? null;
const floorOf = (room: string) => FLOORS.findIndex((floor) => floor.includes(room));

describe('import directions', () => {
  it('reads imports at all', () => {
    expect(all.length).toBeGreaterThan(20);
  });

  it('lib rooms import only downwards', () => {
    const wrong = all.filter(({ file, target, isType }) => {
      const from = roomOf(file);
      const to = roomOf(target);
      if (!from || !to || from === to || from === 'build' || to === 'build') return false;
      if (ALLOWED.has(`${from}>${to}`)) return from === 'page' && !isType;
      if (isType && floorOf(to) <= floorOf(from)) return false;
      return floorOf(to) >= floorOf(from);
    });
    expect(wrong).toEqual([]);
  });

  it('hub and browser rooms stay apart', () => {
    const wrong = all.filter(({ file, target }) => {
      const from = roomOf(file);
      const to = roomOf(target);
      return (
        (from === 'hub' && BROWSER_ROOMS.includes(to ?? '')) ||
        (to === 'hub' && from !== 'hub' && from !== 'build')
      );
    });
    expect(wrong).toEqual([]);
  });

  it('components show and nothing else: domain, indicators, i18n, no effects', () => {
    const wrong = all.filter(({ file, target }) => {
      if (!file.startsWith('components/')) return false;
      const to = roomOf(target);
      return (
        (to !== null && !['domain', 'indicators', 'i18n'].includes(to)) ||
        /^(dexie|wxt|hono|pg)(\/|$)/.test(target)
      );
    });
    expect(wrong).toEqual([]);
  });

  it('the pure rooms know no browser, no storage, no network', () => {
    const wrong = ['lib/domain', 'lib/indicators']
      .flatMap(filesUnder)
      .flatMap(importsOf)
      .filter(({ target }) => /^(node:|dexie|wxt|hono|pg|preact)/.test(target));
    expect(wrong).toEqual([]);
  });

  it('what runs in a host page carries no heavy library', () => {
    const seen = new Set<string>();
    const open = ['entrypoints/reader.content.ts'].filter((file) => all.some((one) => one.file === file));
    const wrong: Import[] = [];
    while (open.length > 0) {
      const file = open.pop()!;
      if (seen.has(file)) continue;
      seen.add(file);
      for (const one of all.filter((each) => each.file === file && !each.isType)) {
        if (HEAVY.test(one.target)) wrong.push(one);
        if (/\.tsx?$/.test(one.target)) open.push(one.target);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('entry files are lists: at most 40 lines', () => {
    const long = filesUnder('entrypoints').filter(
      (file) => readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length > 40,
    );
    expect(long).toEqual([]);
  });
});
