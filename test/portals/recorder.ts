/**
 * The log of one portal. A rendering is offered when its data are sent, and becomes true only when the page's own beacon
 * says which of its rows stand visibly in the document, and since when; a second beacon says when they went.
 */
import { type Answer, type Call, json } from './http.ts';
import type { ActionName, LogEntry, Shown, ShownDocument, ShownReport, ShownTotals } from './types.ts';

interface Offer {
  readonly view: string;
  readonly page: number;
  readonly dossiers: readonly Shown[];
  readonly documents: readonly ShownDocument[];
  /** Figures and reports printed beside the rows, or alone. */
  readonly totals: readonly ShownTotals[];
  readonly reports: readonly ShownReport[];
}

export interface Recorder {
  readonly log: readonly LogEntry[];
  /** Keeps what is about to be rendered; the answer is the id the page must beacon. */
  offer(offer: Pick<Offer, 'view' | 'page'> & Partial<Offer>): string;
  /** Answers the beacons `POST /__painted` and `POST /__gone`; null for any other call. */
  painted(call: Call): Answer | null;
  action(action: ActionName, codes: readonly string[]): void;
  notWork(what: string, codes?: readonly string[]): void;
}

/** What is still to be said of an entry. */
interface Ending {
  until?: number;
}

/** Makes an empty log; `duty` names the person on duty when an action succeeds. */
export function makeRecorder(duty: () => string | null): Recorder {
  const log: LogEntry[] = [];
  const offers = new Map<string, Offer>();
  /** The entries of each paint. */
  const paints = new Map<string, Ending[]>();
  /** Going may be told before coming: the two beacons travel apart. */
  const ends = new Map<string, number>();
  const gone = (paint: string, until: number) => {
    const entries = paints.get(paint);
    if (entries === undefined) ends.set(paint, until);
    else for (const entry of entries) entry.until = until;
  };
  return {
    log,
    offer: (offer) => {
      const id = `r${offers.size + 1}`;
      offers.set(id, { dossiers: [], documents: [], totals: [], reports: [], ...offer });
      return id;
    },
    painted: (call) => {
      if (call.path === '/__gone') {
        const { paint, until } = JSON.parse(call.body) as { paint: string; until: number };
        gone(paint, until);
        return { status: 204, body: '' };
      }
      if (call.path !== '/__painted') return null;
      const beacon = JSON.parse(call.body) as { render: string; paint?: string; at: number; rows: number[] };
      const { render, paint, at, rows } = beacon;
      const offer = offers.get(render);
      if (!offer) return json({}, 404);
      const stands = (_: unknown, index: number) => rows.includes(index);
      const { view, page, totals, reports } = offer;
      const entries: (LogEntry & Ending)[] = [
        ...(totals.length > 0 ? [{ kind: 'totals' as const, at, view, totals }] : []),
        ...(reports.length > 0 ? [{ kind: 'reports' as const, at, view, reports }] : []),
        {
          kind: 'rendered',
          at,
          view,
          page,
          dossiers: offer.dossiers.filter(stands),
          documents: offer.documents.filter(stands),
        },
      ];
      log.push(...entries);
      if (paint !== undefined) {
        paints.set(paint, entries);
        const end = ends.get(paint);
        if (end !== undefined) gone(paint, end);
      }
      return { status: 204, body: '' };
    },
    action: (action, codes) =>
      log.push({ kind: 'action', at: Date.now(), action, n: codes.length, codes, person: duty() }),
    notWork: (what, codes = []) => log.push({ kind: 'notWork', at: Date.now(), what, codes }),
  };
}
