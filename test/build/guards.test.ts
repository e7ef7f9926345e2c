/** Every trap's test fails when its guard is removed (host-pages, appendix B). */
import { expect, it } from 'vitest';
import { GUARDS, removeGuard } from '../faults/guards.ts';

it('there is a guard for each of the 24 traps', () => {
  expect(GUARDS.map(({ trap }) => trap)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1));
});

it.concurrent.each(GUARDS)('trap $trap is seen without its guard: $what', async (guard) => {
  const { outcome, output } = await removeGuard(guard);
  expect(outcome, output).toBe('red');
});
