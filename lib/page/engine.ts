/**
 * The second half of the reader: looks at the page, listens to gestures and added nodes, tells the worker.
 *
 *   watch ──> look (idle slices) ──> rows, health
 *   gesture, added node ──> arm / confirm
 */
import { isDenied } from '../adapters/engine/recognise.ts';
import type { MarksAnswer } from '../extension/page-messages.ts';
import { createArming } from './arming.ts';
import { createKeeper } from './kept.ts';
import type { Engine, EngineHost } from './link.ts';
import { createMarks } from './marks.ts';
import { placeOf } from './place.ts';
import { createScanner } from './scan.ts';
import { watchPage } from './watch.ts';

const GESTURES = ['pointerdown', 'pointerup', 'pointercancel', 'keydown', 'keyup', 'click'] as const;
const DIALOG = '[role="dialog"], mat-dialog-container, .modal';
/** After a gesture the page may change text in place, which the observer does not hear. */
const AFTER_GESTURE = [300, 1_500];
/** While an action waits, the page is looked at this often for words that appear without a new node. */
const POLL = 400;

/** Starts reading for a reader. */
export function startEngine(host: EngineHost): Engine {
  const { window, now, pack, mail } = host;
  const { document } = window;
  const place = () => placeOf(window.location);
  const keeper = createKeeper(host.pad, host.keep);
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let poll: ReturnType<typeof setInterval> | null = null;

  const scanner = createScanner({
    window,
    now,
    opened: host.opened,
    pack,
    place,
    unwell: host.unwell,
    mayTell: host.mayTell,
    nextRef: mail.nextRef,
    tell: (message) => void mail.deliver(message),
    onLook: (health) => {
      arming.poll();
      host.onHealth(health);
    },
    onRows: (rows) => marks?.rows(host.mayTell() ? rows : []),
  });
  const marks = host.isMarking
    ? createMarks({
        window,
        language: host.language,
        isTest: host.isTest,
        ask: async (codes) => {
          const answer = (await mail.ask({ type: 'page-worker/marks', codes })) as
            | Partial<MarksAnswer>
            | null
            | undefined;
          return answer?.marks ?? null;
        },
      })
    : null;
  const arming = createArming({
    document,
    now,
    place,
    pack,
    source: () => ({ page: scanner.pageNow(), words: pack.vocabulary, root: document }),
    context: (rule) => scanner.contextOf(scanner.pageNow() ?? { id: rule.id, rank: 0 }),
    mayCount: () => host.hearsActions && host.mayTell() && scanner.mayCount() && !isDenied(pack, place()),
    isTrusted: host.isTrusted,
    onArm: (armed, context) => {
      const word = { type: 'page-worker/arm', armed, context } as const;
      const letGo = keeper.keep(word);
      void mail.ask(word).then((answer) => {
        if (answer !== undefined) letGo();
      });
    },
    onDisarm: (rule) => {
      keeper.letGo(rule);
      void mail.ask({ type: 'page-worker/disarm', rule });
    },
    onConfirm: (armed, context, confirm, count) => {
      const word = {
        type: 'page-worker/confirm',
        ref: mail.nextRef(),
        context,
        armed,
        confirm,
        count,
      } as const;
      const letGo = keeper.keep(word);
      void mail.deliver(word).then((answer) => {
        if (answer) letGo();
        if (answer?.stored) host.onCounted(answer.counted);
      });
    },
    onLeft: (armed, context) => {
      keeper.keep({ type: 'page-worker/arm', armed: { ...armed, isSent: true }, context });
    },
    loadedBy: () => {
      const [load] = window.performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return load?.type ?? '';
    },
    onUnanswered: (rule, times) => {
      const context = scanner.contextOf({ id: `action:${rule.id}`, rank: 0 });
      const ref = mail.nextRef();
      void mail.deliver({ type: 'page-worker/health', ref, context, health: 'degraded', unread: times });
    },
    onWaiting: (isWaiting) => {
      watch.listen(isWaiting);
      if (isWaiting) poll ??= setInterval(arming.poll, POLL);
      else if (poll !== null) {
        clearInterval(poll);
        poll = null;
      }
    },
  });
  const watch = watchPage({
    window,
    now,
    onAdded: arming.added,
    onScan: (since) => {
      arming.poll();
      const isKnown = scanner.look(since, true);
      host.onLook();
      return isKnown;
    },
  });

  const onGesture = (event: Event) => {
    const target = event.target as Partial<Element> | null;
    if (event.type === 'pointerdown' && target?.closest?.(DIALOG)) scanner.glance();
    arming.handle(event);
    if (event.type !== 'click') return;
    for (const ms of AFTER_GESTURE) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        watch.ask();
      }, ms);
      timers.add(timer);
    }
  };
  const options = { capture: true, passive: true };
  for (const type of GESTURES) window.addEventListener(type, onGesture, options);
  window.addEventListener('pagehide', arming.leave);
  if (host.armed && host.mayTell()) arming.resume(host.armed);
  watch.start();

  return {
    ask: watch.ask,
    isIdle: () => watch.isIdle() && scanner.isIdle(),
    resume: (isRecording) => {
      if (isRecording) scanner.forget();
      else arming.forget();
      watch.ask();
    },
    stop: () => {
      arming.forget();
      watch.stop();
      scanner.stop();
      marks?.stop();
      for (const timer of timers) clearTimeout(timer);
      for (const type of GESTURES) window.removeEventListener(type, onGesture, options);
      window.removeEventListener('pagehide', arming.leave);
    },
  };
}
