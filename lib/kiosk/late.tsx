/** A part of the screen whose script comes after the first screen's. Where it cannot be had the rest goes on without it. */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface LateProps {
  /** The real one cannot be had in this page. */
  readonly onMissing?: () => void;
}

/** A component that shows nothing until `load` brought the real one. */
export function lateLoaded<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props & LateProps> {
  let known: FunctionComponent<Props> | null = null;
  return function Late({ onMissing, ...props }: Props & LateProps) {
    const [, arrived] = useState(0);
    useEffect(() => {
      let isShown = true;
      const stop = () => {
        isShown = false;
      };
      if (known) return stop;
      load().then(
        (loaded) => {
          known = loaded;
          arrived(1);
        },
        (error: unknown) => {
          console.warn('nmc kiosk: a part did not load', error instanceof Error ? error.name : '');
          if (isShown) onMissing?.();
        },
      );
      return stop;
    }, []);
    const Known = known;
    return Known ? <Known {...(props as unknown as Props)} /> : null;
  };
}
