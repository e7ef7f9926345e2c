/**
 * Messages to the worker, each until it is acknowledged. A message carries (document id, counter), unique in the
 * journal, so sending it again can neither lose nor double it. They leave at once and not in a queue: the page may be
 * gone in the next moment.
 */
import type { PageRef, PageToWorker, StoredAnswer } from '../extension/page-messages.ts';

export interface MailPorts {
  readonly send: (message: PageToWorker) => Promise<unknown>;
  /** False once the extension was updated or removed under this page. */
  readonly isAlive: () => boolean;
  readonly onOrphan: () => void;
  readonly document: string;
}

export interface Mail {
  /** The next identity of a message. */
  readonly nextRef: () => PageRef;
  /** Sends until the answer is final; null when the page stopped or gave up. */
  readonly deliver: (message: PageToWorker) => Promise<StoredAnswer | null>;
  /** Sends once, and once more when the worker could not be reached; undefined when both failed. */
  readonly ask: (message: PageToWorker) => Promise<unknown>;
  /** Every message so far has its answer. */
  readonly isIdle: () => boolean;
  readonly stop: () => void;
}

const FIRST_WAIT = 400;
const LONGEST_WAIT = 30_000;
const MAX_TRIES = 200;
/** After so long without an answer a message is sent again, milliseconds: whoever gets it twice knows it by its ref. */
const SILENCE = 15_000;

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

function isAnswer(raw: unknown): raw is StoredAnswer {
  return typeof raw === 'object' && raw !== null && 'stored' in raw;
}

export function openMail({ send, isAlive, onOrphan, document }: MailPorts): Mail {
  let counter = 0;
  let underWay = 0;
  let isStopped = false;

  const attempt = async (message: PageToWorker): Promise<unknown> => {
    if (isStopped) return undefined;
    if (!isAlive()) {
      onOrphan();
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    // A worker stopped at the wrong moment may leave a question without any answer.
    const silence = new Promise<undefined>((done) => {
      timer = setTimeout(() => done(undefined), SILENCE);
    });
    try {
      return await Promise.race([send(message), silence]);
    } catch {
      if (!isAlive()) onOrphan();
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  };

  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
    }
  };

  const deliver: Mail['deliver'] = async (message) => {
    for (let tries = 0; tries < MAX_TRIES && !isStopped; tries += 1) {
      const answer = await attempt(message);
      if (isAnswer(answer) && (answer.stored || answer.isFinal)) return answer;
      if (!isStopped) await wait(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries, 10)));
    }
    return null;
  };

  const ask: Mail['ask'] = async (message) => {
    const answer = await attempt(message);
    if (answer !== undefined || isStopped) return answer;
    await wait(FIRST_WAIT);
    return attempt(message);
  };

  return {
    nextRef: () => {
      counter += 1;
      return { document, counter };
    },
    deliver: (message) => counted(() => deliver(message)),
    ask: (message) => counted(() => ask(message)),
    isIdle: () => underWay === 0,
    stop: () => {
      isStopped = true;
    },
  };
}
