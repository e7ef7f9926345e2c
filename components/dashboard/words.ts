/** Words, numbers and dates as people read them, handed down by context so that views stay plain. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { localTimeOf, showDay } from '../../lib/domain/dates.ts';
import type { Period } from '../../lib/domain/period.ts';
import { type DashboardKey, type DashboardLanguage, dictionaries } from '../../lib/i18n/dashboard/index.ts';
import { type Translate, translator } from '../../lib/i18n/index.ts';

export interface Words {
  readonly language: DashboardLanguage;
  readonly t: Translate<DashboardKey>;
  /** The text under a key made at run time, or null when the dictionary has none. */
  readonly maybe: (key: string) => string | null;
  /** A whole number: `1.234`. */
  readonly number: (value: number) => string;
  /** A ratio 0..1 with one decimal and a narrow sign: `62,5 %`; see {@link percentOf}. */
  readonly percent: (ratio: number) => string;
  /** An ISO instant as `14:05 21/09/2026`, Asia/Ho_Chi_Minh. */
  readonly moment: (iso: string) => string;
  /** How long ago an ISO instant was, in the largest whole unit. */
  readonly ago: (iso: string, now: number) => string;
  /** `Tháng 9/2026`, `Quý III/2026`, … */
  readonly period: (period: Period) => string;
  /** `15/08/2026 – 14/09/2026`. */
  readonly span: (span: { readonly from: string; readonly to: string }) => string;
}

const ROMAN = ['I', 'II', 'III', 'IV'];

/** The words of one language. */
export function wordsOf(language: DashboardLanguage): Words {
  const dictionary: Readonly<Record<DashboardKey, string>> = dictionaries[language];
  const t = translator(dictionary);
  const locale = language === 'vi' ? 'vi-VN' : 'en-GB';
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const decimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    language,
    t,
    maybe: (key) => (key in dictionary ? t(key as DashboardKey) : null),
    number: (value) => whole.format(value),
    percent: (ratio) => `${decimal.format(percentOf(ratio))}\u00a0%`,
    moment(iso) {
      const local = localTimeOf(Date.parse(iso));
      return `${local.slice(11, 16)} ${showDay(local.slice(0, 10))}`;
    },
    ago(iso, now) {
      const minutes = Math.min(0, Math.round((Date.parse(iso) - now) / 60_000));
      if (minutes === 0) return t('app.justNow');
      if (minutes > -60) return relative.format(minutes, 'minute');
      if (minutes > -48 * 60) return relative.format(Math.ceil(minutes / 60), 'hour');
      return relative.format(Math.ceil(minutes / 60 / 24), 'day');
    },
    period({ system, part, year, from }) {
      if (system === 'day') return showDay(from);
      if (part.startsWith('M')) return t('period.month', { month: Number(part.slice(1)), year });
      if (part.startsWith('Q')) {
        const quarter = Number(part.slice(1));
        return t('period.quarter', { quarter: language === 'vi' ? ROMAN[quarter - 1]! : quarter, year });
      }
      if (part === 'H1') return t('period.firstHalf', { year });
      if (part === 'H2') return t('period.secondHalf', { year });
      return part === '9M' ? t('period.nineMonths', { year }) : t('period.year', { year });
    },
    span: ({ from, to }) => (from === to ? showDay(from) : `${showDay(from)} – ${showDay(to)}`),
  };
}

/**
 * A ratio as percent with one decimal, half up; what is not all never reads 100,0 and what is not none never reads 0,0,
 * because a reader takes those two for "every one" and "not one".
 */
export function percentOf(ratio: number): number {
  const rounded = Math.round(ratio * 1000) / 10;
  if (ratio < 1 && rounded >= 100) return 99.9;
  return ratio > 0 && rounded <= 0 ? 0.1 : rounded;
}

export const WordsContext = createContext<Words>(wordsOf('vi'));

/** The words of the language chosen. */
export function useWords(): Words {
  return useContext(WordsContext);
}
