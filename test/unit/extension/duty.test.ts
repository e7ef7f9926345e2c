import { beforeEach, describe, expect, it } from 'vitest';
import { addPerson, type DutyDeps, onDuty, removePerson, takeDuty } from '../../../lib/extension/duty.ts';
import { localSettings, sessionSettings } from '../../../lib/extension/settings.ts';
import { memoryArea } from '../../../lib/extension/store.ts';

let deps: DutyDeps;
let local: ReturnType<typeof memoryArea>;
let session: ReturnType<typeof memoryArea>;
let now: number;

/** The same rooms as a worker that has just been started would open them. */
function fresh(): DutyDeps {
  const { people } = localSettings(local);
  const { duty, attempts } = sessionSettings(session);
  return { people, duty, attempts, clock: () => now };
}

beforeEach(() => {
  local = memoryArea();
  session = memoryArea();
  now = 1_000_000;
  deps = fresh();
});

const personOf = async (name: string) => (await deps.people.get()).find((one) => one.name === name)!;

describe('duty', () => {
  it('whoever is added is on duty, also for a worker started anew', async () => {
    await addPerson(deps, '  Nguyễn   Thị Mẫu ', '2468');
    expect(await onDuty(fresh())).toMatchObject({ name: 'Nguyễn Thị Mẫu' });
  });

  it('keeps no PIN and derives no id from the name', async () => {
    await addPerson(deps, 'Nguyễn Thị Mẫu', '2468');
    const stored = JSON.stringify([...local.items]);
    expect(stored).not.toContain('2468');
    const { id } = await personOf('Nguyễn Thị Mẫu');
    expect(id).toMatch(/^p_[0-9a-f]{16}$/);
  });

  it('changes by PIN only; a closed browser forgets who it was', async () => {
    await addPerson(deps, 'A', '1111');
    await addPerson(deps, 'B', '2222');
    const a = await personOf('A');
    expect(await takeDuty(deps, a.id, '2222')).toEqual({ ok: false, code: 'wrongPin' });
    expect((await onDuty(deps))?.name).toBe('B');
    expect(await takeDuty(deps, a.id, '1111')).toEqual({ ok: true });
    expect((await onDuty(deps))?.name).toBe('A');
    session = memoryArea();
    expect(await onDuty(fresh())).toBeNull();
  });

  it('makes a minute pass after five wrong PINs, even for the right one and a new worker', async () => {
    await addPerson(deps, 'A', '1111');
    const { id } = await personOf('A');
    for (let tries = 0; tries < 5; tries += 1) await takeDuty(fresh(), id, '0000');
    expect(await takeDuty(fresh(), id, '1111')).toEqual({ ok: false, code: 'wait' });
    now += 60_001;
    expect(await takeDuty(fresh(), id, '1111')).toEqual({ ok: true });
  });

  it('refuses a second person of the same name, and lets a name be used again after it was removed', async () => {
    await addPerson(deps, 'A', '1111');
    const first = await personOf('A');
    expect(await addPerson(deps, 'A', '3333')).toEqual({ ok: false, code: 'nameTaken' });
    await removePerson(deps, first.id);
    expect(await onDuty(deps)).toBeNull();
    expect(await takeDuty(deps, first.id, '1111')).toEqual({ ok: false, code: 'unknownPerson' });
    expect(await addPerson(deps, 'A', '3333')).toEqual({ ok: true });
    expect((await onDuty(deps))?.id).not.toBe(first.id);
  });
});
