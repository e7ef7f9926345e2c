/** What changed between two packs, by the path of the field. Pure. */

export interface Change {
  /** `pages[list].fields.due.from.1.header`; parts with an id are named by it, not by their place. */
  readonly path: string;
  /** Undefined: was not there. */
  readonly before?: unknown;
  /** Undefined: is not there any more. */
  readonly after?: unknown;
}

type Bag = Readonly<Record<string, unknown>>;
const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const MOST = 500;

/** The changes from `before` to `after` in the order of the pack, at most 500. Lists of words are compared as a whole. */
export function diffPacks(before: unknown, after: unknown): Change[] {
  const changes: Change[] = [];
  compare('', before, after, changes);
  return changes.slice(0, MOST);
}

function compare(path: string, before: unknown, after: unknown, changes: Change[]): void {
  if (changes.length >= MOST) return;
  if (isBag(before) && isBag(after)) {
    for (const name of names(Object.keys(before), Object.keys(after))) {
      compare(path === '' ? name : `${path}.${name}`, before[name], after[name], changes);
    }
  } else if (isListOfParts(before) && isListOfParts(after)) {
    const [left, right] = [partsOf(before), partsOf(after)];
    for (const name of names([...left.keys()], [...right.keys()])) {
      compare(`${path}${name}`, left.get(name), right.get(name), changes);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    changes.push({
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    });
  }
}

/** Every name once: those of `after` in their order, then those that are gone. */
function names(before: readonly string[], after: readonly string[]): string[] {
  return [...new Set([...after, ...before])];
}

function isListOfParts(value: unknown): value is readonly Bag[] {
  return Array.isArray(value) && value.length > 0 && value.every(isBag);
}

/** The parts of a list by `[id]`, or by `.place` where they have none. */
function partsOf(list: readonly Bag[]): Map<string, Bag> {
  const ids = list.map((one) => one.id);
  const isNamed = ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length;
  return new Map(list.map((one, place) => [isNamed ? `[${String(one.id)}]` : `.${place}`, one] as const));
}
