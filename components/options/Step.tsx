/** One step of the set-up: open while it is next, folded to one line when done, always openable again. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Words } from '../popup/model.ts';

export function Step(props: {
  readonly t: Words;
  readonly n: number;
  readonly name: string;
  readonly title: string;
  /** One line shown when done. */
  readonly summary: string;
  readonly state: 'done' | 'open' | 'wait';
  /** Stays open when done (lists that people come back to). */
  readonly keepOpen?: boolean;
  readonly children: ComponentChildren;
}) {
  const { t, state } = props;
  const opensItself = state === 'open' || (state === 'done' && props.keepOpen === true);
  const [isOpen, setOpen] = useState(opensItself);
  useEffect(() => setOpen(opensItself), [opensItself]);
  const id = `step-${props.name}`;
  return (
    <li class={`o-step o-step-${state}`} data-step={props.name} data-step-state={state} id={props.name}>
      <button
        type="button"
        class="o-step-head"
        aria-expanded={isOpen}
        aria-controls={id}
        disabled={state === 'wait'}
        onClick={() => setOpen(!isOpen)}
      >
        <span class="o-step-sign" aria-hidden="true">
          {state === 'done' ? '✓' : props.n}
        </span>
        <span class="o-step-title">
          <strong>{props.title}</strong>
          {state === 'done' && <span class="o-step-summary">{props.summary}</span>}
        </span>
        <span class="o-step-state">
          {t(
            state === 'done'
              ? 'options.stepDone'
              : state === 'open'
                ? 'options.stepOpen'
                : 'options.stepWait',
          )}
        </span>
      </button>
      {isOpen && state !== 'wait' && (
        <div class="o-step-body" id={id}>
          {props.children}
        </div>
      )}
    </li>
  );
}
