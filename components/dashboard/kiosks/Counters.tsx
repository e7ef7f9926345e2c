/** Counters of a unit and below, and which machine stands at which. */
import { useState } from 'preact/hooks';
import type { CounterView } from '../../../lib/indicators/kiosks.ts';
import { Empty } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { ConfirmDialog } from '../../shared/Dialog.tsx';
import { TextField } from '../../shared/Field.tsx';
import { Table } from '../../shared/Table.tsx';
import { Loaded } from '../Failed.tsx';
import { useWords } from '../words.ts';
import { CounterName } from './CounterName.tsx';
import type { KiosksViewProps } from './model.ts';
import { Placement } from './Placement.tsx';

export function Counters(props: KiosksViewProps) {
  const { t } = useWords();
  return (
    <>
      <section class="d-stack">
        <div>
          <h3 id="q-counters">{t('kiosks.counters')}</h3>
          <p class="d-note">{t('kiosks.countersLead')}</p>
        </div>
        {props.rights.canChangeKiosks && <AddCounter {...props} />}
        <Loaded load={props.room.counters} onRetry={props.onRetry}>
          {(counters) =>
            counters.length === 0 ? (
              <Empty title={t('kiosks.countersNone')} name="counters">
                {t('kiosks.countersNoneDo')}
              </Empty>
            ) : (
              <CounterTable {...props} counters={counters} />
            )
          }
        </Loaded>
      </section>
      <Placement {...props} />
    </>
  );
}

function AddCounter(props: KiosksViewProps) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || props.busy === 'addCounter') return;
    if (await props.acts.addCounter(props.unit, name.trim())) {
      setName('');
      setTried(false);
    }
  };
  return (
    <form class="q-add" noValidate onSubmit={submit}>
      <TextField
        name="counter-name"
        label={t('kiosks.counterName')}
        hint={t('kiosks.counterHint')}
        value={name}
        onInput={setName}
        maxLength={80}
        error={isTried && name.trim() === '' ? t('kiosks.needCounterName') : undefined}
      />
      <Button type="submit" kind="primary" action="add-counter" busy={props.busy === 'addCounter'}>
        {t('kiosks.counterAdd')}
      </Button>
    </form>
  );
}

function CounterTable(props: KiosksViewProps & { readonly counters: readonly CounterView[] }) {
  const { t } = useWords();
  const [asked, setAsked] = useState<{ act: 'rename' | 'close'; counter: CounterView } | null>(null);
  const isBusy = (id: string) => props.busy === `counter:${id}`;
  const inOrder = [...props.counters].sort(
    (a, b) =>
      Number(b.isActive) - Number(a.isActive) ||
      a.unitName.localeCompare(b.unitName, 'vi') ||
      a.name.localeCompare(b.name, 'vi', { numeric: true }),
  );
  return (
    <>
      <Table
        caption={t('kiosks.counters')}
        hideCaption
        rows={inOrder}
        rowKey={({ id }) => id}
        rowClass={({ isActive }) => (isActive ? '' : 'is-past')}
        columns={[
          {
            id: 'name',
            head: t('kiosks.counterName'),
            isRowHead: true,
            cell: (one: CounterView) => one.name,
          },
          { id: 'unit', head: t('kiosks.unit'), cell: (one: CounterView) => one.unitName },
          {
            id: 'state',
            head: t('kiosks.counterState'),
            cell: (one: CounterView) => (
              <span class={`n-tag ${one.isActive ? 'n-tag-good' : ''}`}>
                {t(one.isActive ? 'kiosks.counterActive' : 'kiosks.counterClosed')}
              </span>
            ),
          },
          {
            id: 'devices',
            head: t('kiosks.counterDevices'),
            cell: (one: CounterView) => one.devices.map(({ name }) => name).join(', ') || '–',
          },
          {
            id: 'act',
            head: t('kiosks.act'),
            cell: (one: CounterView) =>
              props.rights.canChangeKiosks && (
                <div class="d-acts">
                  <Button
                    size="small"
                    action="rename-counter"
                    label={t('kiosks.counterRenameTitle', { name: one.name })}
                    onClick={() => setAsked({ act: 'rename', counter: one })}
                  >
                    {t('kiosks.counterRename')}
                  </Button>
                  {one.isActive ? (
                    <Button
                      size="small"
                      action="close-counter"
                      busy={isBusy(one.id)}
                      onClick={() => setAsked({ act: 'close', counter: one })}
                    >
                      {t('kiosks.counterClose')}
                    </Button>
                  ) : (
                    <Button
                      size="small"
                      action="open-counter"
                      busy={isBusy(one.id)}
                      onClick={() => props.acts.saveCounter(one.id, { name: one.name, isActive: true })}
                    >
                      {t('kiosks.counterOpen')}
                    </Button>
                  )}
                </div>
              ),
          },
        ]}
      />
      {asked?.act === 'rename' && (
        <CounterName
          counter={asked.counter}
          busy={isBusy(asked.counter.id)}
          failure={props.failure}
          onClose={() => {
            props.onForget();
            setAsked(null);
          }}
          onSave={async (name) => {
            const { id, isActive } = asked.counter;
            if (await props.acts.saveCounter(id, { name, isActive })) setAsked(null);
          }}
        />
      )}
      {asked?.act === 'close' && (
        <ConfirmDialog
          title={t('kiosks.counterCloseTitle', { name: asked.counter.name })}
          yes={t('kiosks.counterClose')}
          no={t('app.cancel')}
          busy={isBusy(asked.counter.id)}
          onNo={() => setAsked(null)}
          onYes={async () => {
            await props.acts.saveCounter(asked.counter.id, { name: asked.counter.name, isActive: false });
            setAsked(null);
          }}
        >
          <p>{t('kiosks.counterCloseWhat')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
