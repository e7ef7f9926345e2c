/** Counts by action today; the month as a table. Nothing recorded is a sentence, never a row of zeros. */
import { useState } from 'preact/hooks';
import { ACTIONS } from '../../lib/domain/vocabulary.ts';
import { MonthTable } from './MonthTable.tsx';
import type { Counts, MonthView, View, Words } from './model.ts';

export function DayCounts(props: {
  readonly t: Words;
  readonly view: View;
  readonly onMonth: (month: string) => Promise<MonthView | null>;
  readonly onCopy: (table: { readonly text: string; readonly html: string }) => Promise<boolean>;
}) {
  const { t, view } = props;
  const [span, setSpan] = useState<'today' | 'month'>('today');
  const counts: Counts = view.summary.counts;
  const shown = ACTIONS.filter((action) => (counts[action] ?? 0) > 0);
  const total = shown.reduce((sum, action) => sum + (counts[action] ?? 0), 0);
  return (
    <section class="p-card" aria-label={t('popup.title')}>
      <div class="p-tabs" role="tablist">
        {(['today', 'month'] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={span === one}
            data-span={one}
            onClick={() => setSpan(one)}
          >
            {t(`popup.${one}`)}
          </button>
        ))}
      </div>
      {span === 'month' ? (
        <MonthTable t={t} day={view.summary.day} onMonth={props.onMonth} onCopy={props.onCopy} />
      ) : total === 0 ? (
        <div class="p-nothing">
          <p>{t('popup.emptyToday')}</p>
          <p class="p-small">{t('popup.emptyHint')}</p>
        </div>
      ) : (
        <>
          <p class="p-total">
            <strong data-total>{total}</strong> {t('popup.total')}
          </p>
          <dl class="p-counts">
            {shown.map((action) => (
              <div key={action} data-count={action}>
                <dt>{t(`action.${action}`)}</dt>
                <dd>{counts[action]}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {span === 'today' && view.summary.dossiersSeen > 0 && (
        <p class="p-small">{t('popup.seen', { n: view.summary.dossiersSeen })}</p>
      )}
    </section>
  );
}
