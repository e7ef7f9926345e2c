/** A place to drop one file as the browser gives it (with its date), and a button that does the same. */
import { useRef, useState } from 'preact/hooks';
import { Button } from '../shared/Button.tsx';

const EXPORT_KINDS = '.xlsx,.xlsm,.csv,.txt,.xls,.htm,.html';

export function ExportDrop(props: {
  readonly title: string;
  readonly button: string;
  readonly note: string;
  /** Said when more than one file was dropped. */
  readonly oneOnly: string;
  readonly onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isMany, setMany] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const first = files?.[0];
    if (first === undefined) return;
    setMany(files!.length > 1);
    props.onFile(first);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra way; the button inside is the accessible one
    <div
      class={`x-drop ${isOver ? 'is-over' : ''}`}
      data-drop="export"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <strong>{props.title}</strong>
      <input
        ref={input}
        type="file"
        class="n-hidden"
        tabIndex={-1}
        name="export"
        aria-label={props.button}
        accept={EXPORT_KINDS}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <Button kind="primary" onClick={() => input.current?.click()} action="choose-export">
        {props.button}
      </Button>
      <p class="x-quiet">{props.note}</p>
      {isMany && <p role="status">{props.oneOnly}</p>}
    </div>
  );
}
