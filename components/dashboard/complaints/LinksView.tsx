/** Codes for citizens' phones: made for a counter, for receipts or for a portal's widget, printed, revoked. */
import { useState } from 'preact/hooks';
import type { LinkKind } from '../../../lib/domain/public-form.ts';
import type { CounterView } from '../../../lib/indicators/kiosks.ts';
import { Empty } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { ConfirmDialog } from '../../shared/Dialog.tsx';
import { Table } from '../../shared/Table.tsx';
import { Loaded } from '../Failed.tsx';
import type { Load } from '../model.ts';
import { useWords } from '../words.ts';
import { LinkForm } from './LinkForm.tsx';
import { type ComplaintActs, type LinkRow, type MadeLinks, sheetOf } from './model.ts';
import './complaints.css';

export interface LinksViewProps {
  readonly load: Load<readonly LinkRow[]>;
  readonly counters: readonly CounterView[];
  readonly unit: string;
  readonly now: number;
  readonly canMake: boolean;
  readonly busy: string | null;
  readonly acts: ComplaintActs;
  readonly onRetry: () => void;
}

export function LinksView(props: LinksViewProps) {
  const { t } = useWords();
  const [made, setMade] = useState<(MadeLinks & { kind: LinkKind }) | null>(null);
  const [revoking, setRevoking] = useState<string | null>(null);
  return (
    <div class="d-stack c-view">
      <header class="d-view-head">
        <div>
          <h2>{t('links.title')}</h2>
          <p class="d-quiet">{t('links.lead')}</p>
        </div>
      </header>
      {props.canMake && (
        <LinkForm
          key={props.unit}
          counters={props.counters}
          unit={props.unit}
          busy={props.busy}
          onMake={async (wish) => {
            const answer = await props.acts.makeLinks(wish);
            setMade(answer && { ...answer, kind: wish.kind });
          }}
        />
      )}
      {made !== null && <Fresh made={made} />}
      <Loaded load={props.load} onRetry={props.onRetry}>
        {(links) => <Rows {...props} links={links} onRevoke={setRevoking} />}
      </Loaded>
      {revoking !== null && (
        <ConfirmDialog
          title={t('links.revokeTitle')}
          yes={t('links.revoke')}
          no={t('links.keep')}
          isDangerous
          busy={props.busy !== null}
          onYes={async () => {
            if (await props.acts.revokeLinks(revoking)) setRevoking(null);
          }}
          onNo={() => setRevoking(null)}
        >
          <p>{t('links.revokeWhat')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

/** What was made just now: the sheet to print, or the line for the portal. */
function Fresh({ made }: { readonly made: MadeLinks & { readonly kind: LinkKind } }) {
  const { t } = useWords();
  const url = made.urls[0] ?? '';
  if (made.kind !== 'widget') {
    return (
      <section class="d-card d-stack" aria-live="polite">
        <h3>{t('links.made', { count: made.urls.length })}</h3>
        <p>
          <a class="n-button n-button-primary" href={sheetOf(made.id)} target="_blank" rel="noreferrer">
            {t('links.print')}
          </a>
        </p>
      </section>
    );
  }
  const line = `<script src="${new URL('/widget.js', url)}" data-nmc="${url.split('/').at(-1)}" async></script>`;
  return (
    <section class="d-card d-stack" aria-live="polite">
      <h3>{t('links.widgetMade')}</h3>
      <p>{t('links.widgetLine')}</p>
      <pre class="c-line">
        <code>{line}</code>
      </pre>
      <p class="d-quiet">{t('links.widgetMore')}</p>
    </section>
  );
}

function Rows(
  props: LinksViewProps & { readonly links: readonly LinkRow[]; readonly onRevoke: (id: string) => void },
) {
  const { t, moment } = useWords();
  if (props.links.length === 0) {
    return (
      <Empty title={t('links.none')} name="links">
        {t('links.noneDo')}
      </Empty>
    );
  }
  const stateOf = (one: LinkRow) =>
    one.revokedAt !== null ? 'revoked' : Date.parse(one.expires) <= props.now ? 'expired' : 'open';
  return (
    <Table
      caption={t('links.list')}
      rows={props.links}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'kind',
          head: t('links.kind'),
          isRowHead: true,
          cell: (one: LinkRow) => (
            <>
              {t(`links.kind.${one.kind}`)}
              <span class="d-sub">
                {[one.unitName, one.counterName, ...one.origins].filter(Boolean).join(' · ')}
              </span>
            </>
          ),
        },
        { id: 'made', head: t('links.madeAt'), cell: (one: LinkRow) => moment(one.madeAt) },
        { id: 'expires', head: t('links.expires'), cell: (one: LinkRow) => moment(one.expires) },
        {
          id: 'used',
          head: t('links.used'),
          cell: (one: LinkRow) =>
            one.kind === 'receipt' ? t('links.usedOf', { used: one.used, of: one.count }) : one.used,
        },
        {
          id: 'state',
          head: t('links.state'),
          cell: (one: LinkRow) => (
            <span class={stateOf(one) === 'open' ? 'n-tag n-tag-good' : 'n-tag'}>
              {t(`links.state.${stateOf(one)}`)}
            </span>
          ),
        },
        {
          id: 'do',
          head: t('links.do'),
          cell: (one: LinkRow) =>
            props.canMake &&
            stateOf(one) === 'open' && (
              <span class="d-acts">
                {one.kind !== 'widget' && (
                  <a
                    class="n-button n-button-plain n-button-small"
                    href={sheetOf(one.id)}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {t('links.print')}
                  </a>
                )}
                <Button size="small" action={`revoke:${one.id}`} onClick={() => props.onRevoke(one.id)}>
                  {t('links.revoke')}
                </Button>
              </span>
            ),
        },
      ]}
    />
  );
}
