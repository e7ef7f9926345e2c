/** SQL lives in `.sql` files as blocks that begin with `-- name: someName`; this reads them by name. */
import { readFileSync } from 'node:fs';

/** The blocks of a file. Errors: a name is missing in the file, or the file holds one nobody asked for. */
export function loadQueries<const Name extends string>(
  path: string,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const blocks = new Map<string, string>();
  for (const block of readFileSync(path, 'utf8')
    .split(/^-- name: /m)
    .slice(1)) {
    const end = block.indexOf('\n');
    blocks.set(
      block.slice(0, end).trim(),
      block
        .slice(end + 1)
        .trim()
        .replace(/;$/, ''),
    );
  }
  const missing = names.filter((name) => !blocks.has(name));
  const unused = [...blocks.keys()].filter((name) => !(names as readonly string[]).includes(name));
  if (missing.length > 0 || unused.length > 0) {
    throw new Error(`${path}: missing [${missing.join(', ')}], unused [${unused.join(', ')}]`);
  }
  return Object.fromEntries(names.map((name) => [name, blocks.get(name)!])) as Record<Name, string>;
}
