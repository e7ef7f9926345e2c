/** The procedure catalogue: where denominators come from, and its import. */
import { useMemo, useState } from 'preact/hooks';
import type { Procedure } from '../../../lib/domain/procedure.ts';
import { fold } from '../../../lib/domain/vocabulary.ts';
import { Empty } from '../../shared/Banner.tsx';
import { TextField } from '../../shared/Field.tsx';
import { Table } from '../../shared/Table.tsx';
import { Loaded } from '../Failed.tsx';
import type { FileBytes, ImportState, Load } from '../model.ts';
import { useWords } from '../words.ts';
import { CsvImport } from './CsvImport.tsx';
import { Validity } from './UnitsAdmin.tsx';

const COLUMNS = 'code,name,sector,online,has_fee,returns_result,limit_days,valid_from,valid_to';
/** A provincial catalogue has some two thousand rows: the search finds the rest. */
const SHOWN = 200;

export interface CatalogueAdminProps {
  readonly load: Load<readonly Procedure[]>;
  /** The unit page cannot list its catalogue, only import it. */
  readonly hasList: boolean;
  readonly canImport: boolean;
  readonly importState: ImportState;
  readonly onRetry: () => void;
  readonly onFile: (file: FileBytes) => void;
  readonly onSave: () => void;
  readonly onClear: () => void;
}

export function CatalogueAdmin(props: CatalogueAdminProps) {
  const { t } = useWords();
  return (
    <div class="d-stack">
      <header class="d-view-head">
        <div>
          <h2>{t('catalogue.title')}</h2>
          <p class="d-quiet">{t('catalogue.lead')}</p>
        </div>
      </header>
      {props.canImport && (
        <CsvImport
          state={props.importState}
          columns={COLUMNS}
          title={t('catalogue.title')}
          onFile={props.onFile}
          onSave={props.onSave}
          onClear={props.onClear}
        />
      )}
      {props.hasList && (
        <Loaded load={props.load} onRetry={props.onRetry}>
          {(procedures) =>
            procedures.length === 0 ? (
              <Empty title={t('catalogue.none')} name="catalogue">
                {t('catalogue.noneDo')}
              </Empty>
            ) : (
              <ProcedureTable procedures={procedures} />
            )
          }
        </Loaded>
      )}
    </div>
  );
}

function ProcedureTable({ procedures }: { readonly procedures: readonly Procedure[] }) {
  const { t, number } = useWords();
  const [query, setQuery] = useState('');
  const found = useMemo(() => {
    const wanted = fold(query);
    return procedures.filter((one) => fold(`${one.code} ${one.name} ${one.sector}`).includes(wanted));
  }, [procedures, query]);
  const yesNo = (is: boolean) => t(is ? 'app.yes' : 'app.no');
  return (
    <>
      <div class="d-list-head">
        <p class="d-summary">
          {found.length > SHOWN
            ? t('catalogue.more', { shown: number(SHOWN), count: number(found.length) })
            : t('catalogue.count', { count: number(found.length) })}
        </p>
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
        caption={t('catalogue.title')}
        hideCaption
        rows={found.slice(0, SHOWN)}
        rowKey={(one) => `${one.code}/${one.validFrom ?? ''}`}
        columns={[
          {
            id: 'name',
            head: t('catalogue.name'),
            isRowHead: true,
            cell: (one: Procedure) => (
              <>
                {one.name}
                <span class="d-sub">
                  <code>{one.code}</code> · {one.sector}
                </span>
              </>
            ),
          },
          {
            id: 'online',
            head: t('catalogue.online'),
            cell: (one: Procedure) => (
              <span class={`n-tag ${one.online === 'full' ? 'n-tag-good' : ''}`}>
                {t(`catalogue.online.${one.online}`)}
              </span>
            ),
          },
          { id: 'fee', head: t('catalogue.fee'), cell: (one: Procedure) => yesNo(one.hasFee) },
          { id: 'result', head: t('catalogue.result'), cell: (one: Procedure) => yesNo(one.returnsResult) },
          {
            id: 'limit',
            head: t('catalogue.limit'),
            cell: (one: Procedure) =>
              one.limitDays === null ? '–' : t('catalogue.days', { count: number(one.limitDays) }),
          },
          { id: 'validity', head: t('units.validity'), cell: (one: Procedure) => <Validity of={one} /> },
        ]}
      />
    </>
  );
}
