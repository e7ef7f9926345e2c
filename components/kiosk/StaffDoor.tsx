/** The corner that opens the staff area: hold it, so that a citizen's tap does nothing. The PIN guards what is behind. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

const HOLD_MS = 2_000;

export function StaffDoor(props: { label: string; onOpen: () => void; children: ComponentChildren }) {
  const [isHeld, setHeld] = useState(false);
  const timer = useRef(0);
  const release = () => {
    clearTimeout(timer.current);
    setHeld(false);
  };
  const hold = () => {
    clearTimeout(timer.current);
    setHeld(true);
    timer.current = window.setTimeout(() => {
      setHeld(false);
      props.onOpen();
    }, HOLD_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <button
      type="button"
      class="k-door"
      aria-label={props.label}
      data-held={isHeld ? '' : undefined}
      onPointerDown={hold}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.repeat) hold();
      }}
      onKeyUp={release}
      onBlur={release}
    >
      {props.children}
    </button>
  );
}
