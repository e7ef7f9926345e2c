/** The workshop's runner says of every bundled page what the adapters' own test says, and notices every kind of difference. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtureAssets } from '../../../lib/build/fixtures.ts';
import type { Fixture } from '../../../lib/workshop/fixture.ts';
import { expectationOf, runFixture } from '../../../lib/workshop/runner.ts';
import { FIXTURES, fixtureOf, packOf, render } from './room.ts';

const packs = readdirSync(FIXTURES).filter((id) => packOf(id) !== undefined);

describe.each(packs)('saved pages of %s', (id) => {
  const names = readdirSync(join(FIXTURES, id))
    .filter((name) => name.endsWith('.html'))
    .map((name) => name.slice(0, -5));

  it.each(names)('%s passes', async (name) => {
    expect(await runFixture(packOf(id), fixtureOf(id, name), render)).toEqual({
      name,
      ok: true,
      difference: null,
    });
  });
});

describe('differences', () => {
  const pack = packOf('igate2');
  const base = fixtureOf('igate2', 'list-basic');
  const run = (expected: Partial<Fixture['expected']>, fixture = base) =>
    runFixture(pack, { ...fixture, expected: { ...fixture.expected, ...expected } }, render);

  it('names row, field and both values', async () => {
    const rows = structuredClone(base.expected.rows) as { facts: Record<string, unknown> }[];
    rows[1]!.facts.channel = 'online';
    expect((await run({ rows })).difference).toEqual({
      what: 'field',
      row: 2,
      name: 'channel',
      expected: 'online',
      found: 'counter',
    });
  });

  it('notices pages, health and the number of rows', async () => {
    expect((await run({ pages: [] })).difference?.what).toBe('pages');
    expect((await run({ health: 'broken' })).difference?.what).toBe('health');
    expect((await run({ rows: [] })).difference).toMatchObject({ what: 'rows', expected: '0', found: '3' });
  });

  it('notices gestures and what the page says', async () => {
    const dialog = fixtureOf('igate2', 'dialog-receive');
    const gestures = dialog.expected.gestures!.map((one) => ({ ...one, rule: 'return' }));
    expect((await run({ gestures }, dialog)).difference?.what).toBe('gesture');
    const codes = dialog.expected.gestures!.map((one) =>
      one.rule === null ? one : { ...one, codes: ['H99.51-260922-0009'] },
    );
    expect((await run({ gestures: codes }, dialog)).difference?.what).toBe('codes');
    const says = dialog.expected.says!.map((one) => ({ ...one, confirms: null, refuses: false }));
    expect((await run({ says }, dialog)).difference?.what).toBe('says');
  });

  it('never passes what it cannot check', async () => {
    const result = await run({ somethingNew: true } as Partial<Fixture['expected']>);
    expect(result).toMatchObject({ ok: false, difference: { what: 'unknown', name: 'somethingNew' } });
  });

  it('makes of a page the expectation that it then passes', async () => {
    const expected = await expectationOf(pack, base.expected.place, base.html, render);
    expect(expected).toEqual(base.expected);
  });
});

it('the package carries every saved page, the same bytes each time', () => {
  const assets = fixtureAssets();
  expect(assets.map(({ relativeDest }) => relativeDest)).toEqual(
    expect.arrayContaining(packs.map((id) => `fixtures/${id}.json`)),
  );
  for (const id of packs) {
    const asset = assets.find(({ relativeDest }) => relativeDest === `fixtures/${id}.json`)!;
    const carried = (JSON.parse(asset.contents) as Fixture[]).map(({ name }) => name);
    const files = readdirSync(join(FIXTURES, id)).filter((name) => name.endsWith('.html'));
    expect(carried.sort()).toEqual(files.map((name) => name.slice(0, -5)).sort());
  }
  expect(fixtureAssets()).toEqual(assets);
});
