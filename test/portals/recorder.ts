/**
 * The log of one portal. A rendering is offered when its data are sent, and becomes true only when the page's own beacon
 * says which of its rows stand visibly in the document, and since when.
 */
import { type Answer, type Call, json } from './http.ts';
import type { ActionName, LogEntry, Shown, ShownDocument } from './types.ts';

interface Offer {
  readonly view: string;
  readonly page: number;
  readonly dossiers: readonly Shown[];
  readonly documents: readonly ShownDocument[];
}

export interface Recorder {
  readonly log: readonly LogEntry[];
  /** Keeps what is about to be rendered; the answer is the id the page must beacon. */
  offer(offer: Pick<Offer, 'view' | 'page'> & Partial<Offer>): string;
  /** Answers the beacon `POST /__painted`; null for any other call. */
  painted(call: Call): Answer | null;
  action(action: ActionName, codes: readonly string[]): void;
  notWork(what: string, codes?: readonly string[]): void;
}

/** Makes an empty log; `duty` names the person on duty when an action succeeds. */
export function makeRecorder(duty: () => string | null): Recorder {
  const log: LogEntry[] = [];
  const offers = new Map<string, Offer>();
  return {
    log,
    offer: (offer) => {
      const id = `r${offers.size + 1}`;
      offers.set(id, { dossiers: [], documents: [], ...offer });
      return id;
    },
    painted: (call) => {
      if (call.path !== '/__painted') return null;
      const { render, at, rows } = JSON.parse(call.body) as { render: string; at: number; rows: number[] };
      const offer = offers.get(render);
      if (!offer) return json({}, 404);
      const stands = (_: unknown, index: number) => rows.includes(index);
      log.push({
        kind: 'rendered',
        at,
        view: offer.view,
        page: offer.page,
        dossiers: offer.dossiers.filter(stands),
        documents: offer.documents.filter(stands),
      });
      return { status: 204, body: '' };
    },
    action: (action, codes) =>
      log.push({ kind: 'action', at: Date.now(), action, n: codes.length, codes, person: duty() }),
    notWork: (what, codes = []) => log.push({ kind: 'notWork', at: Date.now(), what, codes }),
  };
}
