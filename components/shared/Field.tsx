/** Form fields: a visible label always, the hint before, the error after, tied together for screen readers. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import './shared.css';

interface FieldBase {
  readonly label: string;
  readonly name: string;
  readonly hint?: string | undefined;
  /** What is wrong and what to do; shown under the field and announced. */
  readonly error?: string | undefined;
  readonly required?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

/** Label, hint, control and error in order; `children` receives the ids the control must carry. */
export function Field(
  props: FieldBase & {
    readonly children: (ids: { id: string; describedBy: string | undefined }) => ComponentChildren;
  },
) {
  const id = useId();
  const hintId = props.hint ? `${id}-hint` : '';
  const errorId = props.error ? `${id}-error` : '';
  return (
    <div class={`n-field ${props.error ? 'is-wrong' : ''}`} data-field={props.name}>
      <label class="n-label" for={id}>
        {props.label}
      </label>
      {props.hint && (
        <p class="n-hint" id={hintId}>
          {props.hint}
        </p>
      )}
      {props.children({ id, describedBy: [hintId, errorId].filter(Boolean).join(' ') || undefined })}
      {props.error && (
        <p class="n-error" id={errorId} role="alert">
          {props.error}
        </p>
      )}
    </div>
  );
}

export interface TextFieldProps extends FieldBase {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly type?: 'text' | 'search' | 'url' | 'number' | 'date' | undefined;
  readonly inputMode?: 'text' | 'numeric' | 'url' | 'search' | undefined;
  readonly placeholder?: string | undefined;
  readonly autocomplete?: 'off' | 'username' | undefined;
  readonly maxLength?: number | undefined;
  readonly autofocus?: boolean | undefined;
  /** Codes and addresses: fixed width, no spelling marks, no capitals. */
  readonly code?: boolean | undefined;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  return (
    <Field {...props}>
      {({ id, describedBy }) => (
        <input
          id={id}
          class={`n-input ${props.code ? 'n-code' : ''}`}
          name={props.name}
          type={(props.type ?? 'text') as 'text' /* Preact's types split inputs by a literal type */}
          inputMode={props.inputMode}
          value={props.value}
          placeholder={props.placeholder}
          autocomplete={props.autocomplete ?? 'off'}
          autocapitalize="none"
          spellcheck={false}
          maxLength={props.maxLength}
          required={props.required ?? false}
          disabled={props.disabled ?? false}
          autofocus={props.autofocus ?? false}
          aria-invalid={props.error ? true : undefined}
          aria-describedby={describedBy}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** A password with a show/hide button and a Caps Lock warning (`words` name them). */
export function PasswordField(
  props: FieldBase & {
    readonly value: string;
    readonly onInput: (value: string) => void;
    readonly autocomplete?: 'current-password' | 'new-password' | 'off' | undefined;
    readonly words: { readonly show: string; readonly hide: string; readonly caps: string };
  },
) {
  const [isShown, setShown] = useState(false);
  const [isCaps, setCaps] = useState(false);
  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState?.('CapsLock') ?? false);
  return (
    <Field {...props}>
      {({ id, describedBy }) => (
        <>
          <div class="n-joined">
            <input
              id={id}
              class="n-input"
              name={props.name}
              type={(isShown ? 'text' : 'password') as 'password'}
              value={props.value}
              autocomplete={props.autocomplete ?? 'off'}
              autocapitalize="none"
              spellcheck={false}
              required={props.required ?? false}
              disabled={props.disabled ?? false}
              aria-invalid={props.error ? true : undefined}
              aria-describedby={describedBy}
              onInput={(event) => props.onInput(event.currentTarget.value)}
              onKeyDown={watchCaps}
              onKeyUp={watchCaps}
              onBlur={() => setCaps(false)}
            />
            <button
              type="button"
              class="n-joined-button"
              aria-pressed={isShown}
              onClick={() => setShown(!isShown)}
            >
              {isShown ? props.words.hide : props.words.show}
            </button>
          </div>
          {isCaps && (
            <p class="n-caps" role="status">
              {props.words.caps}
            </p>
          )}
        </>
      )}
    </Field>
  );
}

/** A choice among a few; `options` are value and text. */
export function SelectField(
  props: FieldBase & {
    readonly value: string;
    readonly options: readonly { readonly value: string; readonly text: string }[];
    readonly onChange: (value: string) => void;
  },
) {
  return (
    <Field {...props}>
      {({ id, describedBy }) => (
        <select
          id={id}
          class="n-input"
          name={props.name}
          value={props.value}
          required={props.required ?? false}
          disabled={props.disabled ?? false}
          aria-describedby={describedBy}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        >
          {props.options.map(({ value, text }) => (
            <option key={value} value={value} selected={value === props.value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A tick box with its sentence. */
export function CheckField(props: {
  readonly label: string;
  readonly name: string;
  readonly checked: boolean;
  readonly disabled?: boolean | undefined;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label class="n-check" data-field={props.name}>
      <input
        type="checkbox"
        name={props.name}
        checked={props.checked}
        disabled={props.disabled ?? false}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}
