/** The state of an activated device and what can be done about it. */
import { useEffect, useState } from 'preact/hooks';
import { CounterPicker } from '../../../components/kiosk/staff/CounterPicker.tsx';
import { DeviceCard, StorageCard, SyncCard } from '../../../components/kiosk/staff/StatusCards.tsx';
import { localTimeOf, showDay } from '../../domain/dates.ts';
import type { StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import { useValue } from '../cell.ts';
import type { Loaded } from '../lazy-backend.ts';
import type { Room } from '../room.ts';
import {
  askPersistence,
  exportHandover,
  type Facts,
  importReceipt,
  type Outcome,
  syncByHand,
} from './actions.ts';

export interface StaffHomeProps {
  readonly t: StaffTranslate;
  readonly room: Room;
  readonly facts: Facts;
  readonly tell: (outcome: Outcome) => void;
  readonly refresh: () => Promise<void>;
  readonly onPin: () => void;
  readonly onActivate: () => void;
}

export function StaffHome({ t, room, facts, tell, refresh, onPin, onActivate }: StaffHomeProps) {
  const settings = useValue(room.settings.get, room.settings.subscribe);
  const [busy, setBusy] = useState<string | null>(null);
  const [counters, setCounters] = useState<ReturnType<Loaded['counters']>>([]);
  useEffect(() => void room.backend().then((loaded) => setCounters(loaded.counters())), [facts]);

  const act = async (name: string, work: (loaded: Loaded) => Promise<Outcome>) => {
    setBusy(name);
    tell(await work(await room.backend()));
    await refresh();
    setBusy(null);
  };

  return (
    <div class="s-grid">
      <SyncCard
        t={t}
        facts={facts}
        lastReceipt={facts.lastReceipt === null ? null : showTime(facts.lastReceipt)}
        busy={busy}
        onSync={() => void act('sync', (loaded) => syncByHand(loaded, t))}
        onHandover={() => void act('handover', (loaded) => exportHandover(loaded, t))}
        onReceipt={(file) => void act('receipt', (loaded) => importReceipt(loaded, file, t))}
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
  );
}

/** `dd/MM/yyyy HH:mm` in Asia/Ho_Chi_Minh. */
function showTime(iso: string): string {
  const local = localTimeOf(Date.parse(iso));
  return `${showDay(local.slice(0, 10))} ${local.slice(11)}`;
}
