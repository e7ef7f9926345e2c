// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FiguresView } from '../../../components/dashboard/FiguresView.tsx';
import type { Load } from '../../../components/dashboard/model.ts';
import { WordsContext, wordsOf } from '../../../components/dashboard/words.ts';
import { EVERYDAY } from '../../../lib/indicators/everyday.ts';
import type { Figures } from '../../../lib/indicators/figures.ts';
import { rate, sampleFigures } from './sample.ts';

const roots: HTMLElement[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) {
    render(null, root);
    root.remove();
  }
});

function show(load: Load<Figures>, language: 'vi' | 'en' = 'vi', onRetry = () => {}): HTMLElement {
  const root = document.body.appendChild(document.createElement('div'));
  roots.push(root);
  act(() =>
    render(
      <WordsContext.Provider value={wordsOf(language)}>
        <FiguresView load={load} source="hub" onRetry={onRetry} onOpenDevices={() => {}} />
      </WordsContext.Provider>,
      root,
    ),
  );
  return root;
}

const ready = (change: Partial<Figures> = {}): Load<Figures> => ({
  at: 'ready',
  value: sampleFigures(change),
});
const figure = (root: HTMLElement, name: string) => {
  const found = root.querySelectorAll<HTMLElement>(`[data-figure="${name}"]`);
  expect(found, name).toHaveLength(1);
  return found[0]!;
};
const value = (root: HTMLElement, name: string) => figure(root, name).dataset.value;
const text = (root: HTMLElement, name: string) => figure(root, name).textContent?.replaceAll('\u00a0', ' ');

describe('a rate', () => {
  it('shows one percentage with its counts when every dossier is decided', () => {
    const root = show(ready());
    expect(text(root, 'onlineFiling.value')).toBe('64,8 %');
    expect(value(root, 'onlineFiling.value')).toBe(String(800 / 1234));
    expect(text(root, 'onlineFiling.denominator')).toBe('1.234');
    expect(value(root, 'onlineFiling.denominator')).toBe('1234');
    expect(value(root, 'onlineFiling.undecided')).toBe('0');
    expect(root.querySelector('[data-figure="onlineFiling.low"]')).toBeNull();
  });

  it('shows bounds, and no single value, when some are undecided', () => {
    const root = show(ready());
    expect(text(root, 'onTime.value')).toBe('62,5 % – 71,0 %');
    expect(value(root, 'onTime.value')).toBe('');
    expect(value(root, 'onTime.low')).toBe('0.625');
    expect(value(root, 'onTime.high')).toBe('0.71');
    expect(value(root, 'onTime.numerator')).toBe('250');
    expect(value(root, 'onTime.undecided')).toBe('34');
  });

  it('says that there is no figure where nothing is in the denominator, and never 0 %', () => {
    const root = show(ready());
    expect(text(root, 'onlinePayment.value')).toBe('Chưa có số liệu');
    expect(value(root, 'onlinePayment.value')).toBe('');
    expect(root.querySelector('[data-indicator=onlinePayment] .d-rate-main')?.textContent).not.toContain('%');
  });

  it('leads with counts below thirty dossiers', () => {
    const root = show(ready());
    const main = (id: string) => root.querySelector(`[data-indicator=${id}] .d-rate-main`)?.textContent;
    expect(main('digitisedComponents')).toBe('7/12 hồ sơ');
    expect(text(root, 'digitisedComponents.value')).toBe('58,3 %');
    expect(main('onlineFiling')).toMatch(/^64,8/);
  });

  it('leads with words where nothing is decided, the bounds after', () => {
    const root = show(ready({ indicators: [rate('onTime', { yes: 0, no: 0, undecided: 40 })] }));
    expect(root.querySelector('[data-indicator=onTime] .d-rate-main')?.textContent).toBe(
      'Chưa đủ căn cứ xác định',
    );
    expect(text(root, 'onTime.value')).toBe('0,0 % – 100,0 %');
    expect(value(root, 'onTime.high')).toBe('1');
  });

  it('carries definition, version, transport and coverage', () => {
    const grounds = show(ready()).querySelector('[data-indicator=onTime] details')?.textContent ?? '';
    expect(grounds).toContain('So ngày kết thúc xử lý với ngày hẹn trả');
    expect(grounds).toContain('everyday-1');
    expect(grounds).toContain('Máy chủ đã nhận đủ: 3/4 máy, thiếu 12 bản ghi');
    expect(grounds.replaceAll('\u00a0', ' ')).toContain('812/1.020 hồ sơ theo số chính thức (79,6 %)');
    expect(grounds).toContain('Tháng 9/2026 (15/08/2026 – 14/09/2026)');
  });

  it('has words for every everyday indicator in both languages', () => {
    for (const language of ['vi', 'en'] as const) {
      const { maybe } = wordsOf(language);
      for (const [id] of EVERYDAY) {
        for (const part of ['title', 'definition', 'source', 'numerator', 'denominator']) {
          expect(maybe(`indicator.${id}.${part}`), `${language} ${id}.${part}`).not.toBeNull();
        }
      }
    }
  });
});

describe('completeness', () => {
  it('stands above the rates', () => {
    const root = show(ready());
    expect(value(root, 'transport.complete')).toBe('3');
    expect(value(root, 'transport.missing')).toBe('12');
    expect(value(root, 'coverage.official')).toBe('1020');
  });

  it('says unknown when the portal gave no total', () => {
    const coverage = { seen: 12, official: null };
    const root = show(
      ready({ coverage, indicators: [rate('onTime', { yes: 1, no: 0, undecided: 0 }, { coverage })] }),
    );
    expect(value(root, 'coverage.official')).toBe('');
    expect(root.querySelector('.d-quality')?.textContent).toContain(
      'Chưa có số liệu chính thức để đối chiếu',
    );
  });
});

describe('counts', () => {
  it('have stable names and exact values', () => {
    const root = show(ready());
    const wanted: Record<string, string> = {
      'received.online': '800',
      'received.total': '1234',
      'stock.inTime': '61',
      'stock.overdue': '3',
      'documents.XLC.waiting': '14',
      'documents.XLC.overdue': '2',
      'documents.PH.waiting': '5',
      'visits.completed': '1243',
      'visits.abandoned': '9',
      'ratings.quality.answers': '1243',
      'ratings.quality.5': '1234',
      'ratings.quality.2': '0',
      'day.2026-08-17.received': '40',
    };
    for (const [name, number] of Object.entries(wanted)) expect(value(root, name), name).toBe(number);
    expect(text(root, 'ratings.quality.5')).toBe('1.234');
  });

  it('leave a day without anything recorded unknown', () => {
    const root = show(ready());
    expect(value(root, 'day.2026-08-18.received')).toBe('');
    expect(text(root, 'day.2026-08-18.received')).toBe('–');
  });

  it('are unknown, not 0, when nothing was recorded at all', () => {
    const none = { yes: 0, no: 0, undecided: 0 };
    const root = show(
      ready({
        indicators: [rate('onTime', none)],
        days: [],
        received: { online: 0, counter: 0, post: 0, unknown: 0 },
        stock: { inTime: 0, overdue: 0, noDue: 0, unknownDue: 0 },
      }),
    );
    expect(root.querySelector('[data-empty=figures]')).not.toBeNull();
    expect(value(root, 'received.total')).toBe('');
    expect(value(root, 'stock.overdue')).toBe('');
  });
});

describe('ratings', () => {
  it('hide every level under five answers and say why', () => {
    const root = show(ready());
    expect(root.querySelectorAll('[data-figure^="ratings.attitude."]')).toHaveLength(1);
    expect(value(root, 'ratings.attitude.answers')).toBe('4');
    expect(root.querySelector('[data-question=attitude]')?.textContent).toContain('từ 5 lượt trở lên');
  });

  it('put service quality before staff attitude', () => {
    const order = [...show(ready()).querySelectorAll<HTMLElement>('[data-question]')];
    expect(order.map((one) => one.dataset.question)).toEqual(['quality', 'attitude']);
  });
});

describe('states', () => {
  const failure = { kind: 'broken', code: 'http-502', field: null, message: '', retryAfter: null } as const;

  it('shows shapes while loading, without a number', () => {
    const root = show({ at: 'loading', last: null });
    expect(root.querySelector('[data-loading=figures]')).not.toBeNull();
    expect(root.querySelector('[data-figure]')).toBeNull();
  });

  it('says what failed, with a code, and asks again', () => {
    const onRetry = vi.fn();
    const root = show({ at: 'failed', failure, last: null }, 'vi', onRetry);
    expect(root.querySelector('[role=alert]')?.textContent).toContain('http-502');
    root.querySelector<HTMLButtonElement>('[data-action=retry]')?.click();
    expect(onRetry).toHaveBeenCalledOnce();
  });

  it('keeps the last figures beside the failure, marked as old', () => {
    const root = show({ at: 'failed', failure, last: sampleFigures() });
    expect(root.querySelector('[data-banner=stale]')?.textContent).toContain('15:12 11/09/2026');
    expect(value(root, 'stock.overdue')).toBe('3');
  });

  it('speaks English', () => {
    const root = show(ready(), 'en');
    expect(text(root, 'onTime.value')).toBe('62.5 % – 71.0 %');
    expect(root.textContent).toContain('Resolved on time');
  });
});
