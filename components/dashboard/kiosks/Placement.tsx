/** Which counter each machine stands at: kiosks, and the PCs whose confirmed returns are the other half of a rate. */
import type { CounterView } from '../../../lib/indicators/kiosks.ts';
import { Empty } from '../../shared/Banner.tsx';
import { Table } from '../../shared/Table.tsx';
import { Loaded } from '../Failed.tsx';
import type { Device } from '../model.ts';
import { useWords } from '../words.ts';
import type { KiosksViewProps } from './model.ts';

export function Placement(props: KiosksViewProps) {
  const { t } = useWords();
  return (
    <section class="d-stack">
      <div>
        <h3 id="q-placement">{t('kiosks.placement')}</h3>
        <p class="d-note">{t('kiosks.placementLead')}</p>
      </div>
      <Loaded load={props.room.devices} onRetry={props.onRetry}>
        {(devices) => (
          <Loaded load={props.room.counters} onRetry={props.onRetry}>
            {(counters) => <Places {...props} devices={devices} counters={counters} />}
          </Loaded>
        )}
      </Loaded>
    </section>
  );
}

function Places(
  props: KiosksViewProps & { readonly devices: readonly Device[]; readonly counters: readonly CounterView[] },
) {
  const { t } = useWords();
  const placed = props.devices.filter(({ kind, status }) => kind !== 'hub' && status === 'active');
  if (placed.length === 0) {
    return (
      <Empty title={t('kiosks.placementNone')} name="placement">
        {t('kiosks.placementNoneDo')}
      </Empty>
    );
  }
  const counterOf = (device: Device) =>
    props.counters.find(({ devices }) => devices.some(({ id }) => id === device.id)) ?? null;
  return (
    <Table
      caption={t('kiosks.placement')}
      hideCaption
      rows={placed}
      rowKey={({ id }) => `place-${id}`}
      columns={[
        { id: 'name', head: t('kiosks.name'), isRowHead: true, cell: (one: Device) => one.name },
        { id: 'kind', head: t('kiosks.kind'), cell: (one: Device) => t(`devices.kind.${one.kind}`) },
        { id: 'unit', head: t('kiosks.unit'), cell: (one: Device) => one.unit.name },
        {
          id: 'counter',
          head: t('kiosks.counter'),
          cell: (one: Device) => (
            <CounterSelect
              device={one}
              counter={counterOf(one)}
              // A device stands at a counter of its own unit.
              offered={props.counters.filter(({ unit, isActive }) => isActive && unit === one.unit.id)}
              isFixed={!props.rights.canChangeKiosks || props.busy === `place:${one.id}`}
              onPick={(counter) => props.acts.placeDevice(one.id, counter)}
            />
          ),
        },
      ]}
    />
  );
}

function CounterSelect(props: {
  readonly device: Device;
  readonly counter: CounterView | null;
  readonly offered: readonly CounterView[];
  readonly isFixed: boolean;
  readonly onPick: (counter: string | null) => void;
}) {
  const { t } = useWords();
  const { counter } = props;
  const isListed = counter === null || props.offered.some(({ id }) => id === counter.id);
  const all = isListed ? props.offered : [counter, ...props.offered];
  return (
    <select
      class="n-input q-place"
      name={`place-${props.device.id}`}
      aria-label={t('kiosks.placeOf', { name: props.device.name })}
      disabled={props.isFixed}
      value={counter?.id ?? ''}
      onChange={(event) => props.onPick(event.currentTarget.value || null)}
    >
      <option value="" selected={counter === null}>
        {t('kiosks.noCounter')}
      </option>
      {all.map(({ id, name, isActive }) => (
        <option key={id} value={id} selected={id === counter?.id}>
          {isActive ? name : `${name} (${t('kiosks.counterClosed')})`}
        </option>
      ))}
    </select>
  );
}
