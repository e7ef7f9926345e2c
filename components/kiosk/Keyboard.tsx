/** Keys on the screen. They work at the touch, so that two thumbs may overlap, and never take the caret from the field. */
import { useRef } from 'preact/hooks';
import { Icon, type IconName } from './icons.tsx';

export interface ShownKey {
  /** Unique on the board. */
  readonly id: string;
  readonly shown: string | null;
  readonly icon?: IconName;
  /** Small, in the corner: what else the key makes. */
  readonly hint?: string | undefined;
  /** Said by a screen reader instead of what is shown. */
  readonly name?: string | undefined;
  /** Share of the row, 1 = a letter. */
  readonly width: number;
  readonly isPressed?: boolean;
  readonly onPress: () => void;
}

export function Keyboard({ rows, label }: { rows: readonly (readonly ShownKey[])[]; label: string }) {
  return (
    <fieldset class="k-keys" data-rows={rows.length} aria-label={label}>
      {rows.map((row, index) => (
        <div key={`${rows.length} ${index}`} class="k-key-row">
          {row.map((key) => (
            <KeyCap key={key.id} {...key} />
          ))}
        </div>
      ))}
    </fieldset>
  );
}

function KeyCap({ id, shown, icon, hint, name, width, isPressed, onPress }: ShownKey) {
  const wasTouched = useRef(false);
  return (
    <button
      type="button"
      class="k-key"
      data-key={id}
      style={{ flexGrow: width }}
      aria-label={name}
      aria-pressed={isPressed}
      onPointerDown={(event) => {
        event.preventDefault();
        wasTouched.current = true;
        onPress();
      }}
      onClick={() => {
        // A key pressed by keyboard or screen reader comes without a touch before it.
        if (!wasTouched.current) onPress();
        wasTouched.current = false;
      }}
    >
      {icon ? <Icon name={icon} /> : <span>{shown}</span>}
      {hint !== undefined && <small aria-hidden="true">{hint}</small>}
    </button>
  );
}
