/** Whether what the bench's page showed is what the journal holds: every dossier, with its key and its facts. */
import { readLine } from '../../lib/domain/entry.ts';
import { keyMaker } from '../browser/quick-enrol.ts';
import { codeOf, factsOf } from './host-page-rows.ts';

/** What is missing or differs, by the dossier's number; empty when the journal holds exactly what was shown. */
export async function misread(
  lines: readonly string[],
  shown: readonly number[],
  provinceKey: Uint8Array,
): Promise<string[]> {
  const keyOf = await keyMaker(provinceKey);
  const found = new Map<string, string>();
  for (const line of lines) {
    const reading = readLine(line);
    if (!reading.ok || reading.entry.kind !== 'dossier') continue;
    const { keys, facts } = reading.entry.body;
    found.set(keys[0]!, sorted(facts));
  }
  const wrong: string[] = [];
  for (const n of shown) {
    const facts = found.get(await keyOf(codeOf(n)));
    if (facts === undefined) wrong.push(`${n} is missing`);
    else if (facts !== sorted(factsOf(n))) wrong.push(`${n} reads ${facts}`);
  }
  return wrong;
}

function sorted(facts: object): string {
  return JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
