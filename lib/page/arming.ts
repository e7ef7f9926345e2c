/**
 * From a gesture to an armed action (what becomes of it: waiting.ts).
 *
 *   pointerdown / Enter / Space ── armed, told to the worker (it wakes, and keeps it over a full reload)
 *        └─ click on the same control ── proved          no click: taken back
 *              ├─ toast, dialog, route, element or rows within the window ── confirmed, once
 *              ├─ left while it said that it was sending ── confirmed by the very next document
 *                     └─ refusing words, dialog closed, window over ── forgotten, nothing counts
 */
import { codeAt, codesOf, gestureOf, rowOf } from '../adapters/engine/actions.ts';
import { textOf } from '../adapters/engine/text.ts';
import { fold } from '../domain/vocabulary.ts';
import { createWaiting, type WaitingPorts, type WaitingRoom } from './waiting.ts';

export interface ArmingPorts extends WaitingPorts {
  /** False while paused, not activated, or while the page type is broken. */
  readonly mayCount: () => boolean;
  readonly isTrusted: (event: Event) => boolean;
}

export interface Arming extends Pick<WaitingRoom, 'added' | 'poll' | 'resume' | 'leave' | 'forget'> {
  /** Takes pointer, key and click events, captured. */
  readonly handle: (event: Event) => void;
}

const OVERLAY =
  '[role="dialog"], [role="menu"], .cdk-overlay-container, .ant-modal-wrap, .ant-dropdown, .modal, .dropdown-menu';
const TICK = 'input[type="checkbox"], [role="checkbox"], .ant-table-selection-column, .mat-checkbox';
const CLOSE = '[aria-label="Close"], [class*="close"], [data-dismiss], [mat-dialog-close]';
const CLOSE_WORDS = new Set('dong|huy|huy bo|bo qua|thoat|khong|x|×|close|cancel'.split('|'));
const KEYS = new Set(['Enter', ' ', 'Spacebar']);

export function createArming(ports: ArmingPorts): Arming {
  const { pack } = ports;
  const waiting = createWaiting(ports);
  let lastRow: string | null = null;
  let pressed: Element | null = null;
  let presses = 0;

  const aboutOf = (gesture: Parameters<typeof codesOf>[0]) =>
    codesOf(gesture, { ...ports.source(), lastRow });

  const press = (target: Element) => {
    pressed = target;
    presses += 1;
    waiting.doubt();
    if (!ports.mayCount()) return;
    const gesture = gestureOf(pack, ports.place(), target);
    if (gesture) waiting.arm(gesture, aboutOf(gesture), false);
  };

  /** Remembers the row that was last touched, but for its tick box; dialogs and menus over the list leave it. */
  const touch = (target: Element) => {
    if (target.closest(OVERLAY)) return;
    const source = { ...ports.source(), lastRow };
    const isTick = target.closest(TICK) !== null || target.querySelector(TICK) !== null;
    lastRow = !isTick && rowOf(target, source.page) ? codeAt(target, source) : null;
  };

  const closeBy = (target: Element) => {
    const control = target.closest('button, a, [role="button"]');
    if (!control) return;
    if (control.matches(CLOSE) || CLOSE_WORDS.has(fold(textOf(control, 40)))) {
      waiting.dismiss((dialog) => dialog.contains(control));
    }
  };

  const click = (target: Element) => {
    if (!ports.mayCount()) return;
    const gesture = gestureOf(pack, ports.place(), target);
    if (!gesture) closeBy(target);
    else if (!waiting.prove(gesture.control)) waiting.arm(gesture, aboutOf(gesture), true);
    touch(target);
    pressed = null;
    waiting.withdraw();
  };

  const handle = (event: Event) => {
    const target = (event.composedPath()[0] ?? event.target) as Node | null;
    if (target?.nodeType !== 1 || !ports.isTrusted(event)) return;
    const element = target as Element;
    switch (event.type) {
      case 'pointerdown':
        press(element);
        break;
      case 'keydown': {
        const { key, repeat } = event as KeyboardEvent;
        if (key === 'Escape') waiting.dismiss(() => true);
        else if (KEYS.has(key) && !repeat) press(element);
        break;
      }
      case 'click':
        click(element);
        break;
      case 'pointercancel':
        pressed = null;
        waiting.withdraw();
        break;
      case 'pointerup':
      case 'keyup': {
        // The click comes in the same turn; what it did not prove by then is taken back. On a busy page the next press may
        // come before this timer: that one is not meant.
        const mine = presses;
        setTimeout(() => {
          if (presses !== mine) return;
          if (pressed !== null) waiting.withdraw();
          pressed = null;
        });
      }
    }
  };

  return {
    handle,
    added: waiting.added,
    poll: waiting.poll,
    resume: waiting.resume,
    leave: waiting.leave,
    forget: () => {
      lastRow = null;
      pressed = null;
      waiting.forget();
    },
  };
}
