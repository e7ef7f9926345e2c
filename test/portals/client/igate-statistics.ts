/** The iGate 2 report by agency: two header rows, a period in two date fields, sums in the last row. */
import { ask, type h, painted } from './dom.ts';

interface Answer {
  readonly render: string;
  readonly groups: readonly (readonly [string, readonly string[]])[];
  readonly rows: readonly (readonly string[])[];
  readonly sums: readonly string[];
}

const printed = (day: string) => day.split('-').reverse().join('/');

/** The page; the table comes when the person asks for it. */
export function statisticsPage(
  ng: typeof h,
  period: { readonly from: string; readonly to: string },
): HTMLElement {
  const holder = ng('app-statistic-agency', {});
  const field = (placeholder: string, day: string) =>
    ng('input', { class: 'mat-input-element mat-datepicker-input', placeholder, value: printed(day) });
  const fill = async () => {
    const { data } = await ask<Answer>('GET', '/pa/dossier-statistic/--statistic-agency');
    holder.querySelector('table')?.remove();
    const head = (text: string, span: Readonly<Record<string, string>> = {}) =>
      ng('th', { class: 'mat-header-cell', role: 'columnheader', ...span }, text);
    const both = { rowspan: '2' };
    const rows = data.rows.map((row, index) =>
      ng(
        'tr',
        { class: 'mat-row' },
        [String(index + 1), ...row].map((text) => ng('td', { class: 'mat-cell' }, text)),
      ),
    );
    holder.append(
      ng(
        'table',
        { class: 'mat-table' },
        ng(
          'thead',
          {},
          ng(
            'tr',
            {},
            head('STT', both),
            head('Đơn vị', both),
            data.groups.map(([title, columns]) => head(title, { colspan: String(columns.length) })),
          ),
          ng(
            'tr',
            {},
            data.groups.flatMap(([, columns]) => columns.map((text) => head(text))),
          ),
        ),
        ng(
          'tbody',
          {},
          rows,
          ng(
            'tr',
            { class: 'mat-row' },
            ng('td', { colspan: '2' }, 'Tổng số'),
            data.sums.map((text) => ng('td', {}, text)),
          ),
        ),
      ),
    );
    painted(data.render, rows);
  };
  holder.append(
    ng('h2', {}, 'Thống kê tổng hợp xử lý hồ sơ'),
    field('Từ ngày', period.from),
    field('Đến ngày', period.to),
    ng('button', { class: 'btn-statistic', onclick: () => void fill() }, 'Thống kê'),
  );
  return holder;
}
