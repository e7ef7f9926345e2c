/** What the hub has, what still waits, and how the last attempt went. */
import { useState } from 'preact/hooks';
import type { ExtensionKey } from '../../lib/i18n/extension/index.ts';
import { Button } from '../shared/Button.tsx';
import { momentOf, timeOf, type View, type Words } from './model.ts';

const CODES: readonly string[] = [
  'offline',
  'captivePortal',
  'busy',
  'refused',
  'needsActivation',
  'running',
  'waiting',
  'noHub',
  'storage',
];

/** The sentence about what was received. */
export function receivedText(t: Words, view: View): string {
  const through = view.summary.receivedThrough;
  const hasHub = view.device?.hub != null;
  if (through === null) return t(hasHub ? 'sync.neverReceived' : 'sync.noHub');
  return t(hasHub ? 'sync.receivedThrough' : 'sync.handedThrough', { time: momentOf(through) });
}

export function SyncState(props: {
  readonly t: Words;
  readonly view: View;
  readonly onSync: () => Promise<unknown>;
}) {
  const { t, view } = props;
  const [isBusy, setBusy] = useState(false);
  const { lastSync } = view;
  return (
    <section class="p-card p-sync" aria-label={t('sync.title')}>
      <div>
        <p data-received>{receivedText(t, view)}</p>
        <p class="p-small" data-unsent={view.summary.unsent}>
          {view.summary.unsent === 0 ? t('sync.allSent') : t('sync.unsent', { n: view.summary.unsent })}
        </p>
        {lastSync && !lastSync.ok && CODES.includes(lastSync.code) && lastSync.code !== 'noHub' && (
          <p class="p-small p-warn">
            {t('sync.failed', {
              time: timeOf(lastSync.at),
              reason: t(`syncCode.${lastSync.code}` as ExtensionKey),
            })}
          </p>
        )}
      </div>
      {view.device?.hub != null && (
        <Button
          size="small"
          busy={isBusy}
          action="sync"
          onClick={async () => {
            setBusy(true);
            await props.onSync();
            setBusy(false);
          }}
        >
          {t('sync.now')}
        </Button>
      )}
    </section>
  );
}
