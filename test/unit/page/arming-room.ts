/** A page with gestures on it: arming as the engine wires it, what it told kept beside. */
import { recognise } from '../../../lib/adapters/engine/recognise.ts';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { ArmedAction } from '../../../lib/extension/page-messages.ts';
import { type Arming, createArming } from '../../../lib/page/arming.ts';
import { type TestWindow, windowOf } from '../adapters/dom.ts';

/** What stands outside the page; set anew before each test. */
export const world = { time: 0, mayCount: true, loadedBy: 'navigate' };
export function beginWorld(): void {
  Object.assign(world, { time: 1_000_000, mayCount: true, loadedBy: 'navigate' });
}

export interface Room {
  readonly window: TestWindow;
  readonly arming: Arming;
  readonly armed: ArmedAction[];
  readonly disarmed: string[];
  readonly unanswered: string[];
  /** Gestures whose call was under way when the page went. */
  readonly left: ArmedAction[];
  readonly confirmed: { armed: ArmedAction; confirm: string; count: number | null }[];
  readonly press: (css: string, how?: 'mouse' | 'key' | 'slip') => Promise<void>;
  readonly toast: (text: string, kind?: string) => void;
  readonly modal: (title: string, button: string) => HTMLElement;
}

/** One document of a pack's host. */
export function room(packId: string, place: string, html: string): Room {
  const window = windowOf(html, `http://127.0.0.1${place}`);
  const { document } = window;
  const pack = BUNDLED_PACKS.find(({ id }) => id === packId)!;
  const armed: ArmedAction[] = [];
  const disarmed: string[] = [];
  const unanswered: string[] = [];
  const left: ArmedAction[] = [];
  const confirmed: Room['confirmed'] = [];
  const arming = createArming({
    document,
    now: () => world.time,
    place: () => place,
    pack,
    source: () => ({
      page: recognise(pack, place, document)[0] ?? null,
      words: pack.vocabulary,
      root: document,
    }),
    context: (rule) => ({ pack: 'p@1.0.0', page: rule.id, rank: 0 }),
    mayCount: () => world.mayCount,
    isTrusted: () => true,
    onArm: (one) => armed.push(one),
    onDisarm: (rule) => disarmed.push(rule),
    onConfirm: (one, _, confirm, count) => confirmed.push({ armed: one, confirm, count }),
    onLeft: (one) => left.push(one),
    loadedBy: () => world.loadedBy,
    onUnanswered: (rule, times) => unanswered.push(`${rule.id} ${times}`),
    onWaiting: () => {},
  });
  for (const type of ['pointerdown', 'pointerup', 'pointercancel', 'keydown', 'keyup', 'click']) {
    window.addEventListener(type, arming.handle as EventListener, true);
  }
  const fire = (target: Element, type: string, init: object = {}) =>
    target.dispatchEvent(new window.Event(type, { bubbles: true, composed: true, ...init }));
  return {
    window,
    arming,
    armed,
    disarmed,
    unanswered,
    left,
    confirmed,
    press: async (css, how = 'mouse') => {
      const target = document.querySelector(css)!;
      if (how === 'key') {
        target.dispatchEvent(
          new window.KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }),
        );
      } else {
        fire(target, 'pointerdown');
        fire(target, 'pointerup');
      }
      if (how !== 'slip') fire(target, 'click');
      await new Promise((done) => setTimeout(done, 2));
    },
    toast: (text, kind = 'success') => {
      const element = document.createElement('div');
      element.className = `Toastify__toast Toastify__toast--${kind}`;
      element.innerHTML = `<div class="Toastify__toast-body">${text}</div>`;
      document.querySelector('.toasts')!.append(element);
      arming.added([element]);
    },
    modal: (title, button) => {
      const wrap = document.createElement('div');
      wrap.className = 'ant-modal-wrap';
      wrap.innerHTML = `<div class="ant-modal" role="dialog"><div class="ant-modal-title">${title}</div>
        <button class="ant-btn close"><span>Đóng</span></button><button class="ant-btn go"><span>${button}</span></button></div>`;
      document.body.append(wrap);
      return wrap;
    },
  };
}
