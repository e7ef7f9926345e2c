/** The unit tree with codes and validity, and its import. */
import { useMemo, useState } from 'preact/hooks';
import { showDay } from '../../../lib/domain/dates.ts';
import type { Unit } from '../../../lib/domain/unit.ts';
import { Empty } from '../../shared/Banner.tsx';
import { TextField } from '../../shared/Field.tsx';
import { Table } from '../../shared/Table.tsx';
import { Loaded } from '../Failed.tsx';
import type { FileBytes, ImportState, Load } from '../model.ts';
import { openRows, searchRows, type TreeRow, treeOf } from '../unit-tree.ts';
import { useWords } from '../words.ts';
import { CsvImport } from './CsvImport.tsx';

const COLUMNS = 'id,parent,name,kind,agency_codes,aliases,valid_from,valid_to';

export interface UnitsAdminProps {
  readonly load: Load<readonly Unit[]>;
  readonly canImport: boolean;
  readonly importState: ImportState;
  readonly onRetry: () => void;
  readonly onFile: (file: FileBytes) => void;
  readonly onSave: () => void;
  readonly onClear: () => void;
}

export function UnitsAdmin(props: UnitsAdminProps) {
  const { t } = useWords();
  return (
    <div class="d-stack">
      <header class="d-view-head">
        <div>
          <h2>{t('units.title')}</h2>
          <p class="d-quiet">{t('units.lead')}</p>
        </div>
      </header>
      {props.canImport && (
        <CsvImport
          state={props.importState}
          columns={COLUMNS}
          title={t('units.title')}
          onFile={props.onFile}
          onSave={props.onSave}
          onClear={props.onClear}
        />
      )}
      <Loaded load={props.load} onRetry={props.onRetry}>
        {(units) =>
          units.length === 0 ? (
            <Empty title={t('units.none')} name="units">
              {t('units.noneDo')}
            </Empty>
          ) : (
            <UnitTable units={units} />
          )
        }
      </Loaded>
    </div>
  );
}

function UnitTable({ units }: { readonly units: readonly Unit[] }) {
  const { t, number } = useWords();
  const [query, setQuery] = useState('');
  const rows = useMemo(() => {
    const tree = treeOf(units);
    return query.trim() === ''
      ? openRows(tree, new Set(units.map((unit) => unit.id)))
      : searchRows(tree, query);
  }, [units, query]);
  return (
    <>
      <div class="d-list-head">
        <p class="d-summary">{t('units.count', { count: number(units.length) })}</p>
        <TextField
          name="search"
          type="search"
          label={t('units.search')}
          placeholder={t('unitPick.placeholder')}
          value={query}
          onInput={setQuery}
        />
      </div>
      <Table
        caption={t('units.title')}
        hideCaption
        rows={rows}
        rowKey={({ unit }) => unit.id}
        columns={[
          {
            id: 'name',
            head: t('units.name'),
            isRowHead: true,
            cell: ({ unit, level, path }: TreeRow) => (
              <span class="d-indent" style={{ paddingInlineStart: `${(level - 1) * 20}px` }}>
                {unit.name || t('units.unassigned')}
                {path && <span class="d-sub">{path}</span>}
              </span>
            ),
          },
          { id: 'kind', head: t('units.kind'), cell: ({ unit }: TreeRow) => t(`units.kind.${unit.kind}`) },
          {
            id: 'codes',
            head: t('units.codes'),
            cell: ({ unit }: TreeRow) => <code>{unit.agencyCodes.join(', ') || '–'}</code>,
          },
          { id: 'validity', head: t('units.validity'), cell: ({ unit }: TreeRow) => <Validity of={unit} /> },
        ]}
      />
    </>
  );
}

/** `từ 01/07/2025`, `đến 30/06/2025`, both, or nothing. */
export function Validity(props: { readonly of: Pick<Unit, 'validFrom' | 'validTo'> }) {
  const { t } = useWords();
  const { validFrom, validTo } = props.of;
  const parts = [
    validFrom === null ? '' : t('units.from', { day: showDay(validFrom) }),
    validTo === null ? '' : t('units.to', { day: showDay(validTo) }),
  ];
  return <>{parts.filter(Boolean).join(' ') || '–'}</>;
}
