/**
 * The guards against the traps of host pages (host-pages, appendix B): each is taken out of a copy of the sources, and the
 * trap's own test must then fail. A test that stays green without its guard proves nothing.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Guard {
  /** Number in the appendix, 1 to 24. */
  readonly trap: number;
  readonly what: string;
  readonly edits: readonly Edit[];
}

interface Edit {
  readonly file: string;
  /** Stands in the file once, or `times`. */
  readonly find: string;
  readonly replace: string;
  readonly times?: number;
}

export const GUARDS: readonly Guard[] = [
  {
    trap: 1,
    what: "the last step's own attribute",
    edits: [
      {
        file: 'lib/adapters/packs/igate2.json',
        find: `"css": "button[form='captchaForm']"`,
        replace: `"css": "button"`,
      },
    ],
  },
  {
    trap: 2,
    what: 'a confirmation needs a gesture that waits for it',
    edits: [
      {
        file: 'lib/page/engine.ts',
        find: 'if (host.armed && host.mayTell()) arming.resume(host.armed);',
        replace: `for (const rule of pack.actions) arming.resume({ rule: rule.id, action: rule.action, codes: [], selected: null, at: now(), within: rule.within });`,
      },
    ],
  },
  {
    trap: 3,
    what: 'labels are compared whole',
    edits: [
      {
        file: 'lib/adapters/engine/actions.ts',
        find: 'fold(one) === name',
        replace: 'name.includes(fold(one))',
      },
    ],
  },
  {
    trap: 4,
    what: 'only what is visible',
    edits: [
      {
        file: 'lib/adapters/engine/visible.ts',
        find: 'if (!element.isConnected) return false;',
        replace: 'if (element.isConnected) return true;',
      },
    ],
  },
  {
    trap: 5,
    what: 'confirming words are anchored at the start of a line',
    edits: [
      {
        file: 'lib/adapters/engine/actions.ts',
        find: 'const regex = regexOf(text);',
        replace: "const regex = regexOf(text.replace('^', '').replace('cac thong tin ben duoi', ''));",
      },
    ],
  },
  {
    trap: 6,
    what: "a gesture alone counts nothing: the page's word is awaited",
    edits: [
      {
        file: 'lib/page/waiting.ts',
        find: 'ports.onArm(armed, context);',
        replace: "ports.onArm(armed, context); ports.onConfirm(armed, context, 'click', null);",
      },
    ],
  },
  {
    trap: 7,
    what: 'the value of an input is its label',
    edits: [
      {
        file: 'lib/adapters/engine/actions.ts',
        find: "control.tagName === 'INPUT'",
        replace: "control.tagName === 'NEVER'",
      },
    ],
  },
  {
    trap: 8,
    what: 'N is what the toast says',
    edits: [
      {
        file: 'lib/adapters/engine/actions.ts',
        find: 'count: count !== null && count >= 1 ? count : null',
        replace: 'count: null',
      },
    ],
  },
  {
    trap: 9,
    what: "only rows with this person's role",
    edits: [
      {
        file: 'lib/adapters/engine/extract.ts',
        find: 'only ? found.filter((row) => row.matches(only)) : found',
        replace: 'found',
      },
    ],
  },
  {
    trap: 10,
    what: 'a row as wide as the header, or nothing',
    edits: [
      {
        file: 'lib/adapters/engine/table.ts',
        find: 'if (!grid || (width !== grid.width && width !== grid.width - 1)) return null;',
        replace: 'if (!grid) return null;',
      },
    ],
  },
  {
    trap: 11,
    what: 'facts are read by the lines of a cell',
    edits: [
      {
        file: 'lib/adapters/engine/locate.ts',
        find: 'cell ? captured(locator.regex, linesOf(cell)) : null',
        replace: 'cell ? captured(locator.regex, [textOf(cell, MAX_LINE)]) : null',
      },
    ],
  },
  {
    trap: 12,
    what: 'the title names an icon',
    edits: [{ file: 'lib/adapters/engine/actions.ts', find: "control.getAttribute('title'),", replace: '' }],
  },
  {
    trap: 13,
    what: 'the dialog says what is being returned',
    edits: [
      {
        file: 'lib/adapters/packs/igate2.json',
        find: '"title": "^tra ket qua(?: |$)"',
        replace: '"title": "^tra "',
      },
      {
        file: 'lib/adapters/packs/igate2.json',
        find: '"^tra ket qua .*thanh cong$"',
        replace: '"^tra .*thanh cong$"',
        times: 2,
      },
    ],
  },
  {
    trap: 14,
    what: 'withdrawn is not finished',
    edits: [
      {
        file: 'lib/domain/vocabulary.ts',
        find: "return status === 'finished' || status === 'returned';",
        replace: "return status === 'finished' || status === 'returned' || status === 'withdrawn';",
      },
      {
        file: 'lib/domain/merge.ts',
        find: "facts.status === 'withdrawn' || facts.status === 'refused'",
        replace: "facts.status === 'refused'",
      },
    ],
  },
  {
    trap: 15,
    what: 'the printed day of finishing',
    edits: [
      {
        file: 'lib/domain/merge.ts',
        find: "{ kind: 'printed', day: dayPart(merged.finished!) }",
        replace: "{ kind: 'printed', day: dayPart(merged.returned ?? merged.finished!) }",
      },
    ],
  },
  {
    trap: 16,
    what: 'the day of Asia/Ho_Chi_Minh',
    edits: [
      { file: 'lib/domain/dates.ts', find: 'const OFFSET = 7 * 3_600_000', replace: 'const OFFSET = 0' },
    ],
  },
  {
    trap: 17,
    what: 'shared keys join sightings',
    edits: [
      {
        file: 'lib/domain/merge.ts',
        find: 'for (const key of body.keys.slice(1)) {',
        replace: 'for (const key of [] as string[]) {',
      },
    ],
  },
  {
    trap: 18,
    what: 'actions and lists belong to addresses',
    edits: [
      {
        file: 'lib/adapters/engine/actions.ts',
        find: 'if (!matchesPlace(rule.url, place)) continue;',
        replace: '',
      },
    ],
  },
  {
    trap: 19,
    what: 'a gesture waits only for its window',
    edits: [
      {
        file: 'lib/page/waiting.ts',
        find: 'if (!rule || now() - armed.at > armed.within) return;',
        replace: 'if (!rule) return;\n      armed = { ...armed, within: 1e9 };',
      },
    ],
  },
  {
    trap: 20,
    what: 'facts that are known are not written again',
    edits: [
      {
        file: 'lib/extension/recorder.ts',
        find: 'if (isNew || isNewlyLate) {',
        replace: 'if (isNew || isNewlyLate || true) {',
      },
    ],
  },
  {
    trap: 21,
    what: 'actions belong to the addresses of work',
    edits: [
      {
        file: 'lib/adapters/engine/actions.ts',
        find: 'if (!matchesPlace(rule.url, place)) continue;',
        replace: '',
      },
    ],
  },
  {
    trap: 22,
    what: 'a dossier code has the form of one',
    edits: [
      {
        file: 'lib/adapters/engine/value.ts',
        find: 'return codeIn(text) ?? undefined;',
        replace: 'return text;',
      },
      {
        file: 'lib/adapters/engine/extract.ts',
        find: 'return lines.some((line) => codeIn(line) !== null);',
        replace: 'return true;',
      },
    ],
  },
  {
    trap: 23,
    what: 'denied addresses come first',
    edits: [
      {
        file: 'lib/adapters/engine/recognise.ts',
        find: 'return pack.deny.some((source) => matchesPlace(source, place));',
        replace: 'return pack.deny.length < 0 && matchesPlace(place, place);',
      },
      {
        file: 'lib/page/place.ts',
        find: "if (pack.deny.some((source) => matches(source, place))) return 'denied';",
        replace: '',
      },
    ],
  },
  {
    trap: 24,
    what: 'the query is no part of the place',
    edits: [
      {
        file: 'lib/page/place.ts',
        find: `\`\${location.pathname}\${hash}\``,
        replace: `\`\${location.pathname}\${(location as Location).search}\${hash}\``,
      },
    ],
  },
];

const ROOT = resolve(import.meta.dirname, '../..');
const COPIED = ['lib', 'test/unit/traps', 'test/unit/adapters/dom.ts', 'test/unit/page/harness.ts'];

export interface GuardResult {
  readonly guard: Guard;
  /** `red`: the trap's test failed, as it must. `green`: it did not notice. `lost`: the guard is not where it was. */
  readonly outcome: 'red' | 'green' | 'lost';
  readonly output: string;
}

/** Takes one guard out and runs its trap's test. */
export async function removeGuard(guard: Guard): Promise<GuardResult> {
  const folder = mkdtempSync(join(tmpdir(), 'nmc-guard-'));
  try {
    for (const path of COPIED) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    for (const file of ['package.json', 'tsconfig.json', 'vitest.config.ts'])
      cpSync(join(ROOT, file), join(folder, file));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const { file, find, replace, times = 1 } of guard.edits) {
      const source = readFileSync(join(folder, file), 'utf8');
      const places = source.split(find).length - 1;
      if (places !== times)
        return { guard, outcome: 'lost', output: `${places} places instead of ${times} in ${file}: ${find}` };
      writeFileSync(
        join(folder, file),
        source.replaceAll(find, () => replace),
      );
    }
    const { passed, failed, output } = await runTrap(folder, guard.trap);
    if (passed + failed === 0)
      return { guard, outcome: 'lost', output: `no test of trap ${guard.trap}\n${output}` };
    return { guard, outcome: failed > 0 ? 'red' : 'green', output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runTrap(folder: string, trap: number) {
  const report = join(folder, 'report.json');
  const words = ['--project', 'unit', 'test/unit/traps', '-t', `trap ${trap}:`];
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...words,
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  return new Promise<{ passed: number; failed: number; output: string }>((done, fail) => {
    child.on('error', fail);
    child.on('close', () => {
      const found = JSON.parse(readFileSync(report, 'utf8')) as {
        numPassedTests: number;
        numFailedTests: number;
      };
      done({ passed: found.numPassedTests, failed: found.numFailedTests, output });
    });
  });
}
