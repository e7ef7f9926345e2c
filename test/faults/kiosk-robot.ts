/**
 * The citizen of the fault rounds: runs inside the kiosk's page before its scripts, taps as fast as the screens come, and says
 * what was tapped and what was thanked. It also stands where the device gets its clock from, so that a round can set it.
 */

/** What the page says; `id` is the visit's, as in the entry's `ref`. */
export interface Seen {
  readonly type: 'started' | 'tapped' | 'thanked';
  readonly id: string;
}

export interface Robot {
  /** Milliseconds added to the device's clock. */
  setClock(offset: number): void;
  /** One visit; resolves with its id. `steps` = how many answers are given (2 = all) before the citizen stands still. */
  visit(answers: readonly [number, number], steps: number): Promise<string>;
  /** Resolves once the visit was thanked for. */
  thanked(id: string): Promise<void>;
  /** Closes the thanks. */
  next(): Promise<void>;
  /** What a network that appears does: the device tries to send. */
  online(): void;
}

declare global {
  interface Window {
    nmcRobot: Robot;
    nmcSaw(seen: Seen): Promise<void>;
  }
}

/** For `addInitScript`: must not lean on anything outside itself. */
export function installRobot({ offset, slow }: { offset: number; slow: number }): void {
  const RealDate = Date;
  let shift = offset;
  class ShiftedDate extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [RealDate.now() + shift] : given) as [number]));
    }
    static override now(): number {
      return RealDate.now() + shift;
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor;

  let lastId = '';
  let current = '';
  const thanked = new Set<string>();
  const randomId = crypto.randomUUID.bind(crypto);
  crypto.randomUUID = () => {
    lastId = randomId();
    return lastId as ReturnType<typeof randomId>;
  };

  // A slow flash memory: the second copy of a line takes a while longer.
  if (slow > 0) {
    const place = FileSystemWritableFileStream.prototype;
    const close = place.close;
    place.close = async function () {
      await new Promise((done) => setTimeout(done, Math.random() * slow));
      return close.call(this);
    };
  }

  const shows = (text: string) => document.body?.textContent?.includes(text) === true;
  const isAttract = () => document.querySelector('.k-hero') !== null;
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      if (holds()) return resolve();
      const observer = new MutationObserver(() => {
        if (!holds()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    });
  const press = (key: string) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const say = (type: Seen['type'], id: string) => void window.nmcSaw({ type, id });

  new MutationObserver(() => {
    if (current === '' || thanked.has(current) || !shows('Cảm ơn Ông/Bà')) return;
    thanked.add(current);
    say('thanked', current);
  }).observe(document, { subtree: true, childList: true, characterData: true });

  /** The optional screens after the answers: always "Bỏ qua". */
  const skipRest = async (id: string) => {
    const skip = () =>
      [...document.querySelectorAll('button')].find((button) => button.textContent?.includes('Bỏ qua'));
    while (!thanked.has(id)) {
      await until(() => thanked.has(id) || skip() !== undefined);
      skip()?.click();
      await new Promise((done) => requestAnimationFrame(() => done(undefined)));
    }
  };

  window.nmcRobot = {
    setClock(next) {
      shift = next;
    },
    async visit([quality, attitude], steps) {
      await until(isAttract);
      while (isAttract()) {
        press('Enter');
        current = lastId;
        await new Promise((done) => setTimeout(done));
      }
      const id = current;
      say('started', id);
      await until(() => shows('Chất lượng phục vụ'));
      if (steps === 0) return id;
      press(String(quality));
      await until(() => shows('Thái độ phục vụ'));
      if (steps === 1) return id;
      press(String(attitude));
      say('tapped', id);
      void skipRest(id);
      return id;
    },
    thanked: (id) => until(() => thanked.has(id)),
    async next() {
      while (!isAttract()) {
        press('Escape');
        await new Promise((done) => setTimeout(done));
      }
    },
    online: () => void dispatchEvent(new Event('online')),
  };
}
