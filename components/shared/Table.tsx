/** A table with a caption, aligned numbers, and its own sideways scroll on narrow windows. */
import type { ComponentChildren } from 'preact';
import './shared.css';

export interface Column<Row> {
  readonly id: string;
  readonly head: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers: right-aligned, tabular figures. */
  readonly isNumber?: boolean | undefined;
  /** This column names the row (`<th scope="row">`). */
  readonly isRowHead?: boolean | undefined;
}

/** Renders `rows`; `rowKey` must be unique; `rowClass` marks rows. */
export function Table<Row>(props: {
  readonly caption: string;
  readonly hideCaption?: boolean | undefined;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly rowClass?: ((row: Row) => string) | undefined;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section class="n-table-box" tabIndex={0} aria-label={props.caption}>
      <table class="n-table">
        <caption class={props.hideCaption ? 'n-hidden' : ''}>{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.id} scope="col" class={column.isNumber ? 'is-number' : ''}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)} data-row={props.rowKey(row)} class={props.rowClass?.(row) ?? ''}>
              {props.columns.map((column) =>
                column.isRowHead ? (
                  <th key={column.id} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} class={column.isNumber ? 'is-number' : ''}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
