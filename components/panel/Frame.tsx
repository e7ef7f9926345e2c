/** The panel's frame: moved by its handle with the pointer or the arrow keys, folded to its head, closed; always inside the window. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Translate } from '../../lib/i18n/index.ts';
import type { PanelKey } from '../../lib/i18n/page/panel/index.ts';

const STEP = 24;
const EDGE = 8;
const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

export function Frame(props: {
  readonly t: Translate<PanelKey>;
  readonly state: string | undefined;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const { t } = props;
  const panel = useRef<HTMLElement>(null);
  const grip = useRef<{ x: number; y: number } | null>(null);
  const [isFolded, setFolded] = useState(false);

  const moveTo = (left: number, top: number) => {
    const box = panel.current;
    const window = box?.ownerDocument.defaultView;
    if (!box || !window) return;
    const { width, height } = box.getBoundingClientRect();
    const inside = (at: number, room: number) => Math.max(EDGE, Math.min(at, room - EDGE));
    box.style.inset = 'auto';
    box.style.left = `${inside(left, window.innerWidth - width)}px`;
    box.style.top = `${inside(top, window.innerHeight - height)}px`;
  };
  const moveBy = (x: number, y: number) => {
    const box = panel.current?.getBoundingClientRect();
    if (box) moveTo(box.left + x, box.top + y);
  };

  return (
    <section
      ref={panel}
      class={isFolded ? 'panel is-folded' : 'panel'}
      role="dialog"
      aria-label={t('title')}
      data-state={props.state}
    >
      <header>
        <button
          type="button"
          class="grip"
          data-action="move"
          aria-label={t('move')}
          title={t('move')}
          onPointerDown={(event) => {
            const box = panel.current?.getBoundingClientRect();
            if (!box) return;
            grip.current = { x: event.clientX - box.left, y: event.clientY - box.top };
            event.currentTarget.setPointerCapture?.(event.pointerId);
          }}
          onPointerMove={(event) => {
            if (grip.current) moveTo(event.clientX - grip.current.x, event.clientY - grip.current.y);
          }}
          onPointerUp={() => {
            grip.current = null;
          }}
          onPointerCancel={() => {
            grip.current = null;
          }}
          onKeyDown={(event) => {
            const step = ARROWS[event.key];
            if (!step) return;
            event.preventDefault();
            moveBy(...step);
          }}
        >
          ⠿
        </button>
        <h2>{t('title')}</h2>
        <button
          type="button"
          class="icon"
          data-action="fold"
          aria-expanded={!isFolded}
          aria-label={t(isFolded ? 'unfold' : 'fold')}
          title={t(isFolded ? 'unfold' : 'fold')}
          onClick={() => {
            setFolded(!isFolded);
            // What was dragged low may not fit once it is tall again.
            setTimeout(() => panel.current?.style.top && moveBy(0, 0));
          }}
        >
          {isFolded ? '▢' : '–'}
        </button>
        <button
          type="button"
          class="icon close"
          data-action="close"
          aria-label={t('close')}
          title={t('close')}
          onClick={props.onClose}
        >
          ×
        </button>
      </header>
      {!isFolded && props.children}
    </section>
  );
}
