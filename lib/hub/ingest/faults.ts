/**
 * Fault points for `npm run faults kill`; without NMC_FAULTS they are nothing.
 *   NMC_FAULTS=afterCommit:exit        the process ends hard between commit and acknowledgement
 *   NMC_FAULTS=afterCommit:pause:500   it says `nmc-fault afterCommit` on stderr and waits 500 ms: kill it then
 * `beforeCommit` is the same before the commit.
 */
type FaultPoint = 'beforeCommit' | 'afterCommit';
export type Faults = (point: FaultPoint) => Promise<void>;

/** The hook that a setting of the form above names. */
export function makeFaults(setting: string | null): Faults {
  const [point, what, ms] = setting?.split(':') ?? [];
  return async (here) => {
    if (here !== point) return;
    process.stderr.write(`nmc-fault ${here}\n`);
    if (what === 'exit') process.exit(137);
    await new Promise((done) => setTimeout(done, Number(ms)));
  };
}
