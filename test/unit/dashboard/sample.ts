/** Hand-made figures of a made-up unit; tests change what they are about. */
import type { Figures } from '../../../lib/indicators/figures.ts';
import {
  type Indicator,
  type IndicatorContext,
  indicatorOf,
  type Tally,
} from '../../../lib/indicators/result.ts';

const context: IndicatorContext = {
  period: 'report:2026-M09',
  asOf: '2026-09-11T08:12:00.000Z',
  transport: { devices: 4, complete: 3, missing: 12, silent: 1, heardThrough: '2026-09-09T09:31:00.000Z' },
  coverage: { seen: 812, official: 1020 },
};

/** A rate of a tally under the sample's period, transport and coverage. */
export function rate(id: string, tally: Tally, more: Partial<IndicatorContext> = {}): Indicator {
  return indicatorOf(id, 'everyday-1', tally, { ...context, ...more });
}

/** Figures of one unit with everything recorded. */
export function sampleFigures(change: Partial<Figures> = {}): Figures {
  return {
    unit: { id: 'u1', name: 'Phường Thử Nghiệm' },
    period: { id: 'report:2026-M09', from: '2026-08-15', to: '2026-09-14' },
    asOf: context.asOf,
    indicators: [
      rate('onlineFiling', { yes: 800, no: 434, undecided: 0 }),
      rate('onTime', { yes: 250, no: 116, undecided: 34 }),
      rate('onlinePayment', { yes: 0, no: 0, undecided: 0 }),
      rate('digitisedComponents', { yes: 7, no: 5, undecided: 0 }),
    ],
    received: { online: 800, counter: 400, post: 30, unknown: 4 },
    stock: { inTime: 61, overdue: 3, noDue: 2, unknownDue: 5 },
    documents: [
      { role: 'XLC', waiting: 14, overdue: 2 },
      { role: 'PH', waiting: 5, overdue: 0 },
    ],
    ratings: [
      { question: 'attitude', levels: null, answers: 4 },
      { question: 'quality', levels: [1, 0, 2, 6, 1234], answers: 1243 },
    ],
    visits: { completed: 1243, abandoned: 9 },
    days: [
      { day: '2026-08-17', received: 40, online: 30, finished: 20, paidOnline: 12 },
      { day: '2026-09-10', received: 44, online: 31, finished: 25, paidOnline: 10 },
    ],
    transport: context.transport,
    coverage: context.coverage,
    ...change,
  };
}
