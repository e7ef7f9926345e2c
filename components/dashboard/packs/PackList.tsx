/** Every version of every pack: what waits for a decision first. */
import type { Unit } from '../../../lib/domain/unit.ts';
import { Banner } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { type Column, Table } from '../../shared/Table.tsx';
import { useWords } from '../words.ts';
import { allOf, type PackRow, refOf, STAGE_TONES } from './model.ts';

export function PackList(props: {
  readonly packs: readonly PackRow[];
  readonly units: readonly Unit[];
  readonly canDecide: boolean;
  readonly onOpen: (ref: string) => void;
}) {
  const { t, number, moment } = useWords();
  const waiting = props.packs.filter(isWaiting);
  const rows = [...waiting, ...props.packs.filter((pack) => !isWaiting(pack))];
  const columns: Column<PackRow>[] = [
    {
      id: 'name',
      head: t('packs.name'),
      isRowHead: true,
      cell: (pack) => (
        <>
          {pack.name}
          <span class="d-sub">
            <code>{refOf(pack)}</code>
          </span>
        </>
      ),
    },
    {
      id: 'stage',
      head: t('packs.stage'),
      cell: (pack) => (
        <>
          <Stage pack={pack} />
          {pack.trial && <span class="d-sub">{trialText(pack.trial, props.units, t)}</span>}
        </>
      ),
    },
    {
      id: 'proposed',
      head: t('packs.from'),
      cell: (pack) =>
        pack.proposedAt === null ? (
          t('packs.bundled')
        ) : (
          <>
            {pack.proposedBy ? `${pack.proposedBy.device} (${pack.proposedBy.unit})` : t('packs.workshop')}
            <span class="d-sub">{moment(pack.proposedAt)}</span>
          </>
        ),
    },
    {
      id: 'results',
      head: t('packs.fixtures'),
      cell: (pack) =>
        pack.results === null ? (
          '–'
        ) : (
          <span class={pack.results.failed > 0 ? 'd-bad' : ''}>
            {t('packs.passed', {
              passed: number(pack.results.passed),
              all: number(pack.results.passed + pack.results.failed),
            })}
          </span>
        ),
    },
    {
      id: 'signed',
      head: t('packs.signature'),
      cell: (pack) =>
        pack.signedAt === null ? (
          pack.source === 'bundled' ? (
            '–'
          ) : (
            t('packs.unsigned')
          )
        ) : (
          <>
            {pack.signedBy}
            <span class="d-sub">{moment(pack.signedAt)}</span>
          </>
        ),
    },
    {
      id: 'health',
      head: t('packs.inUse'),
      isNumber: true,
      cell: (pack) => number(allOf(pack.health)),
    },
    {
      id: 'act',
      head: t('packs.act'),
      cell: (pack) => (
        <Button
          size="small"
          kind={props.canDecide && isWaiting(pack) ? 'primary' : 'plain'}
          action="open-pack"
          label={t('packs.openOne', { pack: refOf(pack) })}
          onClick={() => props.onOpen(refOf(pack))}
        >
          {t('packs.open')}
        </Button>
      ),
    },
  ];
  return (
    <>
      {waiting.length > 0 && props.canDecide && (
        <Banner kind="info" name="pack-waiting" title={t('packs.waiting', { count: number(waiting.length) })}>
          {t('packs.waitingDo')}
        </Banner>
      )}
      <Table
        caption={t('packs.versions')}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={refOf}
        rowClass={({ stage }) => (stage === 'refused' || stage === 'retired' ? 'is-past' : '')}
      />
    </>
  );
}

/** A proposal that nobody has signed or refused. */
function isWaiting(pack: PackRow): boolean {
  return pack.source === 'hub' && pack.stage === 'proposed' && pack.signedAt === null;
}

export function Stage({ pack }: { readonly pack: PackRow }) {
  const { t } = useWords();
  const key = pack.stage === 'proposed' && pack.signedAt !== null ? 'signed' : pack.stage;
  return (
    <span class={`n-tag ${STAGE_TONES[pack.stage]}`} data-stage={key}>
      {t(`packs.stage.${key}`)}
    </span>
  );
}

/** `Xã A, Phường B; 10 % các máy khác`. */
export function trialText(
  { units: ids, percent }: { readonly units: readonly string[]; readonly percent: number },
  units: readonly Unit[],
  t: ReturnType<typeof useWords>['t'],
): string {
  const names = ids.map((id) => units.find((unit) => unit.id === id)?.name ?? id).join(', ');
  const share = percent === 0 ? '' : t(names === '' ? 'packs.share' : 'packs.shareOthers', { percent });
  return [names, share].filter(Boolean).join('; ');
}
