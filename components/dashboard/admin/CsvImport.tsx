/** Import of a CSV: choose, see what it would do, then save. Errors name line, column and what to change. */
import { useState } from 'preact/hooks';
import { Banner } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { Spinner } from '../../shared/Spinner.tsx';
import { Table } from '../../shared/Table.tsx';
import { Failed } from '../Failed.tsx';
import { FileDrop } from '../FileDrop.tsx';
import type { CsvPreview, FileBytes, ImportReport, ImportState } from '../model.ts';
import { useWords } from '../words.ts';

const SHOWN_ERRORS = 50;
/** The largest table the readers accept (lib/reports/csv.ts). */
const LARGEST = 20 * 1024 * 1024;

export interface CsvImportProps {
  readonly state: ImportState;
  /** The header the file must have. */
  readonly columns: string;
  readonly title: string;
  readonly onFile: (file: FileBytes) => void;
  readonly onSave: () => void;
  readonly onClear: () => void;
}

export function CsvImport(props: CsvImportProps) {
  const { t, number } = useWords();
  const { state } = props;
  const [isTooBig, setTooBig] = useState(false);
  const busy = state.at === 'checking' || state.at === 'saving';
  return (
    <section class="d-stack d-import" aria-label={props.title}>
      {(state.at === 'empty' || busy) && (
        <FileDrop
          title={t('import.drop')}
          button={t('import.choose')}
          accept=".csv,text/csv"
          disabled={busy}
          onFiles={async ([file]) => {
            setTooBig(file !== undefined && file.size > LARGEST);
            if (file && file.size <= LARGEST) props.onFile({ name: file.name, bytes: await file.bytes() });
          }}
        >
          {t('import.note')} {t('import.columns')} <code>{props.columns}</code>
        </FileDrop>
      )}
      {isTooBig && <Banner kind="warn" name="too-big" title={t('import.bigFile')} />}
      {state.at === 'checking' && <Spinner label={t('import.checking', { file: state.file })} />}
      {state.at === 'saving' && <Spinner label={t('import.saving', { file: state.file })} />}
      {state.at === 'failed' && (
        <>
          <Failed failure={state.failure} />
          <Again onClear={props.onClear} />
        </>
      )}
      {state.at === 'saved' && state.report.errors.length === 0 && (
        <Banner
          kind="good"
          name="saved"
          title={t('import.saved', { file: state.file })}
          actions={<Again onClear={props.onClear} />}
        >
          {t('import.savedWhat', counts(state.report, number))}
        </Banner>
      )}
      {(state.at === 'checked' || (state.at === 'saved' && state.report.errors.length > 0)) && (
        <Checked {...props} file={state.file} preview={state.preview} report={state.report} />
      )}
    </section>
  );
}

function counts(report: ImportReport, number: (value: number) => string): Record<string, string> {
  return {
    rows: number(report.rows),
    created: number(report.created),
    updated: number(report.updated),
  };
}

function Again(props: { readonly onClear: () => void }) {
  const { t } = useWords();
  return (
    <div>
      <Button size="small" onClick={props.onClear} action="import-again">
        {t('import.again')}
      </Button>
    </div>
  );
}

function Checked(
  props: CsvImportProps & {
    readonly file: string;
    readonly preview: CsvPreview;
    readonly report: ImportReport;
  },
) {
  const { t, number } = useWords();
  const { report } = props;
  const { errors } = report;
  const rest = errors.length - SHOWN_ERRORS;
  return (
    <div class="d-card d-stack" data-import="checked">
      <header class="d-card-head">
        <div>
          <h3>{t('import.checked', { file: props.file })}</h3>
          <p>
            {t('import.would', counts(report, number))} {errors.length === 0 && t('import.clean')}
          </p>
        </div>
        <div class="d-acts">
          <Button onClick={props.onClear} action="import-again">
            {t('import.again')}
          </Button>
          <Button
            kind="primary"
            disabled={errors.length > 0 || report.rows === 0}
            onClick={props.onSave}
            action="import-save"
          >
            {t('import.save')}
          </Button>
        </div>
      </header>
      {errors.length > 0 && (
        <>
          <Banner
            kind="bad"
            name="import-errors"
            title={t('import.errors', { count: number(errors.length) })}
          >
            {t('import.errorsDo')}
          </Banner>
          <Table
            caption={t('import.errors', { count: number(errors.length) })}
            hideCaption
            rows={errors.slice(0, SHOWN_ERRORS).map((error, index) => ({ ...error, key: `${index}` }))}
            rowKey={({ key }) => key}
            columns={[
              { id: 'line', head: t('import.line'), cell: ({ line }) => number(line) },
              { id: 'field', head: t('import.field'), cell: ({ field }) => <code>{field || '–'}</code> },
              { id: 'message', head: t('import.message'), cell: ({ message }) => message },
            ]}
          />
          {rest > 0 && <p class="d-quiet">{t('import.moreErrors', { count: number(rest) })}</p>}
        </>
      )}
      {props.preview.head.length > 0 && <Preview preview={props.preview} />}
    </div>
  );
}

function Preview({ preview }: { readonly preview: CsvPreview }) {
  const { t, number } = useWords();
  return (
    <div>
      <Table
        caption={t('import.preview')}
        rows={preview.rows.map((cells, index) => ({ cells, key: `${index}` }))}
        rowKey={({ key }) => key}
        columns={preview.head.map((name, index) => ({
          id: `${index}`,
          head: name,
          cell: ({ cells }: { cells: readonly string[] }) => cells[index] ?? '',
        }))}
      />
      {preview.more > 0 && <p class="d-quiet">{t('import.more', { count: number(preview.more) })}</p>}
    </div>
  );
}
