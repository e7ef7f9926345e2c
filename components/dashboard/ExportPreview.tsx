/** What would be written, before anything is: the system, the columns, the counts, the first rows, what was not understood. */
import { useState } from 'preact/hooks';
import { type Day, showDay } from '../../lib/domain/dates.ts';
import { exportWord } from '../../lib/i18n/exports/index.ts';
import { Banner } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { Field } from '../shared/Field.tsx';
import { ExportFaults } from './ExportFaults.tsx';
import { ExportSheetView, type SheetAnswer } from './ExportSheet.tsx';
import type { ExportChoice, ExportContext, ExportSheet, ExportSummary } from './export-model.ts';
import { moment, type Speech } from './export-words.ts';

const NO_ANSWER: SheetAnswer = { from: '', to: '', isOwnUnit: false };

/** Period and unit of a sheet's totals; null while something is missing. */
function choiceOf(sheet: ExportSheet, answer: SheetAnswer, today: Day): ExportChoice | null {
  const { from, to } = sheet.head.period ?? answer;
  const isPeriod =
    /^\d{4}-\d\d-\d\d$/.test(from) && /^\d{4}-\d\d-\d\d$/.test(to) && from <= to && from <= today;
  const needsUnit = sheet.totals.some(({ unit }) => unit === null) && sheet.head.unit === null;
  if (!isPeriod || (needsUnit && !answer.isOwnUnit)) return null;
  return { from, to, unit: sheet.head.unit };
}

export function ExportPreview(props: {
  readonly speech: Speech;
  readonly name: string;
  readonly context: ExportContext;
  readonly system: number;
  /** False: the system must be chosen first. */
  readonly isSure: boolean;
  readonly summary: ExportSummary;
  readonly today: Day;
  readonly isBusy: boolean;
  readonly onSystem: (system: number) => void;
  readonly onWrite: (choices: ReadonlyMap<number, ExportChoice>) => void;
  readonly onReport: () => void;
  readonly onDiscard: () => void;
}) {
  const { speech, context, summary, system } = props;
  const { t } = speech;
  const [answers, setAnswers] = useState<ReadonlyMap<number, SheetAnswer>>(new Map());
  const chosen = context.systems[system]!;
  const choices = new Map<number, ExportChoice>();
  let isComplete = true;
  for (const [at, sheet] of summary.sheets.entries()) {
    if (sheet.totals.length === 0) continue;
    const choice = choiceOf(sheet, answers.get(at) ?? NO_ANSWER, props.today);
    if (choice) choices.set(at, choice);
    else isComplete = false;
  }
  const rows = summary.dossiers + summary.sheets.reduce((sum, { totals }) => sum + totals.length, 0);
  const known = summary.sheets.filter(({ kind }) => kind !== 'unknown');
  return (
    <section class="x-stack" aria-label={t('preview')} data-export="preview">
      <h3>{t('preview')}</h3>
      <p class="x-quiet">{t('file', { name: props.name })}</p>
      <Field
        label={t('system')}
        name="export-system"
        hint={props.isSure ? (context.systems.length > 1 ? t('systemHint') : undefined) : t('systemChoose')}
      >
        {({ id, describedBy }) => (
          <select
            id={id}
            class="n-input"
            name="export-system"
            aria-describedby={describedBy}
            value={props.isSure ? String(system) : ''}
            disabled={props.isBusy}
            onChange={(event) => {
              if (event.currentTarget.value !== '') props.onSystem(Number(event.currentTarget.value));
            }}
          >
            {!props.isSure && <option value="">{t('systemNone')}</option>}
            {context.systems.map((one, at) => (
              <option key={`${one.system}|${one.pack.id}`} value={String(at)}>
                {`${one.name} (${one.pack.id})`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <p class="x-quiet">
        {props.isSure && t('pack', { name: chosen.pack.name, version: chosen.pack.version })}
        {summary.province !== null && <> · {t('province', { province: summary.province })}</>}
      </p>
      {known.length === 0 && (
        <Banner kind="bad" title={t('kind.unknown')} name="export-unknown">
          {t('kind.unknownDo')}
        </Banner>
      )}
      <Warnings speech={speech} summary={summary} />
      {rows > 0 && (
        <p>
          {summary.covered && (
            <strong data-export="covered">
              {t('covered', { from: showDay(summary.covered.from), to: showDay(summary.covered.to) })}
              <br />
            </strong>
          )}
          {summary.dossiers > 0 &&
            (summary.made.source === 'printed'
              ? t('madePrinted', { time: moment(summary.made.before) })
              : t('madeFile', { after: moment(summary.made.after), before: moment(summary.made.before) }))}
        </p>
      )}
      {summary.sheets.map((sheet, at) =>
        sheet.kind === 'unknown' && known.length > 0 ? null : (
          <ExportSheetView
            key={`${at}`}
            speech={speech}
            sheet={sheet}
            unit={context.unit}
            first={at === summary.sheets.findIndex(({ dossiers }) => dossiers > 0) ? summary.first : []}
            answer={answers.get(at) ?? NO_ANSWER}
            isWrong={sheet.totals.length > 0 && !choices.has(at)}
            onAnswer={(answer) => setAnswers(new Map(answers).set(at, answer))}
          />
        ),
      )}
      <ExportFaults speech={speech} faults={summary.faults} onReport={props.onReport} />
      <div class="x-buttons">
        <Button
          kind="primary"
          busy={props.isBusy}
          disabled={rows === 0 || !isComplete || !props.isSure}
          onClick={() => props.onWrite(choices)}
          action="write-export"
        >
          {t('write')}
        </Button>
        <Button kind="quiet" disabled={props.isBusy} onClick={props.onDiscard} action="discard-export">
          {t('discard')}
        </Button>
        {rows === 0 && <span role="status">{t('write.nothing')}</span>}
      </div>
    </section>
  );
}

function Warnings({ speech: { t }, summary }: { readonly speech: Speech; readonly summary: ExportSummary }) {
  const found = new Map<string, string>();
  if (summary.hasMacros) found.set('macros', t('warning.macros'));
  for (const { code, column } of summary.sheets.flatMap(({ warnings }) => warnings)) {
    const text = exportWord(t, 'warning', code, 'warnings');
    found.set(`${code} ${column ?? ''}`, text.replace('{column}', column ?? ''));
  }
  if (found.size === 0) return null;
  return (
    <Banner kind="warn" title={t('warnings')} name="export-warnings">
      <ul class="x-list">
        {[...found].map(([id, text]) => (
          <li key={id} data-warning={id.split(' ')[0]}>
            {text}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
