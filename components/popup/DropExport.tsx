/** A portal's file dropped on the popup. Most browsers close a popup while a file is dragged: then the button leads there. */
import { useState } from 'preact/hooks';
import { exportTexts } from '../../lib/i18n/exports/index.ts';
import { Button } from '../shared/Button.tsx';

export function DropExport(props: {
  readonly language: 'vi' | 'en';
  readonly onFile: (file: File) => Promise<unknown>;
  readonly onOpen: () => void;
}) {
  const t = exportTexts(props.language);
  const [state, setState] = useState<'idle' | 'over' | 'taking'>('idle');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra way; the button inside is the accessible one
    <div
      class={`p-export ${state === 'over' ? 'is-over' : ''}`}
      data-drop="export"
      onDragOver={(event) => {
        event.preventDefault();
        setState('over');
      }}
      onDragLeave={() => setState('idle')}
      onDrop={async (event) => {
        event.preventDefault();
        const file = event.dataTransfer?.files[0];
        if (file === undefined) return setState('idle');
        setState('taking');
        await props.onFile(file);
        setState('idle');
      }}
    >
      <Button
        kind="quiet"
        size="small"
        busy={state === 'taking'}
        title={t('drop.popup')}
        onClick={props.onOpen}
        action="import-export"
      >
        {t('title')}
      </Button>
      {state === 'taking' && (
        <span class="n-hidden" role="status">
          {t('drop.taking')}
        </span>
      )}
    </div>
  );
}
