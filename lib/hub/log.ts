/** JSON lines for operators. A log line holds ids, counts, codes and durations: never names, codes of dossiers or text. */
import { appendFileSync, chmodSync, existsSync, renameSync, statSync } from 'node:fs';

type LogLevel = 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

const LARGEST = 10 * 1024 * 1024;

/** A logger that hands each finished line to `write`. `clock` is milliseconds. */
export function makeLog(write: (line: string) => void, clock: () => number = Date.now): Log {
  return (level, event, fields = {}) =>
    write(`${JSON.stringify({ time: new Date(clock()).toISOString(), level, event, ...fields })}\n`);
}

/** Appends to a private file; at 10 MB it becomes `<path>.1`. A full disk never stops the hub. */
export function fileWriter(path: string): (line: string) => void {
  return (line) => {
    try {
      if (existsSync(path) && statSync(path).size > LARGEST) renameSync(path, `${path}.1`);
      const isNew = !existsSync(path);
      appendFileSync(path, line);
      if (isNew) chmodSync(path, 0o600);
    } catch {
      process.stderr.write(line);
    }
  };
}

/** What may be said of an unknown error in a log: its name and code, never its message (it may quote data). */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { error: error.name, code, at: firstOwnFrame(error.stack) };
}

function firstOwnFrame(stack: string | undefined): string | null {
  const frame = stack?.split('\n').find((line) => line.includes('/lib/hub/'));
  return frame?.replace(/^.*\/lib\/hub\//, 'lib/hub/').replace(/\)$/, '') ?? null;
}
