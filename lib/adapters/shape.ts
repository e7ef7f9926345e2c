/** Small structural checks of plain data: shapes by kind of value, a problem for each field that does not fit. */
export type Bag = Record<string, unknown>;
export type Report = (field: string, problem: string) => void;

const MAX_LIST = 200;
export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown, max = 400): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= max;
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.length <= MAX_LIST && value.every((one) => isText(one));

/** Nested repetition, back references and look-behind: expressions that can run away, refused everywhere. */
const RUNAWAY = /\([^()]*[+*}][^()]*\)[+*{]|\\[1-9]|\(\?<[=!]/;

export function isRegex(value: unknown): value is string {
  if (!isText(value) || RUNAWAY.test(value)) return false;
  try {
    new RegExp(value, 'iu');
    return true;
  } catch {
    return false;
  }
}

/** The kinds of check a field of the pack can ask for. */
const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => isText(value),
  texts: isTexts,
  /** Words may be empty: an empty place. */
  words: (value) => Array.isArray(value) && value.every((one) => one === '' || isText(one, 80)),
  regex: isRegex,
  url: (value) => isRegex(value) && value.startsWith('^') && value.endsWith('$'),
  flag: (value) => typeof value === 'boolean',
  line: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 20,
  count: (value) => Number.isInteger(value) && (value as number) >= 0,
  share: (value) => typeof value === 'number' && value > 0 && value <= 1,
  scalar: (value) => ['string', 'number', 'boolean'].includes(typeof value),
  done: (value) => value === 'done',
  load: (value) => value === 'navigate' || value === 'reload',
  any: () => true,
};

/** Checks an object against `name: kind` (`?` marks optional); a key not listed is an unknown operator. */
export function shape(
  raw: unknown,
  path: string,
  kinds: Readonly<Record<string, string>>,
  report: Report,
): raw is Bag {
  if (!isBag(raw)) {
    report(path, 'not an object');
    return false;
  }
  let isFine = true;
  const fail = (name: string, problem: string) => {
    report(`${path}.${name}`, problem);
    isFine = false;
  };
  for (const name of Object.keys(raw)) {
    if (!Object.hasOwn(kinds, name)) fail(name, 'unknown operator');
  }
  for (const [name, kind] of Object.entries(kinds)) {
    if (raw[name] === undefined) {
      if (!kind.endsWith('?')) fail(name, 'missing');
    } else if (!KINDS[kind.replace('?', '')]!(raw[name])) {
      fail(name, `not a valid ${kind.replace('?', '')}`);
    }
  }
  return isFine;
}

/** The shape named by its first key; an object with none of them is an unknown operator. */
export function oneOf(
  raw: unknown,
  path: string,
  shapes: readonly Readonly<Record<string, string>>[],
  report: Report,
): boolean {
  const kinds = isBag(raw) ? shapes.find((one) => Object.keys(one)[0]! in raw) : undefined;
  if (!kinds) {
    report(path, 'unknown operator');
    return false;
  }
  return shape(raw, path, kinds, report);
}

export function each(
  raw: unknown,
  path: string,
  report: Report,
  check: (one: unknown, path: string) => unknown,
): boolean {
  if (!Array.isArray(raw) || raw.length > MAX_LIST) {
    report(path, 'not a list');
    return false;
  }
  return raw.map((one, index) => check(one, `${path}.${index}`)).every(Boolean);
}
