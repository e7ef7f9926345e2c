/** What was not understood: by column and reason, with the rows; the whole list as a file without values. */
import { exportWord } from '../../lib/i18n/exports/index.ts';
import { Button } from '../shared/Button.tsx';
import { Table } from '../shared/Table.tsx';
import type { ExportSummary } from './export-model.ts';
import type { Speech } from './export-words.ts';

export function ExportFaults(props: {
  readonly speech: Speech;
  readonly faults: ExportSummary['faults'];
  readonly onReport: () => void;
}) {
  const { t, number } = props.speech;
  if (props.faults.length === 0) return null;
  return (
    <section class="x-card" data-export="faults">
      <p class="x-quiet">{t('faults.lead')}</p>
      <Table
        caption={t('faults')}
        rows={props.faults}
        rowKey={({ sheet, column, code }) => `${sheet}|${column}|${code}`}
        columns={[
          {
            id: 'where',
            head: t('faults.where'),
            isRowHead: true,
            cell: ({ column }) => column || t('faults.wholeRow'),
          },
          { id: 'why', head: t('faults.why'), cell: ({ code }) => exportWord(t, 'issue', code, 'faults') },
          { id: 'count', head: t('faults.count'), isNumber: true, cell: ({ count }) => number(count) },
          {
            id: 'rows',
            head: t('faults.rows'),
            cell: ({ rows, count }) => `${rows.join(', ')}${count > rows.length ? ', …' : ''}`,
          },
        ]}
      />
      <div>
        <Button size="small" onClick={props.onReport} action="save-export-report">
          {t('faults.save')}
        </Button>
      </div>
    </section>
  );
}
