/** What a command is, and the few words every command speaks with. */

/** Options and positional words of one call. */
export interface Args {
  readonly options: Readonly<Record<string, string | true | undefined>>;
  readonly words: readonly string[];
}

export interface Command {
  readonly usage: string;
  /** More lines for `--help`. */
  readonly details?: readonly string[];
  /** Names of options; those that end in `=` take a value. */
  readonly options: readonly string[];
  /** Resolves to the exit code. */
  readonly run: (args: Args) => Promise<number>;
}

export const say = (text: string) => process.stdout.write(`${text}\n`);
export const tell = (text: string) => process.stderr.write(`${text}\n`);
export const text = (value: string | true | undefined) => (typeof value === 'string' ? value : undefined);

export function fail(message: string): number {
  tell(message);
  return 1;
}

/** A whole number of an option between two bounds; the fallback when it is not given, null when it is not one. */
export function whole(
  value: string | true | undefined,
  [least, most]: readonly [number, number],
  fallback: number,
): number | null {
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN;
  return number >= least && number <= most ? number : null;
}
