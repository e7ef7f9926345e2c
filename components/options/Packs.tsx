/** The packs in force and how the pages met today were read. */
import { Table } from '../shared/Table.tsx';
import type { Room } from './room.ts';

const TONES = { ok: 'n-tag-good', degraded: 'n-tag-warn', broken: 'n-tag-bad', unverified: '' } as const;

export function Packs({ t, view }: Room) {
  const used = view.families.filter(({ id }) =>
    view.hosts.some(({ family, families = [] }) => family === id || families.includes(id)),
  );
  const families = used.length > 0 ? used : view.families;
  if (families.length === 0) return null;
  return (
    <section class="o-section" aria-label={t('packs.title')}>
      <h2>{t('packs.title')}</h2>
      <p class="o-lead">{t('packs.lead')}</p>
      <Table
        caption={t('packs.title')}
        hideCaption
        rows={families}
        rowKey={({ id }) => id}
        columns={[
          { id: 'name', head: t('hosts.family'), isRowHead: true, cell: (one) => one.name },
          { id: 'version', head: t('packs.version'), cell: (one) => one.version },
          {
            id: 'status',
            head: t('packs.status'),
            cell: (one) => (
              <>
                <span class={`n-tag ${one.status === 'verified' ? 'n-tag-good' : ''}`}>
                  {t(one.status === 'verified' ? 'packs.verified' : 'packs.unverified')}
                </span>
                {one.reads === 0 && one.counts === 0 && (
                  <span class="o-origin" data-only-recognises={one.id}>
                    {t('packs.onlyRecognises')}
                  </span>
                )}
              </>
            ),
          },
          {
            id: 'pages',
            head: t('packs.pages'),
            cell: (one) => {
              const pages = view.summary.packs.filter(({ pack }) => pack.split('@')[0] === one.id);
              if (pages.length === 0) return <span class="o-quiet">{t('packs.noPages')}</span>;
              return (
                <ul class="o-pages">
                  {pages.map(({ page, health }) => (
                    <li key={page} data-page={page} data-health={health}>
                      {page} <span class={`n-tag ${TONES[health]}`}>{t(`packHealth.${health}`)}</span>
                    </li>
                  ))}
                </ul>
              );
            },
          },
        ]}
      />
    </section>
  );
}
