/** One sheet of a dropped file: counts, columns and how they are understood, the first rows or the figures. */
import { showDay } from '../../lib/domain/dates.ts';
import { TOTAL_FIGURES, type TotalFigure } from '../../lib/domain/vocabulary.ts';
import { TextField } from '../shared/Field.tsx';
import { Table } from '../shared/Table.tsx';
import type { ExportSheet, ExportSummary } from './export-model.ts';
import { factsText, fieldWord, type Speech } from './export-words.ts';

const FIRST_UNITS = 20;

/** What a person adds where the sheet prints nothing. */
export interface SheetAnswer {
  readonly from: string;
  readonly to: string;
  readonly isOwnUnit: boolean;
}

export function ExportSheetView(props: {
  readonly speech: Speech;
  readonly sheet: ExportSheet;
  /** Name of this PC's unit. */
  readonly unit: string;
  readonly first: ExportSummary['first'];
  readonly answer: SheetAnswer;
  readonly isWrong: boolean;
  readonly onAnswer: (answer: SheetAnswer) => void;
}) {
  const { speech, sheet } = props;
  const { t, number } = speech;
  const read = sheet.dossiers + sheet.totals.length;
  const counts: readonly (readonly [string, string, number])[] = [
    ['rows', t('count.rows'), sheet.rows],
    ['read', t('count.read'), read],
    ['passed', t('count.passed'), sheet.passed],
    ['issues', t('count.issues'), sheet.issues],
  ];
  return (
    <section class="x-card" data-sheet={sheet.kind}>
      <h4>
        {t(`kind.${sheet.kind}`)}
        {sheet.name !== '' && <span class="x-quiet"> · {t('sheet', { name: sheet.name })}</span>}
      </h4>
      <dl class="x-counts">
        {counts.map(([id, label, value]) => (
          <div key={id} data-count={id}>
            <dt>{label}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
      {sheet.columns.length > 0 && (
        <details>
          <summary>{t('columns')}</summary>
          <Table
            caption={t('columns')}
            hideCaption
            rows={sheet.columns.map((column, at) => ({ ...column, at }))}
            rowKey={({ at }) => `${at}`}
            columns={[
              { id: 'title', head: t('columns.title'), isRowHead: true, cell: ({ title }) => title },
              {
                id: 'field',
                head: t('columns.field'),
                cell: ({ field }) =>
                  field === null ? (
                    <span class="x-quiet">{t('columns.none')}</span>
                  ) : (
                    <strong data-read-as={field}>{fieldWord(speech, field, sheet.kind)}</strong>
                  ),
              },
            ]}
          />
        </details>
      )}
      {props.first.length > 0 && (
        <Table
          caption={t('first')}
          rows={props.first}
          rowKey={({ row }) => row}
          columns={[
            { id: 'row', head: t('first.row'), isNumber: true, cell: ({ row }) => row.split('.')[1] },
            { id: 'code', head: t('first.code'), isRowHead: true, cell: ({ code }) => code },
            { id: 'facts', head: t('first.facts'), cell: ({ facts }) => factsText(speech, facts) },
          ]}
        />
      )}
      {sheet.totals.length > 0 && <Totals {...props} />}
    </section>
  );
}

function Totals(props: Parameters<typeof ExportSheetView>[0]) {
  const { speech, sheet, answer, onAnswer } = props;
  const { t, number } = speech;
  const { period, unit } = sheet.head;
  const needsUnit = sheet.totals.some((one) => one.unit === null);
  const shown = TOTAL_FIGURES.filter((name) =>
    sheet.totals.some(({ figures }) => figures[name] !== undefined),
  );
  return (
    <>
      {period ? (
        <p data-export="period">{t('period', { from: showDay(period.from), to: showDay(period.to) })}</p>
      ) : (
        <fieldset class="x-period">
          <legend>{t('period.missing')}</legend>
          <TextField
            label={t('period.from')}
            name="export-from"
            type="date"
            value={answer.from}
            onInput={(from) => onAnswer({ ...answer, from })}
          />
          <TextField
            label={t('period.to')}
            name="export-to"
            type="date"
            value={answer.to}
            error={
              props.isWrong && answer.from !== '' && answer.to !== '' && !isSpan(answer)
                ? t('period.wrong')
                : undefined
            }
            onInput={(to) => onAnswer({ ...answer, to })}
          />
        </fieldset>
      )}
      {needsUnit &&
        (unit !== null ? (
          <p>{t('unitPrinted', { unit })}</p>
        ) : (
          <div>
            <p>{t('unitMissing', { unit: props.unit })}</p>
            <label class="x-check">
              <input
                type="checkbox"
                name="export-own-unit"
                checked={answer.isOwnUnit}
                onChange={(event) => onAnswer({ ...answer, isOwnUnit: event.currentTarget.checked })}
              />
              {t('unitConfirm', { unit: props.unit })}
            </label>
          </div>
        ))}
      <Table
        caption={t('totals')}
        rows={sheet.totals.slice(0, FIRST_UNITS)}
        rowKey={({ row }) => row}
        columns={[
          { id: 'unit', head: t('totals.unit'), isRowHead: true, cell: (one) => one.unit ?? t('totals.own') },
          ...shown.map((name: TotalFigure) => ({
            id: name,
            head: fieldWord(speech, name, 'totals'),
            isNumber: true,
            cell: ({ figures }: ExportSheet['totals'][number]) =>
              figures[name] === undefined ? '–' : number(figures[name]),
          })),
        ]}
      />
      {sheet.totals.length > FIRST_UNITS && <p class="x-quiet">… {number(sheet.totals.length)}</p>}
    </>
  );
}

const isSpan = ({ from, to }: SheetAnswer) => from !== '' && from <= to;
