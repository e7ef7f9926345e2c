/** The flow over questionnaires as data: scales, branches, ten questions, back over all of it, taps that came too late. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownLevels } from '../../../components/kiosk/levels.ts';
import { isAsked, type Question, type Questionnaire } from '../../../lib/domain/questionnaire.ts';
import { FACTORS, QUICK } from '../../../lib/domain/questionnaires.ts';
import { KIOSK_LANGUAGES, kioskTexts } from '../../../lib/i18n/kiosk/index.ts';
import { advance, freshFlow } from '../../../lib/kiosk/flow.ts';
import type { Flow, FlowEffect, FlowEvent, Rules } from '../../../lib/kiosk/flow-types.ts';
import { meaningOfKey } from '../../../lib/kiosk/keys.ts';
import { progressOf } from '../../../lib/kiosk/progress.ts';
import { RULES } from './rules.ts';

const question = (id: string, over: Partial<Question> = {}): Question => ({
  id,
  scale: 5,
  title: { vi: `Câu ${id}` },
  text: { vi: 'Thế nào?' },
  ...over,
});
/** `why` only after a low first answer; `more` only after a high answer to `why`. */
const BRANCHING: Questionnaire = {
  ...QUICK,
  id: 'branch',
  questions: [
    question('first', { scale: 10 }),
    question('why', { when: { question: 'first', atMost: 4 } }),
    question('more', { scale: 3, when: { question: 'why', atLeast: 4 } }),
    question('last', { scale: 4 }),
  ],
};
const rulesFor = (questionnaire: Questionnaire): Rules => ({ ...RULES, questionnaire });

function play(questionnaire: Questionnaire, events: readonly FlowEvent[]) {
  const rules = rulesFor(questionnaire);
  let flow = freshFlow(rules, 0);
  const effects: FlowEffect[] = [];
  for (const event of events) {
    const step = advance(flow, event, rules);
    flow = step.flow;
    effects.push(...step.effects);
  }
  return { flow, stored: effects.flatMap((one) => (one.type === 'store' ? [one.ended] : [])) };
}

const start: FlowEvent = { type: 'start', now: 0, id: 'a' };
const taps = (...levels: number[]): FlowEvent[] =>
  levels.map((level, at) => ({ type: 'answer', now: (at + 1) * 2_000, level }));
const back = (now: number): FlowEvent => ({ type: 'back', now });
const asked = (questionnaire: Questionnaire, flow: Flow) =>
  flow.screen.name === 'question' ? questionnaire.questions[flow.screen.index]?.id : flow.screen.name;

describe('branching', () => {
  it('asks only what the answers ask for', () => {
    const follows = (...levels: number[]) =>
      asked(BRANCHING, play(BRANCHING, [start, ...taps(...levels)]).flow);
    expect(follows(9)).toBe('last');
    expect(follows(4)).toBe('why');
    expect(follows(4, 3)).toBe('last');
    expect(follows(4, 5)).toBe('more');
    expect(follows(4, 5, 3)).toBe('last');
  });

  it('back leaves no answer of a branch that is no longer taken', () => {
    const { stored } = play(BRANCHING, [
      start,
      ...taps(2, 5, 3),
      back(9_000),
      back(10_000),
      back(11_000),
      { type: 'answer', now: 12_000, level: 10 },
      { type: 'answer', now: 14_000, level: 4 },
    ]);
    expect(stored[0]?.result).toMatchObject({ answers: { first: 10, last: 4 } });
  });

  it('the count of questions only ever falls while a branch is open', () => {
    const at = (answers: Record<string, number>, index: number) => progressOf(BRANCHING, answers, index);
    expect(at({}, 0)).toEqual({ number: 1, of: 4 });
    expect(at({ first: 9 }, 3)).toEqual({ number: 2, of: 2 });
    expect(at({ first: 3 }, 1)).toEqual({ number: 2, of: 4 });
    expect(at({ first: 3, why: 2 }, 3)).toEqual({ number: 3, of: 3 });
  });
});

describe('a tap that was meant for another question', () => {
  it('is nothing: a second finger, or a double tap before the screen has changed', () => {
    const { flow } = play(QUICK, [
      start,
      { type: 'answer', now: 2_000, level: 5, question: 'quality' },
      { type: 'answer', now: 2_001, level: 1, question: 'quality' },
    ]);
    expect(flow.visit?.answers).toEqual({ quality: 5 });
    expect(asked(QUICK, flow)).toBe('attitude');
  });
});

describe('low answers', () => {
  it('however many, lead to one screen of reasons, and back from there to the last question', () => {
    const all = play(FACTORS, [start, ...taps(1, 1, 1, 1, 1)]);
    expect(all.flow.screen.name).toBe('reasons');
    const returned = play(FACTORS, [start, ...taps(1, 1, 1, 1, 1), back(20_000)]);
    expect(asked(FACTORS, returned.flow)).toBe('response');
    const done: FlowEvent[] = [{ type: 'done', now: 20_000, skip: true }];
    expect(play(FACTORS, [start, ...taps(1, 1, 1, 1, 1), ...done]).flow.screen.name).toBe('comment');
  });

  it('are what the question says: its own bound, or that of its scale', () => {
    const only = (one: Partial<Question>): Questionnaire => ({ ...QUICK, questions: [question('q', one)] });
    const screenAfter = (questionnaire: Questionnaire, level: number) =>
      play(questionnaire, [start, ...taps(level)]).flow.screen.name;
    expect([screenAfter(only({ scale: 3 }), 1), screenAfter(only({ scale: 3 }), 2)]).toEqual([
      'reasons',
      'saving',
    ]);
    expect([screenAfter(only({ scale: 10 }), 4), screenAfter(only({ scale: 10 }), 5)]).toEqual([
      'reasons',
      'saving',
    ]);
    expect([screenAfter(only({ low: 3 }), 3), screenAfter(only({ low: 0 }), 1)]).toEqual([
      'reasons',
      'saving',
    ]);
  });
});

describe('a device out of service', () => {
  it('begins no visit, lets the one under way end', () => {
    const rules = { ...rulesFor(QUICK), isClosed: true };
    const fresh = freshFlow(rules, 0);
    expect(advance(fresh, start, rules).flow).toBe(fresh);
    const { flow } = play(QUICK, [start, ...taps(5)]);
    expect(advance(flow, { type: 'answer', now: 9_000, level: 5 }, rules).flow.screen.name).toBe('saving');
  });
});

describe('levels', () => {
  const t = kioskTexts('vi');
  const words = (one: Pick<Question, 'scale' | 'levels'>) =>
    shownLevels(one, 'vi', t).map((level) => level.words);

  it('have a face with always the same words; numbers have words at both ends', () => {
    expect(words({ scale: 3 })).toEqual(['Không hài lòng', 'Bình thường', 'Hài lòng']);
    expect(words({ scale: 4 })).toEqual(['Rất không hài lòng', 'Không hài lòng', 'Hài lòng', 'Rất hài lòng']);
    expect(shownLevels({ scale: 5 }, 'vi', t).map(({ face }) => face)).toEqual([1, 2, 3, 4, 5]);
    const ten = shownLevels({ scale: 10 }, 'vi', t);
    expect(ten.map(({ level, face }) => [level, face])).toEqual(
      Array.from({ length: 10 }, (_, at) => [at + 1, null]),
    );
    expect([ten[0]?.words, ten[4]?.words, ten[9]?.words]).toEqual([
      'Rất không hài lòng',
      null,
      'Rất hài lòng',
    ]);
  });

  it('take the questionnaire’s own words where it has some', () => {
    const levels = [{ vi: 'Chậm' }, { vi: 'Vừa' }, { vi: 'Nhanh', en: 'Fast' }];
    expect(words({ scale: 3, levels })).toEqual(['Chậm', 'Vừa', 'Nhanh']);
    expect(shownLevels({ scale: 3, levels }, 'en', kioskTexts('en')).at(-1)?.words).toBe('Fast');
  });

  it('a keyboard has a digit for each, ten by zero', () => {
    const { flow } = play(BRANCHING, [start]);
    const meaning = (key: string) => meaningOfKey(key, flow, rulesFor(BRANCHING), () => 'x');
    expect([meaning('1'), meaning('0')]).toEqual([
      { type: 'answer', level: 1 },
      { type: 'answer', level: 10 },
    ]);
  });
});

describe('languages', () => {
  it('are the files of the folder, Vietnamese first, every text in each', () => {
    const folder = new URL('../../../lib/i18n/kiosk/', import.meta.url);
    const files = readdirSync(folder).filter((name) => /^[a-z]{2,3}\.ts$/.test(name));
    expect(KIOSK_LANGUAGES.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
    expect(KIOSK_LANGUAGES[0]).toEqual({ id: 'vi', name: 'Tiếng Việt' });
    expect(kioskTexts('blt')('skip')).toBe('Bỏ qua');
  });
});

describe('any way through any questionnaire', () => {
  const TEN: Questionnaire = {
    ...FACTORS,
    questions: Array.from({ length: 10 }, (_, at) =>
      question(`q${at}`, {
        scale: ([3, 4, 5, 10] as const)[at % 4]!,
        ...(at > 0 && at % 3 === 0 ? { when: { question: `q${at - 1}`, atMost: 2 } } : {}),
      }),
    ),
  };
  const act = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ type: fc.constant('answer'), level: fc.integer({ min: 1, max: 10 }) }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('back') }) },
    fc.record({ type: fc.constant('done'), skip: fc.boolean() }),
    fc.record({ type: fc.constant('reason'), id: fc.constantFrom('slow', 'rude', 'money') }),
    fc.record({ type: fc.constant('comment'), comment: fc.constant(null) }),
    fc.record({ type: fc.constant('start'), id: fc.constant('b') }),
  );

  it('a completed one has exactly the answers that were asked for, each within its scale', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
        const events = acts.map((one, at) => ({ ...one, now: at * 1_000 }) as FlowEvent);
        for (const { result } of play(TEN, [start, ...events]).stored) {
          if (result.outcome !== 'completed') continue;
          const due = TEN.questions.filter((one) => isAsked(one, result.answers));
          expect(Object.keys(result.answers).sort()).toEqual(due.map(({ id }) => id).sort());
          for (const { id, scale } of due) expect(result.answers[id]).toBeLessThanOrEqual(scale);
          expect(result.reasons.length).toBeLessThanOrEqual(TEN.maxReasons);
        }
      }),
      { numRuns: 200 },
    );
  });
});
