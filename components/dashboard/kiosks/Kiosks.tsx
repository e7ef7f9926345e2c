/** How every kiosk fares, what needs a visit, and the switch that takes a unit's kiosks out of service. */
import { useState } from 'preact/hooks';
import type { InForce, KioskView } from '../../../lib/indicators/kiosks.ts';
import { Banner, Empty } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { ConfirmDialog } from '../../shared/Dialog.tsx';
import { type Column, Table } from '../../shared/Table.tsx';
import { Loaded } from '../Failed.tsx';
import { useWords } from '../words.ts';
import { factsOf, type KiosksViewProps, needsVisit } from './model.ts';

export function Kiosks(props: KiosksViewProps) {
  const { t, number } = useWords();
  return (
    <>
      {props.source === 'hub' && <Service {...props} />}
      <section class="d-stack">
        <h3 id="q-devices">{t('kiosks.devices')}</h3>
        <Loaded load={props.room.kiosks} onRetry={props.onRetry}>
          {(kiosks) => {
            const needed = kiosks.filter((kiosk) =>
              needsVisit(kiosk, props.now, props.source === 'hub'),
            ).length;
            return kiosks.length === 0 ? (
              <Empty title={t('kiosks.none')} name="kiosks">
                {t('kiosks.noneDo')}
              </Empty>
            ) : (
              <>
                {needed > 0 && (
                  <Banner
                    kind="warn"
                    name="kiosk-attention"
                    title={t('kiosks.attention', { count: number(needed) })}
                  >
                    {t('kiosks.attentionDo')}
                  </Banner>
                )}
                <KioskTable kiosks={kiosks} now={props.now} isHub={props.source === 'hub'} />
              </>
            );
          }}
        </Loaded>
      </section>
    </>
  );
}

function KioskTable(props: {
  readonly kiosks: readonly KioskView[];
  readonly now: number;
  readonly isHub: boolean;
}) {
  const { t, number, moment, ago } = useWords();
  const { now } = props;
  const columns: Column<KioskView>[] = [
    {
      id: 'name',
      head: t('kiosks.name'),
      isRowHead: true,
      cell: (kiosk) => (
        <>
          {kiosk.name}
          <span class="d-sub">{kiosk.unit.name}</span>
          {kiosk.status === 'revoked' && <span class="n-tag">{t('kiosks.revoked')}</span>}
        </>
      ),
    },
    {
      id: 'counter',
      head: t('kiosks.counter'),
      cell: (kiosk) =>
        kiosk.counter === null ? (
          <span class={props.isHub ? 'd-warn' : 'd-quiet'}>{t('kiosks.noCounter')}</span>
        ) : (
          (kiosk.counterName ?? kiosk.counter)
        ),
    },
    {
      id: 'state',
      head: t('kiosks.commissioned'),
      cell: (kiosk) => <State kiosk={kiosk} now={now} />,
    },
    {
      id: 'version',
      head: t('kiosks.version'),
      cell: (kiosk) => {
        const { version, questionnaire } = factsOf(kiosk, now);
        return (
          <>
            {version ?? t('app.unknown')}
            {questionnaire !== null && <span class="d-sub">{questionnaire}</span>}
          </>
        );
      },
    },
    {
      id: 'heard',
      head: t('kiosks.heard'),
      cell: ({ heardAt }) =>
        heardAt === null ? (
          t('kiosks.never')
        ) : (
          <>
            {ago(heardAt, now)}
            <span class="d-sub">{moment(heardAt)}</span>
          </>
        ),
    },
    {
      id: 'unsent',
      head: t('kiosks.unsent'),
      isNumber: true,
      cell: ({ unsent, heardAt }) =>
        heardAt === null
          ? t('app.unknown')
          : unsent > 0
            ? t('kiosks.unsentCount', { count: number(unsent) })
            : t('kiosks.unsentNone'),
    },
  ];
  return (
    <Table
      caption={t('kiosks.devices')}
      hideCaption
      columns={columns}
      rows={[...props.kiosks].sort(
        (a, b) =>
          Number(a.status === 'revoked') - Number(b.status === 'revoked') ||
          Number(needsVisit(b, now, props.isHub)) - Number(needsVisit(a, now, props.isHub)) ||
          a.name.localeCompare(b.name, 'vi'),
      )}
      rowKey={({ id }) => id}
      rowClass={({ status }) => (status === 'revoked' ? 'is-past' : '')}
    />
  );
}

/** Commissioned, data kept, and what it complained of in the last week. */
function State({ kiosk, now }: { readonly kiosk: KioskView; readonly now: number }) {
  const { t, moment } = useWords();
  const { isCommissioned, isPersisted, troubles, at } = factsOf(kiosk, now);
  const [tone, key] =
    isCommissioned === null
      ? (['', 'unknown'] as const)
      : isCommissioned
        ? (['n-tag-good', 'yes'] as const)
        : (['n-tag-warn', 'no'] as const);
  return (
    <>
      <span class={`n-tag ${tone}`} data-commissioned={key}>
        {t(`kiosks.commissioned.${key}`)}
      </span>
      {isPersisted !== null && (
        <span class={`d-sub ${isPersisted ? '' : 'd-warn'}`}>
          {t(`kiosks.persisted.${isPersisted ? 'yes' : 'no'}`)}
        </span>
      )}
      {troubles.map((trouble) => (
        <span key={trouble} class="d-alarm">
          {t(`kiosks.trouble.${trouble}`)}
        </span>
      ))}
      {at !== null && <span class="d-sub">{t('kiosks.reported', { moment: moment(at) })}</span>}
    </>
  );
}

/** Whether the kiosks of the unit take ratings, who said so, and the switch. */
function Service(props: KiosksViewProps) {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  return (
    <Loaded load={props.room.setting} onRetry={props.onRetry} lines={2}>
      {(setting) => {
        const { isOutOfService: stop } = setting.inForce;
        const busy = props.busy === 'saveSetting';
        return (
          <section class="d-card q-service" data-service={stop.value ? 'off' : 'on'}>
            <div>
              <h3>{t('kiosks.service')}</h3>
              <span class={`n-tag ${stop.value ? 'n-tag-bad' : 'n-tag-good'}`}>
                {t(stop.value ? 'kiosks.service.off' : 'kiosks.service.on')}
              </span>{' '}
              <span class="d-quiet">
                <From value={stop} unit={setting.unit} />
              </span>
            </div>
            {props.rights.canChangeKiosks && (
              <div class="d-acts">
                {setting.own.isOutOfService !== null && setting.inForce.isOutOfService.value === false && (
                  <Button
                    action="inherit-service"
                    busy={busy}
                    onClick={() => props.acts.saveSetting({ isOutOfService: null })}
                  >
                    {t('kiosks.inherit')}
                  </Button>
                )}
                {stop.value ? (
                  <Button
                    kind="primary"
                    action="start-service"
                    busy={busy}
                    onClick={() => props.acts.saveSetting({ isOutOfService: false })}
                  >
                    {t('kiosks.service.start')}
                  </Button>
                ) : (
                  <Button kind="danger" action="stop-service" busy={busy} onClick={() => setAsked(true)}>
                    {t('kiosks.service.stop')}
                  </Button>
                )}
              </div>
            )}
            {isAsked && (
              <ConfirmDialog
                title={t('kiosks.service.stopTitle', { unit: setting.unitName })}
                yes={t('kiosks.service.stop')}
                no={t('app.cancel')}
                isDangerous
                busy={busy}
                onNo={() => setAsked(false)}
                onYes={async () => {
                  await props.acts.saveSetting({ isOutOfService: true });
                  setAsked(false);
                }}
              >
                <p>{t('kiosks.service.stopWhat')}</p>
              </ConfirmDialog>
            )}
          </section>
        );
      }}
    </Loaded>
  );
}

/** Who set a value in force: this unit, one above, or nobody. */
export function From({ value, unit }: { readonly value: InForce<unknown>; readonly unit: string }) {
  const { t } = useWords();
  if (value.from === null) return <>{t('kiosks.service.default')}</>;
  if (value.from.id === unit) return <>{t('kiosks.service.own')}</>;
  return <>{t('kiosks.service.from', { unit: value.from.name })}</>;
}
