/** Every device: complete through, what is missing, last heard, alarms; accept and revoke with a question first. */
import { useState } from 'preact/hooks';
import { Empty } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { ConfirmDialog } from '../shared/Dialog.tsx';
import { type Column, Table } from '../shared/Table.tsx';
import { AcceptDevice } from './AcceptDevice.tsx';
import { needsLook, sortDevices, summaryOf } from './device-state.ts';
import { Loaded } from './Failed.tsx';
import type { Device, DeviceKind, Load } from './model.ts';
import { UnitFile } from './UnitFile.tsx';
import { useWords } from './words.ts';

export interface DevicesViewProps {
  readonly load: Load<readonly Device[]>;
  readonly source: 'hub' | 'unit';
  readonly now: number;
  readonly canRevoke: boolean;
  readonly acceptsDevices: boolean;
  readonly hasUnitFile: boolean;
  readonly busy: string | null;
  readonly onRetry: () => void;
  readonly onRevoke: (device: string) => void;
  readonly onAccept: (device: string, name: string) => void;
  readonly onUnitFile: (passphrase: string, kind: DeviceKind) => Promise<boolean>;
}

export function DevicesView(props: DevicesViewProps) {
  const { t } = useWords();
  const [asked, setAsked] = useState<{ act: 'revoke' | 'accept'; device: Device } | null>(null);
  const [isUnitFile, setUnitFile] = useState(false);
  return (
    <div class="d-stack">
      <header class="d-view-head">
        <div>
          <h2>{t('devices.title')}</h2>
          <p class="d-quiet">{t('devices.lead')}</p>
        </div>
        {props.hasUnitFile && (
          <Button onClick={() => setUnitFile(true)} action="unit-file">
            {t('devices.unitFile')}
          </Button>
        )}
      </header>
      <Loaded load={props.load} onRetry={props.onRetry}>
        {(devices) =>
          devices.length === 0 ? (
            <Empty title={t('devices.none')} name="devices">
              {t(props.source === 'hub' ? 'devices.noneHub' : 'devices.noneUnit')}
            </Empty>
          ) : (
            <DeviceTable {...props} devices={devices} onAsk={(act, device) => setAsked({ act, device })} />
          )
        }
      </Loaded>
      {asked?.act === 'revoke' && (
        <ConfirmDialog
          title={t('devices.revokeTitle', { name: asked.device.name })}
          yes={t('devices.revokeYes')}
          no={t('app.cancel')}
          isDangerous
          onNo={() => setAsked(null)}
          onYes={() => {
            setAsked(null);
            props.onRevoke(asked.device.id);
          }}
        >
          <p>{t('devices.revokeWhat')}</p>
        </ConfirmDialog>
      )}
      {asked?.act === 'accept' && (
        <AcceptDevice
          device={asked.device}
          onClose={() => setAsked(null)}
          onAccept={(name) => {
            setAsked(null);
            props.onAccept(asked.device.id, name);
          }}
        />
      )}
      {isUnitFile && (
        <UnitFile
          busy={props.busy === 'unitFile'}
          onClose={() => setUnitFile(false)}
          onSave={async (passphrase, kind) => {
            if (await props.onUnitFile(passphrase, kind)) setUnitFile(false);
          }}
        />
      )}
    </div>
  );
}

function DeviceTable(
  props: DevicesViewProps & {
    readonly devices: readonly Device[];
    readonly onAsk: (act: 'revoke' | 'accept', device: Device) => void;
  },
) {
  const words = useWords();
  const { t, number, moment, ago } = words;
  const problems = props.devices.filter(needsLook).length;
  const columns: Column<Device>[] = [
    {
      id: 'name',
      head: t('devices.name'),
      isRowHead: true,
      cell: (device) => (
        <>
          {device.name}
          <span class="d-sub">{t(`devices.kind.${device.kind}`)}</span>
        </>
      ),
    },
    { id: 'unit', head: t('devices.unit'), cell: ({ unit }) => unit.name },
    {
      id: 'through',
      head: t('devices.through'),
      isNumber: true,
      cell: (device) => {
        const { through, head, streams } = summaryOf(device);
        if (streams === 0) return <span class="d-quiet">{t('app.unknown')}</span>;
        return (
          <>
            {t('devices.entry', { through: number(through), head: number(head) })}
            {streams > 1 && <span class="d-sub">{t('devices.streams', { count: streams })}</span>}
          </>
        );
      },
    },
    {
      id: 'gaps',
      head: t('devices.gaps'),
      cell: (device) => {
        const { missing, quarantined, streams } = summaryOf(device);
        if (streams === 0 && !device.held) return <span class="d-quiet">–</span>;
        return (
          <>
            {missing > 0 ? (
              <strong class="d-warn">{t('devices.missing', { count: number(missing) })}</strong>
            ) : (
              streams > 0 && t('devices.noGap')
            )}
            {(device.held ?? 0) > 0 && (
              <span class="d-sub">{t('devices.held', { count: number(device.held ?? 0) })}</span>
            )}
            {missing > 0 && <span class="d-sub">{gapsText(device, number)}</span>}
            {quarantined > 0 && (
              <span class="d-sub">{t('devices.quarantined', { count: number(quarantined) })}</span>
            )}
          </>
        );
      },
    },
    {
      id: 'heard',
      head: t('devices.heard'),
      cell: ({ heardAt }) =>
        heardAt === null ? (
          t('devices.never')
        ) : (
          <>
            {ago(heardAt, props.now)}
            <span class="d-sub">{moment(heardAt)}</span>
          </>
        ),
    },
    {
      id: 'state',
      head: t('devices.state'),
      cell: (device) => <DeviceState device={device} />,
    },
    {
      id: 'act',
      head: t('devices.act'),
      cell: (device) => (
        <div class="d-acts">
          {device.status === 'new' && props.acceptsDevices && (
            <Button
              size="small"
              kind="primary"
              action="accept"
              busy={props.busy === `accept:${device.id}`}
              onClick={() => props.onAsk('accept', device)}
            >
              {t('devices.accept')}
            </Button>
          )}
          {device.status === 'active' && props.canRevoke && (
            <Button
              size="small"
              action="revoke"
              busy={props.busy === `revoke:${device.id}`}
              onClick={() => props.onAsk('revoke', device)}
            >
              {t('devices.revoke')}
            </Button>
          )}
        </div>
      ),
    },
  ];
  const canAct = props.canRevoke || props.acceptsDevices;
  return (
    <>
      <p class="d-summary">
        {t('devices.count', { count: number(props.devices.length) })} ·{' '}
        {problems > 0 ? (
          <strong class="d-warn">{t('devices.problems', { count: number(problems) })}</strong>
        ) : (
          t('devices.allGood')
        )}
      </p>
      <Table
        caption={t('devices.title')}
        hideCaption
        columns={canAct ? columns : columns.slice(0, -1)}
        rows={sortDevices(props.devices)}
        rowKey={({ id }) => id}
        rowClass={({ status }) => (status === 'revoked' ? 'is-past' : '')}
      />
    </>
  );
}

function DeviceState({ device }: { readonly device: Device }) {
  const { t } = useWords();
  const tone = device.status === 'new' ? 'n-tag-warn' : device.status === 'active' ? 'n-tag-good' : '';
  return (
    <>
      <span class={`n-tag ${tone}`}>{t(`devices.status.${device.status}`)}</span>
      {device.alarms.map((alarm) => (
        <span key={alarm} class="d-alarm">
          {alarm}
        </span>
      ))}
    </>
  );
}

const SHOWN_GAPS = 2;

function gapsText(device: Device, number: (value: number) => string): string {
  const gaps = device.streams.flatMap((stream) => stream.gaps);
  const texts = gaps
    .slice(0, SHOWN_GAPS)
    .map(([from, to]) => (from === to ? number(from) : `${number(from)}–${number(to)}`));
  return texts.join(', ') + (gaps.length > SHOWN_GAPS ? ', …' : '');
}
