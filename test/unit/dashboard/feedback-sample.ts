/** Made-up ratings, kiosks and settings; tests change what they are about. */
import { DEFAULT_RULES } from '../../../lib/domain/feedback-rules.ts';
import { FACTORS, QUICK } from '../../../lib/domain/questionnaires.ts';
import type { FeedbackCell, FeedbackFigures, FeedbackGroup } from '../../../lib/indicators/feedback.ts';
import type {
  ClipView,
  CounterView,
  KioskSettingView,
  KioskView,
  QuestionnaireView,
} from '../../../lib/indicators/kiosks.ts';

const PLACE = { unit: 'a', unitName: 'Xã Đô Lương', counter: 'q1', counterName: 'Quầy 1' } as const;
const POOLED = { ...PLACE, counter: null, counterName: null } as const;
const DAYS = { firstDay: '2026-09-07', lastDay: '2026-09-09' } as const;

export const cell = (change: Partial<FeedbackCell> = {}): FeedbackCell => ({
  ...PLACE,
  ...DAYS,
  questionnaire: 'quick@2',
  source: 'kiosk',
  isFlagged: false,
  groups: 2,
  n: 12,
  levels: { quality: [2, 1, 1, 3, 5], attitude: [0, 0, 0, 2, 10] },
  reasons: { slow: 2, papers: 1 },
  ...change,
});

const group = (change: Partial<FeedbackGroup>): FeedbackGroup => ({
  ...PLACE,
  ...DAYS,
  id: 1,
  questionnaire: 'quick@2',
  source: 'kiosk',
  isFlagged: false,
  n: 12,
  releasedOn: '2026-09-10',
  flags: {},
  ...change,
});

export const RATINGS: FeedbackFigures = {
  unit: { id: '40', name: 'Tỉnh Thử' },
  period: { id: 'report:2026-M09', from: '2026-08-15', to: '2026-09-14' },
  asOf: '2026-09-11T08:12:00.000Z',
  closedThrough: '2026-09-10',
  released: 18,
  flagged: 6,
  waitingAtLeast: 10,
  cells: [
    cell(),
    cell({
      ...POOLED,
      source: 'phone',
      groups: 1,
      n: 6,
      levels: { quality: [0, 0, 1, 2, 3], attitude: [1, 0, 0, 0, 5] },
      reasons: { slow: 1 },
    }),
    cell({ isFlagged: true, groups: 1, n: 6, levels: { quality: [6] }, reasons: {} }),
  ],
  groups: [
    group({ id: 1 }),
    group({
      id: 2,
      isFlagged: true,
      n: 6,
      flags: {
        moreThanReturns: {
          n: 6,
          limits: { percent: 100, slack: 2 },
          days: [{ day: '2026-09-08', ratings: 11, returns: 4 }],
        },
        afterHours: { n: 2, limits: { hours: '1,2,3,4,5:07:00-17:00;6:07:30-11:30' } },
      },
    }),
  ],
  rates: [
    {
      ...PLACE,
      ...DAYS,
      spans: 2,
      numerator: 12,
      denominator: 40,
      ratings: 12,
      flagged: 6,
      abandoned: 3,
      phone: 0,
    },
    {
      ...PLACE,
      ...DAYS,
      counter: 'q2',
      counterName: 'Quầy 2',
      spans: 1,
      numerator: 0,
      denominator: null,
      ratings: 5,
      flagged: 0,
      abandoned: 0,
      phone: 5,
    },
  ],
  spans: [
    {
      ...PLACE,
      firstDay: '2026-09-07',
      lastDay: '2026-09-07',
      returns: 25,
      ratings: 7,
      flagged: 0,
      abandoned: 2,
      phone: 0,
    },
    {
      ...PLACE,
      firstDay: '2026-09-08',
      lastDay: '2026-09-09',
      returns: 15,
      ratings: 5,
      flagged: 6,
      abandoned: 1,
      phone: 0,
    },
  ],
  comments: [
    {
      ...PLACE,
      ...DAYS,
      hash: 'ab'.repeat(32),
      text: 'Chờ lâu quá, phải hỏi ba lần',
      isErased: false,
      questionnaire: 'quick@2',
      source: 'kiosk',
      isFlagged: false,
      answers: { quality: 1, attitude: 4 },
      reasons: ['slow'],
    },
    {
      ...POOLED,
      ...DAYS,
      hash: 'cd'.repeat(32),
      text: null,
      isErased: true,
      questionnaire: 'quick@2',
      source: 'phone',
      isFlagged: false,
      answers: { quality: 3 },
      reasons: [],
    },
  ],
  questionnaires: [QUICK],
};

export const KIOSKS: readonly KioskView[] = [
  {
    id: 'k1',
    name: 'Thiết bị quầy 1',
    unit: { id: 'a', name: 'Xã Đô Lương' },
    status: 'active',
    counter: 'q1',
    counterName: 'Quầy 1',
    heardAt: '2026-09-11T08:02:00.000Z',
    unsent: 0,
    words: [
      {
        topic: 'kiosk',
        state: 'commissioned',
        at: '2026-09-11T00:30:00.000Z',
        detail: { persisted: true, version: '1.4.0' },
      },
    ],
  },
  {
    id: 'k2',
    name: 'Thiết bị quầy 2',
    unit: { id: 'a', name: 'Xã Đô Lương' },
    status: 'active',
    counter: null,
    counterName: null,
    heardAt: '2026-09-09T08:02:00.000Z',
    unsent: 7,
    words: [
      {
        topic: 'kiosk',
        state: 'notCommissioned',
        at: '2026-09-09T00:30:00.000Z',
        detail: { persisted: false, version: '1.3.0' },
      },
      { topic: 'questionnaire', state: 'malformed', at: '2026-09-08T00:30:00.000Z', detail: {} },
      { topic: 'journal', state: 'storeLost', at: '2026-07-01T00:30:00.000Z', detail: {} },
    ],
  },
];

export const COUNTERS: readonly CounterView[] = [
  {
    id: 'q1',
    unit: 'a',
    unitName: 'Xã Đô Lương',
    name: 'Quầy 1',
    isActive: true,
    devices: [{ id: 'k1', kind: 'kiosk', name: 'Thiết bị quầy 1' }],
  },
  { id: 'q2', unit: 'a', unitName: 'Xã Đô Lương', name: 'Quầy 2', isActive: false, devices: [] },
];

const inherited = <Value>(value: Value) => ({ value, from: { id: '40', name: 'Tỉnh Thử' } });

export const SETTING: KioskSettingView = {
  unit: 'a',
  unitName: 'Xã Đô Lương',
  own: { questionnaire: null, isOutOfService: null, rules: { series: { count: 6, quarters: 2 } } },
  inForce: {
    questionnaire: inherited('quick@2'),
    isOutOfService: { value: false, from: null },
    rules: {
      openingHours: inherited([{ days: [1, 2, 3, 4, 5, 6], from: '06:30', to: '18:30' }]),
      moreThanReturns: inherited({ percent: 120, slack: 3 }),
      interval: { value: DEFAULT_RULES.interval, from: null },
      series: { value: { count: 6, quarters: 2 }, from: { id: 'a', name: 'Xã Đô Lương' } },
      phoneBurst: { value: DEFAULT_RULES.phoneBurst, from: null },
      idleSeconds: { value: null, from: null },
    },
  },
};

export const QUESTIONNAIRES: readonly QuestionnaireView[] = [
  { ref: 'quick@2', origin: 'shipped', questionnaire: QUICK, madeAt: null, units: ['40'] },
  { ref: 'factors@1', origin: 'shipped', questionnaire: FACTORS, madeAt: null, units: [] },
];

export const CLIPS: readonly ClipView[] = [
  {
    sha256: 'aa'.repeat(32),
    language: 'hmn',
    phrase: 'q.quick@2.quality.title',
    mime: 'audio/webm',
    bytes: 21_000,
    stage: 'proposed',
    deviceName: 'Thiết bị quầy 1',
    unitName: 'Xã Đô Lương',
    madeAt: '2026-09-10T02:00:00.000Z',
    decidedAt: null,
  },
  {
    sha256: 'bb'.repeat(32),
    language: 'hmn',
    phrase: 'ui.attractTitle',
    mime: 'audio/webm',
    bytes: 18_000,
    stage: 'shared',
    deviceName: 'Thiết bị quầy 1',
    unitName: 'Xã Đô Lương',
    madeAt: '2026-09-09T02:00:00.000Z',
    decidedAt: '2026-09-09T03:00:00.000Z',
  },
];
