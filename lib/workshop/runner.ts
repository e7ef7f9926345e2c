/** Runs a pack over a saved page and says what came out differently, first difference first. The place is inert: see `inert.ts`. */
import type { DifferenceView } from '../../components/workshop/model.ts';
import type { Pack } from '../adapters/pack.ts';
import { compare, DAY, readAll } from './compare.ts';
import type { Expected, Fixture, InertPage, Render } from './fixture.ts';

export interface FixtureResult {
  readonly name: string;
  readonly ok: boolean;
  readonly difference: DifferenceView | null;
}

/** Runs one fixture. Never rejects: what goes wrong is the difference. */
export async function runFixture(pack: Pack, fixture: Fixture, render: Render): Promise<FixtureResult> {
  const { name } = fixture;
  let page: InertPage | null = null;
  try {
    page = await render(fixture.html);
    const difference = compare(pack, fixture.expected, page);
    return { name, ok: difference === null, difference };
  } catch (error) {
    const found = error instanceof Error ? error.name : 'unknown';
    return { name, ok: false, difference: { what: 'error', expected: '', found } };
  } finally {
    page?.close();
  }
}

/** What a pack makes of a page: the expectation a new snapshot is saved with. */
export async function expectationOf(
  pack: Pack,
  place: string,
  html: string,
  render: Render,
): Promise<Expected> {
  const page = await render(html);
  try {
    const { pages, health, rows, told } = readAll(pack, place, page.document, DAY);
    return {
      place,
      pages,
      ...(health === null ? {} : { health, rows }),
      ...(health === null && told.health !== null ? { health: told.health } : {}),
      ...(told.totals.length > 0 ? { today: DAY, totals: told.totals } : {}),
      ...(told.reports.length > 0 ? { reports: told.reports } : {}),
    };
  } finally {
    page.close();
  }
}
