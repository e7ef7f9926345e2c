/** The chart of received and finished dossiers: only the parts of Chart.js it needs, colours from the design tokens. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { Series } from './series.ts';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

export interface DrawnChart {
  destroy(): void;
}

/** Draws on `canvas` and follows light and dark until destroyed; null where the browser gives nothing to draw on. */
export function drawTrend(
  canvas: HTMLCanvasElement,
  series: Series,
  labels: { readonly online: string; readonly other: string; readonly finished: string },
  number: (value: number) => string,
): DrawnChart | null {
  if (!canvas.getContext('2d')) return null;
  let chart = draw();
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const redraw = () => {
    chart.destroy();
    chart = draw();
  };
  dark.addEventListener('change', redraw);
  return {
    destroy() {
      dark.removeEventListener('change', redraw);
      chart.destroy();
    },
  };

  function draw(): Chart {
    const style = getComputedStyle(canvas);
    const token = (name: string) => style.getPropertyValue(name).trim();
    const points = series.buckets.map(({ sums }) => sums);
    return new Chart(canvas, {
      data: {
        labels: series.buckets.map(({ label }) => label),
        datasets: [
          {
            type: 'line',
            label: labels.finished,
            data: points.map((sums) => sums?.finished ?? null),
            borderColor: token('--ink'),
            backgroundColor: token('--ink'),
            borderWidth: 2,
            pointRadius: series.buckets.length > 40 ? 1.5 : 3.5,
            pointBackgroundColor: token('--surface'),
            pointBorderWidth: 2,
            tension: 0,
            order: 0,
          },
          {
            type: 'bar',
            label: labels.online,
            data: points.map((sums) => sums?.online ?? null),
            backgroundColor: token('--brand'),
            stack: 'received',
            order: 1,
          },
          {
            type: 'bar',
            label: labels.other,
            data: points.map((sums) => (sums ? sums.received - sums.online : null)),
            backgroundColor: token('--line'),
            stack: 'received',
            order: 1,
          },
        ],
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: 'index', intersect: false },
        font: { family: style.fontFamily, size: 13 },
        color: token('--ink'),
        scales: {
          x: {
            stacked: true,
            grid: { display: false },
            ticks: { color: token('--ink-2'), maxRotation: 0, autoSkipPadding: 12 },
            border: { color: token('--line') },
          },
          y: {
            stacked: true,
            beginAtZero: true,
            grid: { color: token('--surface-2') },
            border: { display: false },
            ticks: { color: token('--ink-2'), precision: 0, callback: (value) => number(Number(value)) },
          },
        },
        plugins: {
          legend: { align: 'start', labels: { color: token('--ink'), boxWidth: 12, boxHeight: 12 } },
          tooltip: {
            callbacks: {
              label: ({ dataset, parsed }) => `${dataset.label}: ${number(parsed.y ?? 0)}`,
            },
          },
        },
      },
    });
  }
}
