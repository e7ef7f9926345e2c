/** Runs a pack over a saved page and says what came out differently, first difference first. The place is inert: see `inert.ts`. */
import type { Pack } from '../adapters/pack.ts';
import { compare, DAY, readAll } from './compare.ts';

/** What a saved page must yield; the form of test/fixtures/portals. */
export interface Expected {
  readonly place: string;
  readonly pages?: readonly string[];
  readonly health?: string;
  readonly rows?: readonly unknown[];
  /** The day of the reading, for menus. */
  readonly today?: string;
  /** What statistics pages tell: `{rule, unit, from, to, figures}`. */
  readonly totals?: readonly unknown[];
  readonly reports?: readonly unknown[];
  readonly suggest?: unknown;
  readonly gestures?: readonly {
    readonly touch?: string;
    readonly target: string;
    readonly rule: string | null;
    readonly codes?: readonly string[];
    readonly selected?: number | null;
  }[];
  readonly says?: readonly {
    readonly rule: string;
    readonly html: string;
    readonly within?: string;
    readonly confirms: string | null;
    readonly count?: number | null;
    readonly refuses?: boolean;
  }[];
}

export interface Fixture {
  readonly name: string;
  readonly html: string;
  readonly expected: Expected;
}

/** A document that is shown nowhere and runs nothing, but knows what is visible. */
export interface InertPage {
  readonly document: Document;
  /** Parses a piece of HTML into nodes of this document. */
  readonly parse: (html: string) => readonly Node[];
  readonly close: () => void;
}
export type Render = (html: string) => Promise<InertPage>;

/** How a result differs: what was expected and what came, as short texts. */
export interface Difference {
  readonly what:
    | 'pages'
    | 'health'
    | 'rows'
    | 'row'
    | 'field'
    | 'told'
    | 'gesture'
    | 'codes'
    | 'says'
    | 'unknown'
    | 'error';
  /** Row from 1, field name, selector or rule. */
  readonly row?: number;
  readonly name?: string;
  readonly expected: string;
  readonly found: string;
}

export interface FixtureResult {
  readonly name: string;
  readonly ok: boolean;
  readonly difference: Difference | null;
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
