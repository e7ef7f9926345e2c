/** Published group scores of two provinces come out again to two decimals (national portal, 2026-10-10). */
import { describe, expect, it } from 'vitest';
import { type Decision766Inputs, scoreDecision766 } from '../../../lib/indicators/decision-766.ts';
import published from '../../fixtures/decision-766-published.json' with { type: 'json' };

const provinces = published.provinces as unknown as (Decision766Inputs & {
  province: string;
  publishedTotal: number;
  publishedGroups: Record<string, number>;
})[];

describe.each(provinces)('$province', ({ publishedGroups, publishedTotal, province: _, ...inputs }) => {
  const result = scoreDecision766(inputs);

  it.each(['transparency', 'progress', 'onlineServices', 'digitisation', 'satisfaction'] as const)(
    'reproduces the published score of %s',
    (group) => {
      expect(result.groups[group]).toBe(publishedGroups[group]);
    },
  );

  it('leaves the payment group null: one input was not published; its known part is within the published score', () => {
    expect(result.groups.onlinePayment).toBeNull();
    expect(result.total).toBeNull();
    const known = result.metrics
      .filter(({ group }) => group === 'onlinePayment')
      .reduce((sum, { score }) => sum + (score ?? 0), 0);
    const missing = publishedGroups.onlinePayment! - known;
    expect(missing).toBeGreaterThanOrEqual(0);
    expect(missing).toBeLessThanOrEqual(2);
  });

  it('sums to the published total when the payment score is given in place of its inputs', () => {
    const whole = scoreDecision766({
      ...inputs,
      onlinePaymentPublishedScore: publishedGroups.onlinePayment!,
    });
    expect(whole.total).toBeCloseTo(publishedTotal, 10);
  });
});

describe('rules at the edges', () => {
  const inputs = provinces[0]!;

  it('scores petitions in full when there was none', () => {
    const { metrics } = scoreDecision766({
      ...inputs,
      satisfaction: { ...inputs.satisfaction, petitions: 0, petitionsOnTime: 0, petitionsSatisfied: 0 },
    });
    expect(metrics.filter(({ id }) => id === '5.2' || id === '5.3').map(({ score }) => score)).toEqual([
      6, 6,
    ]);
  });

  it('caps a metric at its maximum and rounds half up', () => {
    const { metrics } = scoreDecision766({
      ...inputs,
      onlineServices: { proceduresOnline: [9, 10], servicesWithDossiers: [1, 800], dossiersOnline: [1, 2] },
    });
    const score = (id: string) => metrics.find((one) => one.id === id)!.score;
    expect([score('3.1'), score('3.2'), score('3.3')]).toEqual([2, 0.01, 6]);
  });

  it('refuses what is not a count', () => {
    expect(() => scoreDecision766({ ...inputs, progress: { received: 10, onTime: -1 } })).toThrow(RangeError);
  });
});
