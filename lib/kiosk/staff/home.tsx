/** The state of an activated device and what can be done about it. */
import { useEffect, useState } from 'preact/hooks';
import { CounterPicker } from '../../../components/kiosk/staff/CounterPicker.tsx';
import { HandoverCard } from '../../../components/kiosk/staff/HandoverCard.tsx';
import { DeviceCard, StorageCard, SyncCard } from '../../../components/kiosk/staff/StatusCards.tsx';
import { Banner } from '../../../components/shared/Banner.tsx';
import type { HandoverScope } from '../../sync/index.ts';
import { useValue } from '../cell.ts';
import type { Loaded } from '../lazy-backend.ts';
import { askPersistence, syncByHand } from './actions.ts';
import { showTime } from './facts.ts';
import type { Outcome } from './outcome.ts';
import type { RoomProps } from './room-props.ts';
import { download, exportComments, exportHandover, importReceipt, type SavedFile } from './stick.ts';

export interface StaffHomeProps extends RoomProps {
  readonly onPin: () => void;
  readonly onActivate: () => void;
}

export function StaffHome({ t, room, facts, tell, refresh, onPin, onActivate }: StaffHomeProps) {
  const settings = useValue(room.settings.get, room.settings.subscribe);
  const [busy, setBusy] = useState<string | null>(null);
  const [counters, setCounters] = useState<ReturnType<Loaded['counters']>>([]);
  const [files, setFiles] = useState<readonly SavedFile[]>([]);
  useEffect(() => void room.backend().then((loaded) => setCounters(loaded.counters())), [facts]);

  const act = async (name: string, work: (loaded: Loaded) => Promise<Outcome>) => {
    setBusy(name);
    tell(await work(await room.backend()));
    await refresh();
    setBusy(null);
  };
  const handOver = (name: string, scope: HandoverScope) =>
    act(name, async (loaded) => {
      const made = await exportHandover(loaded, scope, t);
      setFiles(made.files);
      return made.outcome;
    });

  return (
    <>
      {facts.commissionedAt === null && (
        <Banner kind="warn" title={t('notCommissioned')} name="not-commissioned">
          {t('notCommissionedText')}
        </Banner>
      )}
      <div class="s-grid">
        <SyncCard
          t={t}
          facts={facts}
          lastReceipt={showTime(facts.lastReceipt)}
          busy={busy}
          onSync={() => void act('sync', (loaded) => syncByHand(loaded, t))}
        />
        <HandoverCard
          t={t}
          hub={facts.hub}
          files={files.map(({ name }) => name)}
          busy={busy}
          onUnsent={() => void handOver('handover', 'unsent')}
          onEverything={() => void handOver('handover-all', 'everything')}
          onSave={(name) => files.filter((file) => file.name === name).forEach(download)}
          onReceipt={(file) => void act('receipt', (loaded) => importReceipt(loaded, file, t))}
          onComments={() => void act('comments', (loaded) => exportComments(loaded, t))}
        />
        <CounterPicker
          t={t}
          counters={counters}
          chosen={
            settings.counter === null
              ? null
              : { id: settings.counter, name: settings.counterName ?? settings.counter }
          }
          onChoose={(chosen) =>
            void room.change({ counter: chosen?.id ?? null, counterName: chosen?.name ?? null })
          }
        />
        <StorageCard t={t} facts={facts} onPersist={() => void act('persist', () => askPersistence(t))} />
        <DeviceCard
          t={t}
          facts={facts}
          idleSeconds={settings.idleSeconds}
          onIdle={(idleSeconds) => void room.change({ idleSeconds })}
          onPin={onPin}
          onUpdate={() =>
            void act('update', async () => {
              await room.updates?.check();
              return { kind: 'good', text: t('updateChecked') };
            })
          }
          onActivate={onActivate}
        />
      </div>
    </>
  );
}
