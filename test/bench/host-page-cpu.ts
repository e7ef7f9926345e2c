/**
 * CPU time of the processes that run web pages: the main thread of each, from the kernel's own account. Other programs on the
 * machine cannot lengthen it as they lengthen the wall clock. Linux only; elsewhere null.
 */
import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Processes started by `root`, directly or not. */
function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent > 0) parents.set(Number(name), parent);
  }
  const found = new Set([root]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** True for a process of web pages: not the browser itself, not the extension's own. */
function runsPages(pid: number): boolean {
  const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
  if (command.includes('--type='))
    return command.includes('--type=renderer') && !command.includes('--extension-process');
  return (
    command.includes('-contentproc') &&
    !/^(?:WebExtensions|Privileged|Socket|RDD|Utility)/.test(read(`/proc/${pid}/comm`))
  );
}

/** Answers milliseconds of CPU spent by the main threads of the browser's page processes since they began. */
export function pageCpu(browserPid: number | undefined): (() => number) | null {
  if (process.platform !== 'linux' || browserPid === undefined) return null;
  const pids = descendants(browserPid).filter(runsPages);
  if (pids.length === 0 || read(`/proc/${pids[0]}/task/${pids[0]}/schedstat`) === '') return null;
  return () =>
    pids.reduce(
      (sum, pid) => sum + Number(read(`/proc/${pid}/task/${pid}/schedstat`).split(' ')[0] ?? 0),
      0,
    ) / 1e6;
}
