/** How every page type is read: devices by state, since when, with which versions, and what to do where it is bad. */
import { Banner, Empty } from '../../shared/Banner.tsx';
import { type Column, Table } from '../../shared/Table.tsx';
import { useWords } from '../words.ts';
import { type PackHealth, type PageHealth, STATE_TONES, WORST_FIRST, worstOf } from './model.ts';

export function HealthTable({ health, now }: { readonly health: PackHealth; readonly now: number }) {
  const { t, number, moment, ago } = useWords();
  if (health.pages.length === 0) {
    return (
      <Empty title={t('packs.noHealth')} name="pack-health">
        {t('packs.noHealthDo')}
      </Empty>
    );
  }
  const broken = health.pages.filter((page) => page.devices.broken > 0).length;
  const columns: Column<PageHealth>[] = [
    {
      id: 'page',
      head: t('packs.page'),
      isRowHead: true,
      cell: (page) => (
        <>
          {page.systemName ?? page.system}
          <span class="d-sub">
            <code>{page.pack}</code> · {t('packs.pageOf', { page: page.page })}
          </span>
        </>
      ),
    },
    { id: 'state', head: t('packs.state'), cell: (page) => <State page={page} /> },
    {
      id: 'devices',
      head: t('packs.devices'),
      cell: (page) => (
        <>
          {WORST_FIRST.filter((state) => page.devices[state] > 0)
            .map((state) => t(`packs.count.${state}`, { count: number(page.devices[state]) }))
            .join(' · ')}
          <Troubles page={page} now={now} />
        </>
      ),
    },
    {
      id: 'since',
      head: t('packs.since'),
      cell: (page) => (
        <>
          {ago(page.since, now)}
          <span class="d-sub">{moment(page.since)}</span>
        </>
      ),
    },
    {
      id: 'versions',
      head: t('packs.version'),
      cell: (page) => page.versions.map(({ version }) => version).join(', '),
    },
  ];
  return (
    <>
      {broken > 0 && (
        <Banner kind="bad" name="pack-broken" title={t('packs.broken', { count: number(broken) })}>
          <ul class="d-do">
            <li>{t('packs.brokenOfficial')}</li>
            <li>{t('packs.brokenIt')}</li>
          </ul>
        </Banner>
      )}
      <Table
        caption={t('packs.health')}
        hideCaption
        columns={columns}
        rows={health.pages}
        rowKey={({ system, pack, page }) => `${system}|${pack}|${page}`}
      />
      <p class="d-note">{t('packs.healthNote', { moment: moment(health.asOf) })}</p>
    </>
  );
}

function State({ page }: { readonly page: PageHealth }) {
  const { t } = useWords();
  const state = worstOf(page.devices) ?? 'unverified';
  return (
    <>
      <span class={`n-tag ${STATE_TONES[state]}`} data-state={state}>
        {t(`packs.state.${state}`)}
      </span>
      {state !== 'ok' && <span class="d-sub">{t(`packs.do.${state}`)}</span>}
    </>
  );
}

/** The devices that read the page badly, folded away. */
function Troubles({ page, now }: { readonly page: PageHealth; readonly now: number }) {
  const { t, number, ago } = useWords();
  if (page.troubles.length === 0) return null;
  return (
    <details class="d-troubles">
      <summary>{t('packs.whichDevices')}</summary>
      <ul>
        {page.troubles.map((one) => (
          <li key={one.device}>
            {one.name} ({one.unit}): {t(`packs.state.${one.state}`)}
            {one.unread > 0 && `, ${t('packs.unread', { count: number(one.unread) })}`}, {ago(one.since, now)}
          </li>
        ))}
      </ul>
    </details>
  );
}
