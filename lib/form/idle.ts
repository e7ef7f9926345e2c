/** A widget on a shared screen: what one person left is cleared before the next, after a warning that one tap ends. */
import { useEffect, useRef, useState } from 'preact/hooks';

/** Untouched so long, the warning appears; it stands 20 s (WCAG 2.2.1). Milliseconds. */
const PATIENCE = 60_000;
const WARNING = 20_000;

export interface Idle {
  /** Seconds left of the warning, null while there is none. */
  readonly seconds: number | null;
  readonly stay: () => void;
}

/** Calls `reset` when nobody touched the page for long; does nothing while `isOn` is false. */
export function useIdle(isOn: boolean, reset: () => void): Idle {
  const [seconds, setSeconds] = useState<number | null>(null);
  // Kept outside the state: a count that ended must not end the next person's visit with the render that begins it.
  const since = useRef(0);
  const latest = useRef(reset);
  latest.current = reset;
  const touch = () => {
    since.current = performance.now();
    setSeconds(null);
  };
  useEffect(() => {
    if (!isOn) return;
    touch();
    const look = () => {
      const left = PATIENCE + WARNING - (performance.now() - since.current);
      if (left <= 0) latest.current();
      else setSeconds(left <= WARNING ? Math.ceil(left / 1_000) : null);
    };
    const timer = setInterval(look, 500);
    const events = ['pointerdown', 'keydown', 'input'] as const;
    for (const name of events) addEventListener(name, touch, { passive: true });
    return () => {
      clearInterval(timer);
      for (const name of events) removeEventListener(name, touch);
      setSeconds(null);
    };
  }, [isOn]);
  return { seconds: isOn ? seconds : null, stay: touch };
}
