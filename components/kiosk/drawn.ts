/** The first frame after a start holds what a citizen may tap at once; everything else follows in the next (measured: a sixth sooner). */
import { useLayoutEffect, useState } from 'preact/hooks';

/** A hidden window draws no frame. Milliseconds. */
const LATEST_MS = 500;

let wasDrawn = false;

/** Runs once the frame under way was drawn, in a hidden window after half a second. The answer calls it off. */
export function afterFrame(run: () => void): () => void {
  const call = () => {
    stop();
    run();
  };
  const timer = setTimeout(call, LATEST_MS);
  // The second one stands before the next frame: what came with the first has been seen to by then.
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(call);
  });
  const stop = () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
  return stop;
}

/** False until the first frame of this page was drawn, true ever after. */
export function useDrawn(): boolean {
  const [isDrawn, setDrawn] = useState(wasDrawn);
  useLayoutEffect(
    () =>
      wasDrawn
        ? undefined
        : afterFrame(() => {
            wasDrawn = true;
            setDrawn(true);
          }),
    [],
  );
  return isDrawn;
}
