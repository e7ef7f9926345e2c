/**
 * Questions and answers over the agents' ports, one per frame. Nothing here knows the browser: a port is what has these few
 * members.
 */
import type { Pack } from '../adapters/pack.ts';
import type { FromAgent, Offer, PageReport, PageSnapshot, ToAgent } from './protocol.ts';

const ANSWER_MS = 15_000;

export interface FramePort {
  readonly postMessage: (message: unknown) => void;
  readonly disconnect: () => void;
  readonly onMessage: { readonly addListener: (listener: (message: unknown) => void) => void };
  readonly onDisconnect: { readonly addListener: (listener: () => void) => void };
}

export interface FrameEvents {
  /** The page's content changed. */
  readonly onChanged: () => void;
  /** The top frame went away. */
  readonly onClosed: () => void;
}

export interface PageLink {
  readonly inspect: (pack: Pack, page: string | null) => Promise<PageReport>;
  /** Null: the person left without a choice. */
  readonly pick: (pack: Pack, page: string, field: string, hint: string) => Promise<readonly Offer[] | null>;
  readonly tryHeader: (pack: Pack, page: string, field: string, header: string) => Promise<readonly Offer[]>;
  readonly stopPicking: () => void;
  readonly snapshot: (pack: Pack, page: string | null) => Promise<PageSnapshot>;
  readonly close: () => void;
}

export interface Frame {
  readonly id: number;
  readonly ask: (message: Record<string, unknown>) => Promise<FromAgent>;
  readonly say: (message: ToAgent) => void;
  readonly close: () => void;
}

/** Talks to the agent of one frame; `pdf` when the browser shows a file there, null when nobody answers. */
export function openFrame(
  port: FramePort,
  frame: number,
  events: FrameEvents,
): Promise<Frame | 'pdf' | null> {
  return new Promise((done) => {
    const waiting = new Map<number, (answer: FromAgent) => void>();
    let next = 0;
    port.onMessage.addListener((raw: unknown) => {
      const message = raw as FromAgent;
      if (message.type === 'ready') done(message.kind === 'pdf' ? 'pdf' : opened);
      else if (message.type === 'changed') events.onChanged();
      else {
        waiting.get(message.id)?.(message);
        waiting.delete(message.id);
      }
    });
    port.onDisconnect.addListener(() => {
      done(null);
      for (const [id, answer] of waiting) answer({ type: 'failed', id, error: 'closed' });
      waiting.clear();
      if (frame === 0) events.onClosed();
    });
    const opened: Frame = {
      id: frame,
      say: (message) => port.postMessage(message),
      ask: (message) =>
        new Promise((answered) => {
          next += 1;
          const id = next;
          waiting.set(id, answered);
          port.postMessage({ ...message, id });
          // Pointing takes as long as the person likes; everything else has an end.
          if (message.type !== 'pick') {
            setTimeout(() => {
              if (waiting.delete(id)) answered({ type: 'failed', id, error: 'timeout' });
            }, ANSWER_MS);
          }
        }),
      close: () => port.disconnect(),
    };
  });
}

/** One link over all frames: the frame whose page is recognised is the one that is meant, else the top one. */
export function linkOver(frames: readonly Frame[]): PageLink {
  let meant = frames.find(({ id }) => id === 0) ?? frames[0]!;
  const expect = <T extends FromAgent['type']>(
    answer: FromAgent,
    type: T,
  ): Extract<FromAgent, { type: T }> => {
    if (answer.type !== type) throw new Error(answer.type === 'failed' ? answer.error : 'unexpected');
    return answer as Extract<FromAgent, { type: T }>;
  };
  return {
    async inspect(pack, page) {
      const answers = await Promise.all(
        frames.map(async (frame) => ({ frame, answer: await frame.ask({ type: 'inspect', pack, page }) })),
      );
      const reports = answers.flatMap(({ frame, answer }) =>
        answer.type === 'inspected' ? [{ frame, report: answer.report }] : [],
      );
      const best =
        reports.find(({ report }) => report.reading?.isRecognised) ??
        reports.find(({ report }) => report.signs.some(({ isPlace }) => isPlace)) ??
        reports[0];
      if (!best) throw new Error('closed');
      meant = best.frame;
      return best.report;
    },
    async pick(pack, page, field, hint) {
      const answer = await meant.ask({ type: 'pick', pack, page, field, hint });
      return answer.type === 'stopped' ? null : expect(answer, 'offers').offers;
    },
    async tryHeader(pack, page, field, header) {
      return expect(await meant.ask({ type: 'try', pack, page, field, header }), 'offers').offers;
    },
    stopPicking: () => meant.say({ type: 'stop' }),
    async snapshot(pack, page) {
      return expect(await meant.ask({ type: 'snapshot', pack, page }), 'snapped').snapshot;
    },
    close: () => {
      for (const frame of frames) frame.close();
    },
  };
}
