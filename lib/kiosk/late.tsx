/** A part of the screen whose script comes after the first screen's. Where it cannot be had the rest goes on without it. */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component that shows nothing until `load` brought the real one. */
export function lateLoaded<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  let known: FunctionComponent<Props> | null = null;
  return function Late(props: Props) {
    const [, arrived] = useState(0);
    useEffect(() => {
      if (known) return;
      load().then(
        (loaded) => {
          known = loaded;
          arrived(1);
        },
        (error: unknown) =>
          console.warn('nmc kiosk: a part did not load', error instanceof Error ? error.name : ''),
      );
    }, []);
    const Known = known;
    return Known ? <Known {...props} /> : null;
  };
}
