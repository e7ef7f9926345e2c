/**
 * Shared parts of a pack's pages. In a pack's source a page may name `use: ["set", …]`: parts of a page written once under
 * `sets`, laid under the page in order, its `fields` one by one; a field set to null is taken out. What runs in a page, is
 * checked, signed and shown in the workshop is always the expanded pack.
 */
import { type Bag, isBag } from './shape.ts';

const fieldsOf = (part: Bag) => (isBag(part.fields) ? part.fields : {});

function expandPage(page: unknown, sets: Bag): unknown {
  if (!isBag(page) || page.use === undefined) return page;
  const names = Array.isArray(page.use) ? page.use : [page.use];
  const parts = names.map((name) =>
    typeof name === 'string' && Object.hasOwn(sets, name) ? sets[name] : null,
  );
  // An unknown set stays named: the check calls it an unknown operator and the page type is inert.
  if (!parts.every(isBag)) return page;
  const { use: _, ...own } = page;
  const fields = Object.assign({}, ...parts.map(fieldsOf), fieldsOf(own)) as Bag;
  return {
    ...Object.assign({}, ...parts, own),
    fields: Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== null)),
  };
}

/** The pack with every shared part laid in; what has none comes back as it is. Never throws. */
export function expandPack(raw: unknown): unknown {
  if (!isBag(raw) || !isBag(raw.sets) || !Array.isArray(raw.pages)) return raw;
  const { sets, ...pack } = raw;
  return { ...pack, pages: raw.pages.map((page) => expandPage(page, sets as Bag)) };
}
