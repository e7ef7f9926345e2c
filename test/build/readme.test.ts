/** README.md names only what exists: commands, files, pictures, variables, operations of the hub; and stays short. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../lib/hub/cli/commands.ts';
import { readConfig } from '../../lib/hub/config.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
const allOf = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((found) => found[1]!))];

describe('README.md', () => {
  it('is at most 250 lines', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(250);
  });

  it('names commands that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = allOf(/\bnpm run ([a-z:]+)/g);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    expect(allOf(/npm run hub -- ([a-z][a-z-]+)/g).filter((name) => !(name in COMMANDS))).toEqual([]);
  });

  it('lists every operation of the hub', () => {
    expect(Object.keys(COMMANDS).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('names files that exist', () => {
    const named = allOf(/\b((?:lib|test|entrypoints|components)\/[\w./-]*\w)/g);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  });

  it('names variables the hub reads, with their defaults', () => {
    const named = allOf(/`((?:NMC_[A-Z_]+|PORT|HOST|DATABASE_URL))`/g);
    const wrong = Object.fromEntries(named.map((name) => [`${name}_FILE`, '/nowhere/at-all']));
    const known = () => readConfig(wrong);
    for (const name of named) expect(known).toThrow(`${name}_FILE: write the path`);
    const { port, host, province, pool, log } = readConfig({});
    for (const value of [`${port}, ${host}`, `\`${province}\``, `\`${log}\`, ${pool}`]) {
      expect(text).toContain(`| ${value} |`);
    }
  });

  it('shows pictures that load quickly', () => {
    const pictures = allOf(/(test\/readme\/\w+\.png)/g);
    expect(pictures.length).toBe(4);
    for (const picture of pictures) expect(statSync(join(ROOT, picture)).size).toBeLessThan(150_000);
  });
});
