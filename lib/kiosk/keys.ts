/** A keyboard does everything a finger does: digits choose (0 is ten), arrows move, Escape goes back. */
import type { Flow, Rules } from './flow-types.ts';
import type { Act } from './kiosk.ts';

export type KeyMeaning = Act | { readonly type: 'move'; readonly by: 1 | -1 } | null;

/** What a key means on this screen. Enter and Space are the browser's (they press what has the focus). */
export function meaningOfKey(key: string, flow: Flow, rules: Rules, newId: () => string): KeyMeaning {
  if (flow.warnedUntil !== null) return null;
  const { screen } = flow;
  if (key === 'Escape') return { type: 'back' };
  if (key === 'ArrowRight' || key === 'ArrowDown') return { type: 'move', by: 1 };
  if (key === 'ArrowLeft' || key === 'ArrowUp') return { type: 'move', by: -1 };
  if (screen.name === 'attract' && key === 'Enter') return { type: 'start', id: newId() };
  const digit = /^\d$/.test(key) ? Number(key) || 10 : 0;
  if (digit === 0) return null;
  if (screen.name === 'question') return { type: 'answer', level: digit };
  const reason = screen.name === 'reasons' ? rules.questionnaire.reasons[digit - 1] : undefined;
  return reason ? { type: 'reason', id: reason.id } : null;
}
