/** Choosing one file: the native control, so that keyboard and screen readers know it, under words in our language. */
import { useState } from 'preact/hooks';
import type { Words } from '../popup/model.ts';
import { Field } from '../shared/Field.tsx';

export function FilePick(props: {
  readonly t: Words;
  readonly label: string;
  readonly name: string;
  readonly accept: string;
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
  readonly onPick: (file: File | null) => void;
}) {
  const [picked, setPicked] = useState('');
  return (
    <Field label={props.label} name={props.name} error={props.error} hint={props.hint}>
      {({ id, describedBy }) => (
        <div class="o-file">
          <input
            id={id}
            type="file"
            name={props.name}
            accept={props.accept}
            aria-describedby={describedBy}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0] ?? null;
              setPicked(file?.name ?? '');
              props.onPick(file);
            }}
          />
          <span class="n-button n-button-small" aria-hidden="true">
            {props.t('choose')}
          </span>
          <span aria-hidden="true">{picked || props.t('noFile')}</span>
        </div>
      )}
    </Field>
  );
}
