/** The days of the period as a chart or as a table; the table is always in the page, the chart is its picture. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { dayOf } from '../../lib/domain/dates.ts';
import type { Figures } from '../../lib/indicators/figures.ts';
import { Figure } from './Figure.tsx';
import { type Series, seriesOf } from './series.ts';
import type { DrawnChart } from './trend-chart.ts';
import { useWords } from './words.ts';

export function Trend(props: { readonly figures: Figures }) {
  const { t } = useWords();
  const [isTable, setTable] = useState(false);
  const { days, period, asOf } = props.figures;
  const series = useMemo(() => {
    const today = dayOf(Date.parse(asOf));
    const last = days.at(-1)?.day ?? period.from;
    const ended = [today, period.to].sort()[0]!;
    return seriesOf(days, period.from, [ended, last].sort()[1]!);
  }, [days, period, asOf]);
  const title = { day: t('trend.title'), week: t('trend.titleWeek'), month: t('trend.titleMonth') };
  return (
    <section class="d-card d-trend">
      <header class="d-card-head">
        <h3>{title[series.step]}</h3>
        <fieldset class="d-segments d-segments-small">
          <legend class="n-hidden">{t('trend.show')}</legend>
          {[false, true].map((choice) => (
            <button
              key={String(choice)}
              type="button"
              class={`d-segment ${choice === isTable ? 'is-on' : ''}`}
              aria-pressed={choice === isTable}
              data-action={choice ? 'show-table' : 'show-chart'}
              onClick={() => setTable(choice)}
            >
              {t(choice ? 'trend.table' : 'trend.chart')}
            </button>
          ))}
        </fieldset>
      </header>
      {days.length === 0 ? (
        <p class="d-quiet">{t('trend.none')}</p>
      ) : (
        <>
          {!isTable && <Picture series={series} onNone={() => setTable(true)} />}
          <div class={isTable ? 'd-trend-table' : 'd-trend-table is-behind'}>
            <TrendTable series={series} />
          </div>
        </>
      )}
    </section>
  );
}

/** Draws with Chart.js, which comes only when a chart is seen; without it the table takes its place. */
function Picture(props: { readonly series: Series; readonly onNone: () => void }) {
  const { series, onNone } = props;
  const { t, number } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(onNone);
  latest.current = onNone;
  useEffect(() => {
    let drawn: DrawnChart | null = null;
    let isGone = false;
    const labels = {
      online: t('trend.online'),
      other: t('trend.other'),
      finished: t('trend.finished'),
    };
    import('./trend-chart.ts').then(
      ({ drawTrend }) => {
        if (isGone || !canvas.current) return;
        drawn = drawTrend(canvas.current, series, labels, number);
        if (!drawn) latest.current();
      },
      () => !isGone && latest.current(),
    );
    return () => {
      isGone = true;
      drawn?.destroy();
    };
  }, [series, t, number]);
  return (
    <div class="d-canvas">
      <canvas ref={canvas} role="img" aria-label={t('trend.description')} />
    </div>
  );
}

function TrendTable({ series }: { readonly series: Series }) {
  const { t } = useWords();
  const columns = ['received', 'online', 'paidOnline', 'finished'] as const;
  return (
    <table class="d-mini">
      <caption class="n-hidden">{t('trend.description')}</caption>
      <thead>
        <tr>
          <th scope="col">{t(`trend.${series.step}`)}</th>
          {columns.map((column) => (
            <th key={column} scope="col" class="is-number">
              {t(`trend.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {series.buckets.map(({ from, label, sums }) => (
          <tr key={from}>
            <th scope="row">{label}</th>
            {columns.map((column) => (
              <td key={column} class="is-number">
                <Figure name={`day.${from}.${column}`} value={sums?.[column] ?? null} dash />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
