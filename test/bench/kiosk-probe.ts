/** What runs inside both pages: it notes when something can be seen and touched, and walks through visits. Plain functions, handed over as text. */

/** How a page is driven: by selectors of what a citizen sees. */
export interface Hooks {
  /** Begins a visit; null where the first question stands there by itself. */
  readonly start: string | null;
  /** The choices of a question, the worst first. */
  readonly choice: string;
  readonly title: string;
  /** Leaves reasons or comment without choosing. */
  readonly skip: string;
  /** Shown when the visit is over; `done` closes it, null where {@link Window.nextCitizen} does. */
  readonly thanks: string;
  readonly done: string | null;
}

/** Milliseconds since the navigation. */
export interface Ready {
  /** What is tapped first (ours: the attract screen; the peer's: a choice) is painted and under a finger; the tap made then leads on. */
  readonly first: number | null;
  /** The first question is painted. */
  readonly shown: number | null;
  /** A finger on the first choice of that question hits it. */
  readonly hit: number | null;
}

/** Called in the page when {@link Ready} is complete; the harness binds it, so that it need not ask a page at work. */
export const READY_CALL = 'benchReady';

declare global {
  interface Window {
    readonly benchReady?: (text: string) => void;
    readonly kioskProbe: {
      ready(): Ready;
      /** Resolves when a row of frames came in time: nothing of the page's start is at work any more. */
      untilQuiet(): Promise<void>;
      /** Milliseconds from the next click to the paint of a screen with this title. */
      untilPainted(title: string): Promise<number>;
      /** Walks through visits, every third one unhappy; answers how many. */
      visits(count: number, titles: { reasons: string; comment: string }): Promise<number>;
    };
  }
}

/** Runs before the page's own script. */
export function installProbe(hooks: Hooks): void {
  const ready: { -readonly [K in keyof Ready]: Ready[K] } = { first: null, shown: null, hit: null };
  const find = (selector: string) => document.querySelector<HTMLElement>(selector);
  const titleIs = (title: string) => find(hooks.title)?.textContent?.includes(title) === true;
  /** The time after the frame under way was drawn. */
  const drawn = (tell: (at: number) => void) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => tell(performance.now());
    channel.port2.postMessage(null);
  };
  /** So many frames in a row, none later than this after the one before (milliseconds). */
  const quiet = { frames: 30, gap: 40 };
  let isWalking = false;
  const isUnderFinger = (target: HTMLElement) => {
    const box = target.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return there !== null && target.contains(there);
  };
  /** Notes the time of the frame under way, once. */
  const note = (what: keyof Ready, then = () => {}) => {
    if (ready[what] !== null) return;
    ready[what] = -1;
    drawn((at) => {
      ready[what] = at;
      then();
    });
  };
  const look = () => {
    if (isWalking) return;
    const choice = find(hooks.choice);
    const start = hooks.start === null ? null : find(hooks.start);
    if (choice) {
      note('shown');
      if (isUnderFinger(choice)) {
        note('first');
        note('hit', () => window.benchReady?.(''));
        return;
      }
      // Once: a tap that is not taken is lost, as a citizen's is.
    } else if (start && isUnderFinger(start)) note('first', () => start.click());
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  /** Resolves when the condition holds; looked at whenever the page changes. */
  const when = (holds: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      if (holds()) return resolve();
      const end = setTimeout(() => {
        watch.disconnect();
        reject(new Error(`waited in vain on: ${document.body.textContent.slice(0, 200)}`));
      }, 30_000);
      const watch = new MutationObserver(() => {
        if (!holds()) return;
        watch.disconnect();
        clearTimeout(end);
        resolve();
      });
      watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    });

  /** A press and a click: the peer goes on by itself only after a press. */
  const press = (element: HTMLElement) => {
    element.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
    element.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    element.click();
  };

  async function visit(isLow: boolean, titles: { reasons: string; comment: string }): Promise<void> {
    await when(() => find(hooks.start ?? hooks.choice) !== null || find(hooks.choice) !== null);
    if (hooks.start !== null) find(hooks.start)?.click();
    for (let question = 0; question < 2; question += 1) {
      let before = '';
      await when(() => find(hooks.choice) !== null);
      before = find(hooks.title)?.textContent ?? '';
      const choices = [...document.querySelectorAll<HTMLElement>(hooks.choice)];
      press(choices[isLow ? 0 : 4]!);
      await when(() => (find(hooks.title)?.textContent ?? '') !== before);
    }
    for (const title of isLow ? [titles.reasons, titles.comment] : []) {
      await when(() => titleIs(title));
      press(find(hooks.skip)!);
      await when(() => !titleIs(title));
    }
    await when(() => find(hooks.thanks) !== null);
    if (hooks.done === null) {
      (window as unknown as { nextCitizen: () => void }).nextCitizen();
      await when(() => find(hooks.thanks) === null);
    } else {
      find(hooks.done)!.click();
      await when(() => find(hooks.start!) !== null);
    }
  }

  Object.defineProperty(window, 'kioskProbe', {
    value: {
      ready: () => ready,
      untilQuiet: () =>
        new Promise<void>((resolve) => {
          let inTime = 0;
          let before = performance.now();
          const frame = () => {
            const now = performance.now();
            inTime = now - before <= quiet.gap ? inTime + 1 : 0;
            before = now;
            if (inTime >= quiet.frames) resolve();
            else requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        }),
      untilPainted: (title: string) =>
        new Promise<number>((resolve) => {
          const begin = (event: MouseEvent) => {
            const frame = () => {
              if (titleIs(title)) drawn((at) => resolve(at - event.timeStamp));
              else requestAnimationFrame(frame);
            };
            requestAnimationFrame(frame);
          };
          addEventListener('click', begin, { capture: true, once: true });
        }),
      async visits(count: number, titles: { reasons: string; comment: string }) {
        isWalking = true;
        for (let one = 0; one < count; one += 1) {
          await visit(one % 3 === 0, titles);
          // A frame, so that what waits for one (effects, observers) has its turn.
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        return count;
      },
    },
  });
}
