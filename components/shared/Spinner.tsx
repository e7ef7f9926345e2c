/** Waiting: a spinner with words, and grey shapes where content will come. */
import './shared.css';

/** A spinner with a visible label. */
export function Spinner(props: { readonly label: string }) {
  return (
    <p class="n-waiting" role="status">
      <span class="n-spinner" aria-hidden="true" />
      {props.label}
    </p>
  );
}

/** `lines` grey bars of uneven width; hidden from screen readers, which hear `label` instead. */
export function Skeleton(props: { readonly label: string; readonly lines?: number | undefined }) {
  return (
    <div class="n-skeleton" role="status" aria-label={props.label}>
      {Array.from({ length: props.lines ?? 3 }, (_, line) => (
        <span key={line} class={`n-skeleton-line n-skeleton-${line % 3}`} />
      ))}
    </div>
  );
}

/** Progress of a known amount of work. */
export function Progress(props: { readonly label: string; readonly done: number; readonly all: number }) {
  return (
    <div class="n-progress">
      <progress max={Math.max(1, props.all)} value={props.done} aria-label={props.label} />
      <span role="status">{props.label}</span>
    </div>
  );
}
