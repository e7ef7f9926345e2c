/** Sums of closed groups as the view of ratings shows them. */
import { describe, expect, it } from 'vitest';
import { chosenCells, questionSums, reasonSums } from '../../../components/dashboard/feedback/sums.ts';
import { QUICK } from '../../../lib/domain/questionnaires.ts';
import { cell, RATINGS } from './feedback-sample.ts';

describe('sums of closed groups', () => {
  it('leave out what is set apart, and put levels to the scale that was asked', () => {
    const chosen = chosenCells(RATINGS.cells, { source: null, counter: null });
    expect(chosen).toHaveLength(2);
    const [quality, attitude] = questionSums(chosen, [QUICK]);
    expect(quality).toMatchObject({
      levels: [2, 1, 2, 5, 8],
      all: 18,
      low: 3,
      lowLevel: 2,
      top: 13,
      groups: 3,
    });
    expect(attitude).toMatchObject({ levels: [1, 0, 0, 2, 15], all: 18, low: 1 });
    expect(reasonSums(chosen, [QUICK]).map(({ id, count }) => [id, count])).toEqual([
      ['slow', 3],
      ['papers', 1],
    ]);
  });

  it('know three, four and ten levels, and an unknown questionnaire', () => {
    const asked = (scale: 3 | 4 | 10) => [{ ...QUICK, questions: [{ ...QUICK.questions[0]!, scale }] }];
    const sum = (scale: 3 | 4 | 10, quality: number[]) =>
      questionSums([cell({ levels: { quality } })], asked(scale))[0]!;
    expect(sum(3, [1, 2])).toMatchObject({ levels: [1, 2, 0], low: 1, topLevel: 3, top: 0 });
    expect(sum(4, [1, 2, 0, 5])).toMatchObject({ low: 3, topLevel: 3, top: 5 });
    expect(sum(10, [0, 0, 0, 1, 9])).toMatchObject({ scale: 10, low: 1, topLevel: 9, top: 0 });
    expect(questionSums([cell({ levels: { x: [0, 0, 0, 0, 0, 4] } })], [])[0]).toMatchObject({
      asked: null,
      scale: 10,
      all: 4,
    });
  });

  it('keep versions of a questionnaire apart', () => {
    const sums = questionSums([cell(), cell({ questionnaire: 'quick@1' })], [QUICK]);
    expect(sums.map(({ questionnaire, question }) => `${questionnaire} ${question}`)).toEqual([
      'quick@2 quality',
      'quick@2 attitude',
      'quick@1 quality',
      'quick@1 attitude',
    ]);
  });
});
