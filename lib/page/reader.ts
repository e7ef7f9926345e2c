/**
 * The reader of one document, first half: what every granted page loads. It asks the worker which pack this host has,
 * shows the badge, and calls for the engine where the address may be a known page. Nothing is fetched, nothing of the
 * page's storage is touched, no query string leaves the page.
 *
 *   start ── hello ──> no pack: gone without a trace
 *                └──> badge ── known address ──> load-engine ──> attach ──> look and listen (engine.ts)
 *   orphaned by an update of the extension: everything stops, the badge goes
 */
import type { Pack } from '../adapters/pack.ts';
import type { DaySummary } from '../extension/messages.ts';
import type {
  ArmedAction,
  HelloAnswer,
  PageHealth,
  RecordingState,
  WorkerToPage,
} from '../extension/page-messages.ts';
import { type Badge, createBadge } from './badge.ts';
import { type Engine, type EngineHost, readerLink, setReaderLink } from './link.ts';
import { openMail } from './mail.ts';
import { kindOf, type PlaceKind, placeOf } from './place.ts';
import type { WorkerDoor } from './ports.ts';
import { answerQuiet } from './quiet.ts';

export interface ReaderPorts extends WorkerDoor {
  readonly window: Window & typeof globalThis;
  readonly now: () => number;
  /** Trusted gestures only; tests pass their own. */
  readonly isTrusted: (event: Event) => boolean;
  readonly isTest: boolean;
}

/** A document with fewer elements at its end is the shell of a single-page app: its content is still to come. */
const SHELL = 60;
/** How often an address that changed unheard, an orphaned reader or a covered badge are noticed. */
const BEAT = 1_000;

/** Starts reading this document. Safe to call in any frame and again; returns how to stop. */
export function startReader(ports: ReaderPorts): { readonly stop: () => void } {
  const { window, now } = ports;
  const { document } = window;
  const isShell = (document.body?.getElementsByTagName('*').length ?? 0) < SHELL;
  const opened = isShell ? now() : Math.min(now(), Math.round(window.performance.timeOrigin) || now());
  const undo: (() => void)[] = [];
  let state: RecordingState = 'notActivated';
  let hello: HelloAnswer | null = null;
  let armed: ArmedAction | null = null;
  let counted: number | null = null;
  let health: PageHealth | null = null;
  let badge: Badge | null = null;
  let engine: Engine | null = null;
  let place: string | null = null;
  let kind: { readonly pack: Pack; readonly place: string; readonly is: PlaceKind } | null = null;
  let isAsked = false;
  let isStopped = false;

  const mail = openMail({
    send: ports.send,
    isAlive: ports.isAlive,
    onOrphan: () => stop(),
    document: window.crypto.randomUUID?.() ?? `d${now()}-${Math.random().toString(36).slice(2)}`,
  });
  const mayTell = () => state === 'recording' || state === 'storageBroken';

  /** What is at the address now; asked again only where it or the pack is another. */
  const kindHere = (pack: Pack): PlaceKind => {
    const here = placeOf(window.location);
    if (kind?.pack !== pack || kind.place !== here) kind = { pack, place: here, is: kindOf(pack, here) };
    return kind.is;
  };

  const paint = () => {
    if (isStopped || document.hidden || !hello?.pack) return;
    if (kindHere(hello.pack) === 'denied') badge?.hide();
    else {
      const seen = health === 'ok' && hello.isUnverified ? 'unconfirmed' : health;
      badge?.show(state === 'recording' && seen && seen !== 'ok' ? seen : state, counted);
    }
  };

  const dropEngine = () => {
    engine?.stop();
    engine = null;
    isAsked = false;
    health = null;
  };

  /** The address as it is now: what to show, and whether the engine is needed. */
  const arrive = () => {
    if (isStopped || !hello?.pack) return;
    const here = placeOf(window.location);
    if (here === place) return;
    place = here;
    health = null;
    paint();
    if (engine) engine.ask();
    else if (!isAsked && kindHere(hello.pack) === 'known') {
      isAsked = true;
      // A worker that could not be reached is asked again at the next beat.
      void mail.ask({ type: 'page-worker/load-engine' }).then((answer) => {
        if (answer !== undefined) return;
        isAsked = false;
        place = null;
      });
    }
  };

  const attach = (start: (host: EngineHost) => Engine) => {
    if (isStopped || engine || !hello?.pack) return;
    engine = start({
      window,
      now,
      opened,
      isTrusted: ports.isTrusted,
      pack: hello.pack,
      mail,
      keep: (words) => {
        if (hello) ports.keep(hello.slot, words);
      },
      pad: hello.pad,
      mayTell,
      unwell: hello.unwell ?? [],
      isMarking: hello.isMarking,
      language: hello.language,
      isTest: ports.isTest,
      hearsActions: hasBadge(window),
      armed,
      onHealth: (found) => {
        if (found === health) return;
        health = found;
        paint();
      },
      onCounted: (n) => {
        counted = (counted ?? 0) + n;
        paint();
      },
      onLook: () => badge?.settle(),
    });
    armed = null;
  };

  const askCounted = async () => {
    const summary = (await ports
      .send({ type: 'panel-worker/summary' })
      .catch(() => null)) as DaySummary | null;
    if (!summary?.counts || isStopped) return;
    counted = Object.values(summary.counts).reduce((sum, one) => sum + one, 0);
    paint();
  };

  const begin = async (isShownAgain = false) => {
    const answer = (await mail.ask({ type: 'page-worker/hello', origin: window.location.origin })) as
      | HelloAnswer
      | null
      | undefined;
    if (isStopped) return;
    if (!answer?.pack) {
      stop();
      return;
    }
    dropEngine();
    hello = answer;
    state = answer.state;
    // A page that comes back is not the one that followed.
    armed = isShownAgain && answer.armed?.isSent ? null : answer.armed;
    if (hasBadge(window)) {
      badge ??= createBadge(window, answer.language, ports.isTest, () => {
        void mail.ask({ type: 'page-worker/open-panel' });
      });
      paint();
      void askCounted();
    }
    place = null;
    arrive();
  };

  const hear = (message: WorkerToPage) => {
    if (message?.type === 'worker-page/pack') void begin();
    if (message?.type !== 'worker-page/state') return;
    const was = mayTell();
    ({ state, counted } = message);
    if (was !== mayTell()) engine?.resume(mayTell());
    paint();
  };

  let heart: ReturnType<typeof setInterval> | null = null;
  const beat = () => {
    if (!ports.isAlive()) {
      stop();
      return;
    }
    arrive();
    badge?.settle();
  };
  /** Nothing runs in a page that nobody sees; what was missed is caught up with at its first moment in sight. */
  const pulse = () => {
    if (heart !== null) clearInterval(heart);
    heart = document.hidden ? null : setInterval(beat, BEAT);
    if (document.hidden) return;
    beat();
    paint();
  };

  const stop = () => {
    if (isStopped) return;
    isStopped = true;
    mail.stop();
    dropEngine();
    badge?.remove();
    for (const one of undo) one();
  };

  const on = (target: EventTarget, type: string, listener: (event: Event) => void) => {
    target.addEventListener(type, listener);
    undo.push(() => target.removeEventListener(type, listener));
  };
  /** A navigation may still be under way: the address is read in the next task. */
  const later = () => {
    setTimeout(arrive);
  };

  /** Everything on this page so far has been read and told. */
  const isIdle = () => {
    if (isStopped) return true;
    if (!mail.isIdle() || hello === null) return false;
    return hello.pack === null || kindHere(hello.pack) !== 'known' || (engine?.isIdle() ?? false);
  };

  readerLink(window)?.stop();
  if (!/^https?:$/.test(window.location.protocol)) return { stop };
  setReaderLink(window, { stop, attach });
  undo.push(ports.onMessage(hear));
  on(window, 'popstate', later);
  on(window, 'hashchange', later);
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation) on(navigation, 'currententrychange', later);
  on(window, 'pageshow', (event) => {
    if ((event as PageTransitionEvent).persisted) void begin(true);
  });
  on(document, 'visibilitychange', pulse);
  undo.push(() => {
    if (heart !== null) clearInterval(heart);
  });
  pulse();
  if (ports.isTest) answerQuiet(window, isIdle);
  void begin();
  return { stop };
}

/** The badge stands in the top frame; in another frame only when the top one is a stranger's and this one is large. */
function hasBadge(window: Window): boolean {
  if (window.top === window) return true;
  try {
    if (window.top?.location.origin) return false;
  } catch {
    // A stranger's top frame.
  }
  return window.innerWidth >= 300 && window.innerHeight >= 200;
}
