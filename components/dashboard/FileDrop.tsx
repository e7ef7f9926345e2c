/** A place to drop files, with a button that does the same; hands over names and bytes. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../shared/Button.tsx';

export interface DroppedFile {
  readonly name: string;
  readonly size: number;
  readonly bytes: () => Promise<Uint8Array>;
}

export function FileDrop(props: {
  readonly title: string;
  readonly button: string;
  readonly accept: string;
  readonly multiple?: boolean;
  readonly disabled?: boolean;
  readonly onFiles: (files: readonly DroppedFile[]) => void;
  readonly children?: ComponentChildren;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])].map((file) => ({
      name: file.name,
      size: file.size,
      bytes: async () => new Uint8Array(await file.arrayBuffer()),
    }));
    if (files.length > 0 && !props.disabled) props.onFiles(props.multiple ? files : files.slice(0, 1));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra way; the button inside is the accessible one
    <div
      class={`d-drop ${isOver ? 'is-over' : ''}`}
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
        aria-label={props.button}
        accept={props.accept}
        multiple={props.multiple ?? false}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <Button disabled={props.disabled} onClick={() => input.current?.click()} action="choose-file">
        {props.button}
      </Button>
      {props.children && <div class="d-drop-note">{props.children}</div>}
    </div>
  );
}
