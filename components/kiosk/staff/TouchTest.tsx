/** Five circles to tap, four corners and the middle: a screen with a dead edge is found before citizens find it. */
import { useState } from 'preact/hooks';
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { Button } from '../../shared/Button.tsx';

export type Pointer = 'touch' | 'pen' | 'mouse';

export interface TouchTestProps {
  readonly t: StaffTranslate;
  /** All five were reached; `mouse` when even one was not touched by finger or pen. */
  readonly onDone: (pointer: Pointer) => void;
  readonly onCancel: () => void;
}

const POINTS = [1, 2, 3, 4, 5] as const;

export function TouchTest({ t, onDone, onCancel }: TouchTestProps) {
  const [reached, setReached] = useState<ReadonlyMap<number, Pointer>>(new Map());
  const reach = (point: number, kind: string) => {
    if (reached.has(point)) return;
    const next = new Map(reached).set(point, kind === 'touch' || kind === 'pen' ? kind : 'mouse');
    setReached(next);
    if (next.size === POINTS.length) onDone(worst([...next.values()]));
  };
  return (
    <div class="s-touch" role="dialog" aria-modal="true" aria-label={t('touchTitle')}>
      <div class="s-touch-words">
        <h2>{t('touchTitle')}</h2>
        <p role="status">{t('touchText', { n: POINTS.length - reached.size })}</p>
      </div>
      {POINTS.map((point) => (
        <button
          key={point}
          type="button"
          class={`s-touch-point s-touch-${point}`}
          aria-label={t('touchPoint', { n: point })}
          aria-pressed={reached.has(point)}
          onPointerDown={(event) => reach(point, event.pointerType)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === ' ') reach(point, 'mouse');
          }}
        >
          {reached.has(point) ? '✓' : point}
        </button>
      ))}
      <div class="s-touch-leave">
        <Button size="large" action="touch-cancel" onClick={onCancel}>
          {t('back')}
        </Button>
      </div>
    </div>
  );
}

/** What was proved least: one mouse click leaves a finger unproved. */
function worst(kinds: readonly Pointer[]): Pointer {
  if (kinds.includes('mouse')) return 'mouse';
  return kinds.includes('pen') ? 'pen' : 'touch';
}
