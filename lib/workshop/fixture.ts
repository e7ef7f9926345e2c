/** Saved pages with what they must yield and the inert place they are read in. */

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
