/** Thanks are short for who reads and longer for who listens. */
import { expect, it } from 'vitest';
import { advance, freshFlow, nextDeadline } from '../../../lib/kiosk/flow.ts';
import type { Flow, FlowEvent } from '../../../lib/kiosk/flow-types.ts';
import { RULES } from './rules.ts';

/** A visit that ended well, one second a step; `after` the thanks came up. */
function thanked(after: readonly FlowEvent['type'][]): Flow {
  const events = [
    { type: 'start', id: 'v1' },
    { type: 'answer', level: 5 },
    { type: 'answer', level: 5 },
    { type: 'stored', ids: ['v1'] },
    ...after.map((type) => ({ type })),
  ];
  return events.reduce(
    (flow, event, second) => advance(flow, { ...event, now: second * 1_000 } as FlowEvent, RULES).flow,
    freshFlow(RULES, 0),
  );
}

it('the loudspeaker pressed on the thanks keeps them until they are heard', () => {
  expect(thanked([]).screen.name).toBe('thanks');
  expect(nextDeadline(thanked([]), RULES)).toBe(3_000 + 8_000);
  expect(nextDeadline(thanked(['touch']), RULES)).toBe(3_000 + 8_000);
  expect(nextDeadline(thanked(['spoke']), RULES)).toBe(4_000 + 24_000);
});
