/** Rooms for the workshop's tests: bundled packs, their saved pages, an inert place made of happy-dom. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { Fixture, InertPage, Render } from '../../../lib/workshop/fixture.ts';
import { windowOf } from '../adapters/dom.ts';

export const FIXTURES = join(import.meta.dirname, '../../fixtures/portals');

export const packOf = (id: string) => BUNDLED_PACKS.find((pack) => pack.id === id)!;

export const htmlOf = (pack: string, name: string) =>
  readFileSync(join(FIXTURES, pack, `${name}.html`), 'utf8');

export function fixtureOf(pack: string, name: string): Fixture {
  const expected = JSON.parse(readFileSync(join(FIXTURES, pack, `${name}.json`), 'utf8'));
  return { name, html: htmlOf(pack, name), expected };
}

export const render: Render = async (html): Promise<InertPage> => {
  const { document } = windowOf(html);
  return {
    document,
    parse: (piece) => {
      const box = document.createElement('div');
      box.innerHTML = piece;
      return [...box.childNodes];
    },
    close: () => undefined,
  };
};
