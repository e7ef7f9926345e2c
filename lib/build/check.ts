/** `npm run check`: types, lint and format, dead code, import directions. Each runs; the first failure decides the exit. */
import { spawnSync } from 'node:child_process';

const steps: [string, string, string[]][] = [
  ['types', 'tsc', ['-p', '.']],
  ['lint and format', 'biome', ['check', '--error-on-warnings', '.']],
  ['dead code', 'knip', ['--no-progress']],
  ['import directions', 'vitest', ['run', '--project', 'unit', 'test/unit/house.test.ts']],
];
let failed = 0;
for (const [name, command, args] of steps) {
  const done = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${done.status === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  if (done.status !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
