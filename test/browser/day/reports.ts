/**
 * A reporting system's day: the list of reports as last told against what its pages showed. Pure. Wrong is a line that was
 * never shown so, or that is older than what was read after it; missed is a report that stood and is not in the list.
 */
import type { PageReport } from '../../../lib/extension/page-messages.ts';
import type { LogEntry } from '../../portals/types.ts';
import type { Tally } from './compare.ts';
import type { Quiet } from './stints.ts';

type Logged = Extract<LogEntry, { kind: 'reports' }>;

/** A line that stood this long must have been read. */
const STANDING = 1_000;

const text = ({ code, name, due, state }: PageReport) => JSON.stringify([code, name, due, state]);

/** Compares; a report counts as shown for good when it stood, or was there while the reader said that all is read. */
export function compareReports(
  log: readonly LogEntry[],
  told: readonly PageReport[],
  quiets: readonly Quiet[],
): Tally {
  const shown = log
    .filter((one): one is Logged => one.kind === 'reports')
    .flatMap(({ at, until = Number.POSITIVE_INFINITY, reports }) =>
      reports.map((one) => ({
        code: one.code,
        text: text(one),
        isDue:
          until - at >= STANDING || quiets.some(({ asked, answered }) => at <= asked && until >= answered),
      })),
    );
  const lines = new Map(told.map((one) => [one.code, text(one)]));
  const codes = new Set(shown.filter(({ isDue }) => isDue).map(({ code }) => code));
  /** What may stand in the list: the last line that had to be read, and what was shown after it. */
  const mayStand = (code: string) => {
    const own = shown.filter((one) => one.code === code);
    return own
      .slice(
        Math.max(
          0,
          own.findLastIndex(({ isDue }) => isDue),
        ),
      )
      .map((one) => one.text);
  };
  const missed = [...codes].filter((code) => !lines.has(code));
  const wrong = [...lines].filter(([code, line]) => !mayStand(code).includes(line));
  const twice = told.length - lines.size;
  return {
    done: codes.size,
    recalled: codes.size - missed.length,
    wrong: [...wrong.map(([, line]) => line), ...(twice > 0 ? [`${twice} reports told twice`] : [])],
    missed,
  };
}
