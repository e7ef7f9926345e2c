/** Questionnaires as data: branching, reasons, comments, and what is refused with the name of the field. */
import { describe, expect, it } from 'vitest';
import {
  asksComment,
  asksReasons,
  nextQuestion,
  type Question,
  type Questionnaire,
  questionnaireRef,
  wordsIn,
} from '../../../lib/domain/questionnaire.ts';
import { readQuestionnaire } from '../../../lib/domain/questionnaire-schema.ts';
import { FACTORS, OWN_QUESTIONNAIRES, QUICK } from '../../../lib/domain/questionnaires.ts';

const question = (id: string, more: Partial<Question> = {}): Question => ({
  id,
  scale: 5,
  title: { vi: `Mục ${id}` },
  text: { vi: `Câu hỏi ${id}` },
  ...more,
});
const asking = (...questions: Question[]): Questionnaire => ({ ...QUICK, id: 'thu', questions });

describe('the questionnaires that come with the product', () => {
  it('are the quick one (two questions of five levels, six reasons of which two) and the five factors', () => {
    expect(OWN_QUESTIONNAIRES.map(questionnaireRef)).toEqual(['quick@2', 'factors@1']);
    expect(QUICK.questions.map(({ id, scale }) => [id, scale])).toEqual([
      ['quality', 5],
      ['attitude', 5],
    ]);
    expect([QUICK.reasons.length, QUICK.maxReasons, FACTORS.questions.length]).toEqual([6, 2, 5]);
    for (const one of OWN_QUESTIONNAIRES) {
      expect(readQuestionnaire(structuredClone(one))).toEqual({ ok: true, questionnaire: one });
    }
  });

  it('name staff "cán bộ", never call themselves SIPAS, and have every text in both languages', () => {
    for (const { name, questions, reasons } of OWN_QUESTIONNAIRES) {
      const asked = [...questions.map((one) => one.text), ...reasons.map((one) => one.text)];
      for (const text of [name, ...questions.map((one) => one.title), ...asked]) {
        expect(wordsIn(text, 'en')).not.toBe(text.vi);
        expect(Object.values(text).join(' ')).not.toMatch(/sipas|ki-ốt/i);
        expect(wordsIn(text, 'tai')).toBe(text.vi);
      }
      for (const text of asked) expect(text.vi).not.toMatch(/công chức|viên chức/i);
    }
  });
});

describe('the way through a questionnaire', () => {
  const branching = asking(
    question('a'),
    question('why', { when: { question: 'a', atMost: 2 } }),
    question('praise', { when: { question: 'a', atLeast: 4 } }),
    question('more', { when: { question: 'why', atMost: 1 } }),
    question('b', { scale: 10 }),
  );
  const way = (answers: Record<string, number>) => {
    const index = nextQuestion(branching, answers);
    return index === null ? null : branching.questions[index]?.id;
  };

  it('asks only what the answers before ask for', () => {
    expect(way({})).toBe('a');
    expect(way({ a: 1 })).toBe('why');
    expect(way({ a: 1, why: 1 })).toBe('more');
    expect(way({ a: 1, why: 2 })).toBe('b');
    expect(way({ a: 3 })).toBe('b');
    expect(way({ a: 4 })).toBe('praise');
    expect(way({ a: 3, b: 10 })).toBeNull();
  });

  it('asks for reasons and words after a low answer, by scale or by the question itself', () => {
    expect(asksReasons(QUICK, { quality: 5, attitude: 2 })).toBe(true);
    expect(asksReasons(QUICK, { quality: 3, attitude: 3 })).toBe(false);
    expect(asksReasons(asking(question('a', { scale: 3 })), { a: 2 })).toBe(false);
    expect(asksReasons(asking(question('a', { scale: 10 })), { a: 4 })).toBe(true);
    expect(asksReasons(asking(question('a', { low: 3 })), { a: 3 })).toBe(true);
    expect(asksReasons(asking(question('a', { low: 0 })), { a: 1 })).toBe(false);
    expect(asksReasons({ ...QUICK, maxReasons: 0 }, { quality: 1 })).toBe(false);
    expect([asksComment(QUICK, { quality: 5 }), asksComment(QUICK, { quality: 1 })]).toEqual([false, true]);
    expect([
      asksComment(FACTORS, { access: 5 }),
      asksComment({ ...QUICK, comment: 'never' }, { quality: 1 }),
    ]).toEqual([true, false]);
  });
});

describe("a hub's questionnaire", () => {
  const own = { ...QUICK, id: 'nghean', version: 3, maxReasons: 1 };
  it.each<[string, string, unknown]>([
    ['nothing', 'questionnaire', null],
    ['no version', 'version', { ...own, version: undefined }],
    ['no questions', 'questions', { ...own, questions: [] }],
    [
      'eleven questions',
      'questions',
      { ...own, questions: Array.from({ length: 11 }, (_, at) => question(`q${at}`)) },
    ],
    ['a scale of six', 'questions.0.scale', { ...own, questions: [{ ...question('a'), scale: 6 }] }],
    [
      'no Vietnamese',
      'questions.0.title.vi',
      { ...own, questions: [{ ...question('a'), title: { en: 'A' } }] },
    ],
    [
      'an unknown picture',
      'reasons.0.picture',
      { ...own, reasons: [{ ...own.reasons[0], picture: 'photo' }] },
    ],
    ['a question twice', 'questions.1.id', asking(question('a'), question('a'))],
    ['a reason twice', 'reasons.1.id', { ...own, reasons: [own.reasons[0], own.reasons[0]] }],
    [
      'too few levels',
      'questions.0.levels',
      asking(question('a', { levels: [{ vi: 'Kém' }, { vi: 'Tốt' }] })),
    ],
    ['every answer low', 'questions.0.low', asking(question('a', { low: 5 }))],
    [
      'a branch on a later question',
      'questions.0.when.question',
      asking(question('a', { when: { question: 'b' } }), question('b')),
    ],
    [
      'a branch that never holds',
      'questions.1.when',
      asking(question('a', { scale: 3 }), question('b', { when: { question: 'a', atLeast: 4 } })),
    ],
  ])('with %s is refused at %s', (_, field, raw) => {
    expect(readQuestionnaire(raw)).toMatchObject({ ok: false, field });
  });

  it('of our own kind is read as it is', () => {
    expect(readQuestionnaire(structuredClone(own))).toEqual({ ok: true, questionnaire: own });
  });
});
