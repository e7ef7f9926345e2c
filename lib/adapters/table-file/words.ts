/** What a portal's file calls its columns: the header words of a pack, list pages first, as one list per field. */
import type { Field, Locator, Pack } from '../pack.ts';

/** Where a field's value may stand in a file. The index in {@link FileField.from} is the rank. */
export type FileLocator =
  | Extract<Locator, { header: readonly string[] }>
  | Extract<Locator, { lineOf: unknown }>;

export interface FileField {
  readonly name: string;
  readonly field: Field;
  readonly from: readonly FileLocator[];
}

/**
 * The dossier fields of a pack as a file may show them. A label of a detail page is a header word too; what only a page
 * has (attributes, classes, what one list takes for granted) says nothing about a file and is left out.
 */
export function fileFields(pack: Pack): FileField[] {
  const inert = new Set(pack.inert?.map(({ id }) => id));
  const pages = pack.pages.filter(
    ({ id, kind, yields }) =>
      yields === 'dossier' && (kind === 'list' || kind === 'detail') && !inert.has(id),
  );
  const ordered = [
    ...pages.filter(({ kind }) => kind === 'list'),
    ...pages.filter(({ kind }) => kind === 'detail'),
  ];
  const found = new Map<string, { field: Field; from: FileLocator[]; known: Set<string> }>();
  for (const page of ordered) {
    for (const [name, field] of Object.entries(page.fields)) {
      const one = found.get(name) ?? { field, from: [], known: new Set() };
      found.set(name, { ...one, field: joined(one.field, field) });
      for (const locator of field.from.flatMap(inFile)) {
        const id = JSON.stringify(locator);
        if (one.known.has(id)) continue;
        one.known.add(id);
        one.from.push(locator);
      }
    }
  }
  return [...found]
    .map(([name, { field, from }]) => ({ name, field, from }))
    .filter(({ from }) => from.length > 0);
}

function inFile(locator: Locator): FileLocator[] {
  if ('header' in locator) return [locator];
  if ('lineOf' in locator) return locator.lineOf === null || locator.lineOf.header ? [locator] : [];
  if (!('label' in locator)) return [];
  return [{ header: locator.label, ...(locator.regex === undefined ? {} : { regex: locator.regex }) }];
}

/** The words of both; "an empty place means yes or no" is true of one page only and is dropped. */
function joined(a: Field, b: Field): Field {
  const words = (name: 'yes' | 'no') =>
    [...new Set([...(a[name] ?? []), ...(b[name] ?? [])])].filter((one) => one !== '');
  return {
    ...a,
    yes: words('yes'),
    no: words('no'),
    emptyIsNone: a.emptyIsNone === true || b.emptyIsNone === true,
  };
}
