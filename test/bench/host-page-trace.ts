/** Reading a Chromium trace: whose script ran on the page's main thread, for how long. Pure; times in milliseconds. */

export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Time on the CPU, where the trace carries it. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

/** One run of our script, with what it made the browser do meanwhile (style, layout, collecting garbage). */
export interface Slice {
  readonly cpu: number;
  /** The same without the garbage of the page's heap that happened to be collected in it. */
  readonly script: number;
  /** By the wall clock: longer where the machine took the CPU away. */
  readonly wall: number;
  readonly isInWindow: boolean;
  readonly isEngine: boolean;
  /** Loading and compiling the script, not running it for a page. */
  readonly isStart: boolean;
}

export interface Spent {
  /** The main thread's work between the two marks, whoever asked for it. */
  readonly busy: number;
  /** Ours in it. */
  readonly ours: number;
  readonly slices: readonly Slice[];
}

/** Enough for whose script ran; `ALL` also holds what else the thread did. */
export const SCRIPTS = ['-*', 'devtools.timeline', 'blink.user_timing'];
export const ALL = [...SCRIPTS, 'disabled-by-default-devtools.timeline'];
const COLLECTIONS = new Set(['MinorGC', 'MajorGC']);
const SCRIPT = new Set(['FunctionCall', 'EvaluateScript', 'v8.compile']);

/** The events of a trace that matter here. */
export function readTrace(trace: Uint8Array): TraceEvent[] {
  const { traceEvents } = JSON.parse(Buffer.from(trace).toString('utf8')) as { traceEvents: TraceEvent[] };
  return traceEvents.filter(
    ({ name }) => name === 'RunTask' || name.startsWith('nmc-') || SCRIPT.has(name) || COLLECTIONS.has(name),
  );
}

/**
 * What the page's main thread did. The page marks the window (`from`, `to`); `scripts` is what the addresses of the
 * measured scripts begin with.
 */
export function spentIn(all: readonly TraceEvent[], scripts: string | null, from: string, to: string): Spent {
  const begin = all.find(({ name, ph }) => name === from && ph !== 'M');
  const end = all.find(({ name, ts }) => name === to && ts >= (begin?.ts ?? 0));
  if (!begin || !end) throw new Error('the trace does not hold the marks of the page');
  const mine = all.filter(
    ({ pid, tid, ph, dur }) => pid === begin.pid && tid === begin.tid && ph === 'X' && dur !== undefined,
  );
  const cpuOf = ({ tdur, dur }: TraceEvent) => (tdur ?? dur!) / 1_000;
  const isIn = ({ ts }: TraceEvent) => ts >= begin.ts && ts <= end.ts;
  const runs = mine
    .filter(({ name, args }) => SCRIPT.has(name) && scripts !== null && args?.data?.url?.startsWith(scripts))
    .sort((a, b) => a.ts - b.ts);
  const collections = mine.filter(({ name }) => COLLECTIONS.has(name));
  const collected = ({ ts, dur }: TraceEvent) =>
    collections.filter((one) => one.ts >= ts && one.ts < ts + dur!).reduce((sum, one) => sum + cpuOf(one), 0);
  const slices: Slice[] = [];
  let until = 0;
  for (const run of runs) {
    // A run inside a run is part of it.
    if (run.ts < until) continue;
    until = run.ts + run.dur!;
    slices.push({
      cpu: cpuOf(run),
      script: cpuOf(run) - collected(run),
      wall: run.dur! / 1_000,
      isInWindow: isIn(run),
      isEngine: run.args?.data?.url?.endsWith('/engine.js') ?? false,
      isStart: run.name !== 'FunctionCall',
    });
  }
  const busy = mine.filter((one) => one.name === 'RunTask' && isIn(one));
  return {
    busy: busy.reduce((sum, one) => sum + cpuOf(one), 0),
    ours: slices.reduce((sum, one) => sum + (one.isInWindow ? one.cpu : 0), 0),
    slices,
  };
}
