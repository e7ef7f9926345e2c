/** What is known of one version: changes by field, fixtures, history. */
import { Empty } from '../../shared/Banner.tsx';
import { Table } from '../../shared/Table.tsx';
import { useWords } from '../words.ts';
import type { PackChange, PackDetail } from './model.ts';

/** What changed against the version the devices have, field by field. */
export function Changes({ pack }: { readonly pack: PackDetail }) {
  const { t, number } = useWords();
  return (
    <section class="d-card" data-part="changes">
      <h3>
        {pack.before === null
          ? t('packs.firstVersion')
          : t('packs.changes', { count: number(pack.changes.length), before: pack.before })}
      </h3>
      {pack.before === null ? (
        <p class="d-quiet">{t('packs.firstVersionWhat')}</p>
      ) : pack.changes.length === 0 ? (
        <p class="d-quiet">{t('packs.noChange')}</p>
      ) : (
        <Table
          caption={t('packs.changesTable')}
          hideCaption
          rows={pack.changes}
          rowKey={({ path }) => path}
          columns={[
            { id: 'path', head: t('packs.field'), isRowHead: true, cell: (one) => <code>{one.path}</code> },
            { id: 'before', head: t('packs.was'), cell: (one) => <Value of={one} side="before" /> },
            { id: 'after', head: t('packs.is'), cell: (one) => <Value of={one} side="after" /> },
          ]}
        />
      )}
    </section>
  );
}

const LONGEST = 400;

function Value(props: { readonly of: PackChange; readonly side: 'before' | 'after' }) {
  const { t } = useWords();
  const value = props.of[props.side];
  if (value === undefined) return <span class="d-quiet">{t('packs.absent')}</span>;
  const text = typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
  const Tag = props.side === 'before' ? 'del' : 'ins';
  return <Tag class="d-value">{text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}</Tag>;
}

/** What the workshop's fixtures gave; the hub has no browser and did not run them again. */
export function Results({ pack }: { readonly pack: PackDetail }) {
  const { t } = useWords();
  if (pack.source === 'bundled') return null;
  return (
    <section class="d-card" data-part="results">
      <h3>{t('packs.fixturesTitle')}</h3>
      {pack.fixtureResults.length === 0 ? (
        <Empty title={t('packs.noFixtures')} name="fixtures">
          {t('packs.noFixturesDo')}
        </Empty>
      ) : (
        <ul class="d-plain-list">
          {pack.fixtureResults.map((one) => (
            <li key={one.name}>
              <span>
                <code>{one.name}</code>
                {one.problem && <span class="d-sub">{one.problem}</span>}
              </span>
              <span class={`n-tag ${one.ok ? 'n-tag-good' : 'n-tag-bad'}`}>
                {t(one.ok ? 'packs.fixtureOk' : 'packs.fixtureBad')}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p class="d-note">{t('packs.fixturesNote')}</p>
    </section>
  );
}

/** Who did what, the newest last. */
export function History({ pack }: { readonly pack: PackDetail }) {
  const { t, maybe, moment } = useWords();
  if (pack.history.length === 0) return null;
  return (
    <section class="d-card" data-part="history">
      <h3>{t('packs.history')}</h3>
      <ol class="d-history">
        {pack.history.map((line) => (
          <li key={`${line.at} ${line.action}`}>
            <strong>{maybe(`packs.did.${line.action.replace('pack:', '')}`) ?? line.action}</strong>
            {typeof line.detail.to === 'string' &&
              `: ${maybe(`packs.stage.${line.detail.to}`) ?? line.detail.to}`}
            {typeof line.detail.reason === 'string' && `: ${line.detail.reason}`}
            <span class="d-sub">
              {line.actor && `${line.actor}, `}
              {moment(line.at)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
