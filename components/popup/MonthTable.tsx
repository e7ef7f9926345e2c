/** "Tháng của tôi": by kind of action and timeliness, copied as a table for the monthly self-assessment. */
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../shared/Button.tsx';
import type { MonthView, Words } from './model.ts';

const TIMELINESS = ['early', 'onTime', 'late', 'unknown'] as const;

export function MonthTable(props: {
  readonly t: Words;
  /** The day the popup shows, `YYYY-MM-DD`; its month and the one before can be chosen. */
  readonly day: string;
  readonly onMonth: (month: string) => Promise<MonthView | null>;
  readonly onCopy: (table: { readonly text: string; readonly html: string }) => Promise<boolean>;
}) {
  const { t, day, onMonth } = props;
  const [month, setMonth] = useState(day.slice(0, 7));
  const [view, setView] = useState<MonthView | null | 'loading'>('loading');
  const [said, setSaid] = useState<'copied' | 'notCopied' | null>(null);
  useEffect(() => {
    let isCurrent = true;
    setView('loading');
    onMonth(month).then((found) => isCurrent && setView(found));
    return () => {
      isCurrent = false;
    };
  }, [month, onMonth]);
  const choices = [day.slice(0, 7), monthBefore(day.slice(0, 7))];
  return (
    <div class="p-month" data-month={month} aria-busy={view === 'loading'}>
      <fieldset class="p-months" aria-label={t('month.choose')}>
        {choices.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === month}
            data-choose={one}
            onClick={() => setMonth(one)}
          >
            {t('month.name', { month: Number(one.slice(5)), year: one.slice(0, 4) })}
          </button>
        ))}
      </fieldset>
      {view === 'loading' ? (
        <p class="p-small">{t('loading')}</p>
      ) : view === null ? (
        <p class="p-note p-note-bad">{t('error.internal')}</p>
      ) : view.rows.length === 0 && view.guidance.filing + view.guidance.payment === 0 ? (
        <p class="p-small">{t('popup.emptyMonth')}</p>
      ) : (
        <>
          <Rows t={t} view={view} />
          <div class="p-copy">
            <Button
              size="small"
              action="copy-month"
              onClick={async () => setSaid((await props.onCopy(tableOf(t, view))) ? 'copied' : 'notCopied')}
            >
              {t('month.copy')}
            </Button>
            <span class="p-small" role="status" data-copied={said ?? ''}>
              {said && t(`month.${said}`)}
            </span>
          </div>
        </>
      )}
    </div>
  );
}

function Rows({ t, view }: { readonly t: Words; readonly view: MonthView }) {
  return (
    <ul class="p-rows">
      {view.rows.map(({ action, n, timeliness }) => (
        <li key={action} data-month-row={action} data-n={n}>
          <span>{t(`action.${action}`)}</span>
          <strong>{n}</strong>
          {timeliness && (
            <span class="p-small p-times">
              {TIMELINESS.filter((one) => timeliness[one] > 0)
                .map((one) => t(`month.${one}`, { n: timeliness[one] }))
                .join(' · ')}
            </span>
          )}
        </li>
      ))}
      {(['filing', 'payment'] as const).map((topic) =>
        view.guidance[topic] > 0 ? (
          <li key={topic} data-month-row={`guidance-${topic}`} data-n={view.guidance[topic]}>
            <span>{t(`guidance.${topic}`)}</span>
            <strong>{view.guidance[topic]}</strong>
          </li>
        ) : null,
      )}
    </ul>
  );
}

/** The month as a table: tab-separated for a spreadsheet, HTML for a document. */
export function tableOf(t: Words, view: MonthView): { text: string; html: string } {
  const head = [t('month.kind'), t('month.count'), ...TIMELINESS.map((one) => t(`month.head.${one}`))];
  const rows: string[][] = view.rows.map(({ action, n, timeliness }) => [
    t(`action.${action}`),
    String(n),
    ...TIMELINESS.map((one) => (timeliness === null ? '' : String(timeliness[one]))),
  ]);
  for (const topic of ['filing', 'payment'] as const) {
    if (view.guidance[topic] > 0)
      rows.push([t(`guidance.${topic}`), String(view.guidance[topic]), ...TIMELINESS.map(() => '')]);
  }
  const title = [
    t('month.name', { month: Number(view.month.slice(5)), year: view.month.slice(0, 4) }),
    view.person?.name ?? '',
  ];
  const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return {
    text: [title, head, ...rows].map((cells) => cells.join('\t')).join('\n'),
    html: `<table border="1"><caption>${escaped(title.filter(Boolean).join(' – '))}</caption>${line(head, 'th')}${rows
      .map((cells) => line(cells, 'td'))
      .join('')}</table>`,
  };
}

function monthBefore(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}
