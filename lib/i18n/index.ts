/**
 * Typed dictionaries (vi first, then en). A room has one folder here with one file per language; the Vietnamese file
 * names the keys and every other language must have exactly those. `{name}` in a text is filled from the values.
 */

export type Language = string;
export type Values = Readonly<Record<string, string | number>>;
export type Translate<Key extends string> = (key: Key, values?: Values) => string;

/** The translator for one dictionary. A missing value stays visible as `{name}`, so it is seen in review. */
export function translator<Key extends string>(dictionary: Readonly<Record<Key, string>>): Translate<Key> {
  return (key, values) =>
    dictionary[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole));
}
