/**
 * The one merge as a function of a set: order, repetition, overlap and early voids change nothing (issue, acceptance 4).
 * The reference below is written another way (per fact: the best sighting that knows it), not by folding.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayPart } from '../../../lib/domain/dates.ts';
import type { Facts } from '../../../lib/domain/entry.ts';
import { flowName, flowsOf, sumFlows } from '../../../lib/domain/flows.ts';
import {
  type DossierRow,
  entryName,
  groupByKeys,
  mergeDossier,
  type Sighting,
} from '../../../lib/domain/merge.ts';
import { STATUSES } from '../../../lib/domain/vocabulary.ts';

const BASE = Date.parse('2026-09-14T00:00:00.000Z');
const HOUR = 3_600_000;
const keyOf = (epoch: string, dossier: number) => `${epoch}:${String(dossier).padStart(22, 'K')}`;

/** How often each kind of case really came up, over all runs of this file. */
const seen = {
  differingValues: 0,
  equalTimes: 0,
  clockOffsets: 0,
  impossibleDates: 0,
  movedPeriods: 0,
  rotations: 0,
  repeats: 0,
  voids: 0,
  voidsBeforeTargets: 0,
  staleUnfinished: 0,
  intervals: 0,
  printed: 0,
};

const hours = fc.integer({ min: 0, max: 60 });
const anyDay = fc.constantFrom(
  '2001-01-01',
  '2026-09-13',
  '2026-09-14',
  '2026-09-15',
  '2026-09-16',
  '2039-01-01',
);
const mostFacts: fc.Arbitrary<Facts> = fc.record(
  {
    status: fc.constantFrom(...STATUSES, 'processing', 'processing', 'finished', 'finished'),
    channel: fc.constantFrom('online' as const, 'counter' as const, 'post' as const),
    received: anyDay,
    due: fc.oneof(anyDay, fc.constant(null)),
    paidBy: fc.constantFrom('online' as const, 'cash' as const, 'unpaid' as const, 'unknownMeans' as const),
    fee: fc.boolean(),
    supplements: fc.integer({ min: 0, max: 3 }),
    procedure: fc.constantFrom('1.000001', '1.000002'),
    agency: fc.constantFrom('UBND xã A', 'UBND xã B'),
  },
  { requiredKeys: [] },
);
/** A printed finishing day is rare on lists, so that intervals come up as well. */
const anyFacts: fc.Arbitrary<Facts> = fc
  .tuple(mostFacts, fc.nat({ max: 14 }), anyDay)
  .map(([facts, chance, finished]) => (chance === 0 ? { ...facts, finished } : facts));

const anyBody = fc
  .record({
    dossier: fc.integer({ min: 1, max: 3 }),
    epochs: fc.constantFrom(['e1'], ['e2'], ['e2', 'e1']),
    system: fc.constantFrom('mot-cua', 'dvcqg'),
    rank: fc.constantFrom(1, 2, 2, 4),
    read: hours,
    wait: fc.integer({ min: 0, max: 20 }),
    facts: anyFacts,
    remembered: fc.option(hours),
  })
  .map(({ dossier, epochs, system, rank, read, wait, facts, remembered }) => ({
    keys: epochs.map((epoch) => keyOf(epoch, dossier)),
    system,
    pack: 'igate2@1.0.0',
    page: 'list',
    rank,
    locator: 0,
    seen: new Date(BASE + read * HOUR).toISOString(),
    arrived: new Date(BASE + (read - wait) * HOUR).toISOString(),
    codeDay: '2026-09-13',
    facts,
    ...(remembered === null ? {} : { lastUnfinishedAt: new Date(BASE + remembered * HOUR).toISOString() }),
  }));

const anySighting: fc.Arbitrary<Sighting> = fc.record({
  device: fc.constantFrom('d1', 'd2'),
  stream: fc.constantFrom(1, 2),
  seq: fc.constant(0),
  offset: fc.constantFrom(0, 0, 0, HOUR, -2 * HOUR),
  body: anyBody,
});
/** Sightings of up to three dossiers by up to four streams, numbered without repeats. */
const anySet = fc
  .array(anySighting, { minLength: 1, maxLength: 14 })
  .map((all) => all.map((one, index) => ({ ...one, seq: index + 1 })));

/** A shuffle of the indexes of a list, some of them twice. */
const anyOrder = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 40, maxLength: 40 });
function shuffled<T>(items: readonly T[], order: readonly number[], again = 0): T[] {
  const more = [...items, ...items.slice(0, again)];
  return more
    .map((item, index) => ({ item, at: order[index % order.length]! + index * 1e-9 }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const rows = (sightings: readonly Sighting[]): DossierRow[] =>
  groupByKeys(sightings)
    .map((group) => mergeDossier(group)!)
    .sort((a, b) => (a.keys[0]! < b.keys[0]! ? -1 : 1));

const timeOf = (one: Sighting, iso = one.body.seen) => Date.parse(iso) + one.offset;

/** True when `a` stands behind `b` in the order of trust. */
function outranks(a: Sighting, b: Sighting): boolean {
  if (a.body.rank !== b.body.rank) return a.body.rank > b.body.rank;
  const [loaded, other] = [timeOf(a, a.body.arrived), timeOf(b, b.body.arrived)];
  if (loaded !== other) return loaded > other;
  if (timeOf(a) !== timeOf(b)) return timeOf(a) > timeOf(b);
  if (a.device !== b.device) return a.device > b.device;
  if (a.stream !== b.stream) return a.stream > b.stream;
  return a.seq > b.seq;
}

function best(candidates: readonly Sighting[]): Sighting | undefined {
  return candidates.find((one) => candidates.every((other) => other === one || outranks(one, other)));
}

const isPossible = (value: unknown) =>
  value === null || (dayPart(value as string) >= '2026-09-13' && dayPart(value as string) <= '2036-12-31');

/** The value a fact must have: that of the best sighting which knows a possible one. */
function expectedFact(group: readonly Sighting[], name: keyof Facts): unknown {
  const isDate = name === 'received' || name === 'due' || name === 'finished' || name === 'returned';
  const knowing = group.filter(({ body }) => {
    const value = body.facts[name];
    return value !== undefined && (!isDate || isPossible(value));
  });
  if (name === 'supplements') {
    return knowing.length === 0 ? undefined : Math.max(...knowing.map((one) => one.body.facts.supplements!));
  }
  if (name === 'paidBy') return expectedPayment(knowing);
  return best(knowing)?.body.facts[name];
}

/** The best means; "paid" without how counts only when the last better word before it was no means. */
function expectedPayment(knowing: readonly Sighting[]): unknown {
  const top = best(knowing);
  if (top?.body.facts.paidBy !== 'unknownMeans') return top?.body.facts.paidBy;
  const clear = best(knowing.filter((one) => one.body.facts.paidBy !== 'unknownMeans'))?.body.facts.paidBy;
  return clear === 'online' || clear === 'cash' || clear === 'transfer' ? clear : 'unknownMeans';
}

function countCases(set: readonly Sighting[]): void {
  for (const group of groupByKeys(set)) {
    const values = new Set(group.flatMap(({ body }) => body.facts.channel ?? []));
    seen.differingValues += Number(values.size > 1);
    seen.equalTimes += Number(new Set(group.map((one) => timeOf(one))).size < group.length);
    const epochs = new Set(group.flatMap(({ body }) => body.keys.map((key) => key.slice(0, 2))));
    const isJoined = group.some(({ body }) => body.keys.length === 1) && epochs.size > 1;
    seen.rotations += Number(isJoined);
    const row = mergeDossier(group)!;
    seen.impossibleDates += Number(row.flags.some((flag) => flag.startsWith('impossible')));
    seen.intervals += Number(row.finish.kind === 'between');
    seen.printed += Number(row.finish.kind === 'printed');
    if (row.finish.kind === 'between') {
      const { to } = row.finish;
      seen.staleUnfinished += Number(
        group.some(
          ({ offset, body }) => body.facts.status === 'processing' && Date.parse(body.arrived) + offset > to,
        ),
      );
    }
  }
  seen.clockOffsets += Number(set.some((one) => one.offset !== 0));
}

it('is a function of the set: order and repetition change no row', () => {
  fc.assert(
    fc.property(anySet, anyOrder, fc.nat({ max: 14 }), (set, order, again) => {
      countCases(set);
      seen.repeats += Number(again > 0);
      expect(rows(shuffled(set, order, again))).toEqual(rows(set));
    }),
    { numRuns: 400 },
  );
});

it('every fact is that of the best sighting that knows it; nothing is invented', () => {
  fc.assert(
    fc.property(anySet, (set) => {
      for (const group of groupByKeys(set)) {
        const { facts, finish } = mergeDossier(group)!;
        const names = new Set([
          ...Object.keys(facts),
          ...group.flatMap(({ body }) => Object.keys(body.facts)),
        ]);
        names.delete('status');
        for (const name of names)
          expect(facts[name as keyof Facts], name).toEqual(expectedFact(group, name as keyof Facts));
        const status = best(group.filter(({ body }) => body.facts.status !== undefined))?.body.facts.status;
        const early = ['registered', 'received', 'processing', 'supplementing', 'awaitingPayment'];
        const isOpen = early.includes(status ?? '');
        const isOver = group.some(({ body }) => ['finished', 'returned'].includes(body.facts.status ?? ''));
        if (isOpen && isOver) expect(['finished', 'returned']).toContain(facts.status);
        else expect(facts.status).toBe(status);
        if (facts.status === 'withdrawn' || facts.status === 'refused') expect(finish.kind).toBe('none');
        if (finish.kind === 'between' && finish.from !== null) expect(finish.from).toBeLessThan(finish.to);
      }
    }),
    { numRuns: 400 },
  );
});

it('the finish interval: first seen finished, and the latest proof of being unfinished before it', () => {
  fc.assert(
    fc.property(anySet, (set) => {
      for (const group of groupByKeys(set)) {
        const { finish } = mergeDossier(group)!;
        if (finish.kind !== 'between') continue;
        const systems = [...new Set(group.map((one) => one.body.system))];
        const bounds = systems.flatMap((system) => {
          const own = group.filter((one) => one.body.system === system);
          const ends = own
            .filter(({ body }) => ['finished', 'returned'].includes(body.facts.status ?? ''))
            .map((one) => timeOf(one));
          if (ends.length === 0) return [];
          const to = Math.min(...ends);
          const proofs = own.flatMap((one) => [
            ...(one.body.lastUnfinishedAt === undefined ? [] : [timeOf(one, one.body.lastUnfinishedAt)]),
            ...(['received', 'processing', 'supplementing', 'awaitingPayment'].includes(
              one.body.facts.status ?? '',
            )
              ? [timeOf(one, one.body.arrived)]
              : []),
          ]);
          const earlier = proofs.filter((time) => time < to);
          const rank = Math.max(...own.map((one) => one.body.rank));
          return [{ rank, to, from: earlier.length > 0 ? Math.max(...earlier) : null }];
        });
        const most = Math.max(...bounds.map((one) => one.rank));
        const trusted = bounds
          .filter((one) => one.rank === most)
          .sort((a, b) => a.to - b.to || (b.from ?? -1) - (a.from ?? -1));
        expect(finish).toEqual({ kind: 'between', from: trusted[0]!.from, to: trusted[0]!.to });
      }
    }),
    { numRuns: 400 },
  );
});

it('a void may come before its target: what is left is the set without it', () => {
  fc.assert(
    fc.property(anySet, fc.array(fc.nat({ max: 13 }), { maxLength: 5 }), anyOrder, (set, picks, order) => {
      const voided = new Set(picks.flatMap((pick) => (set[pick] ? [entryName(set[pick])] : [])));
      type Arrival = { readonly sighting: Sighting } | { readonly voids: string };
      const arrivals: Arrival[] = shuffled<Arrival>(
        [...set.map((sighting) => ({ sighting })), ...[...voided].map((voids) => ({ voids }))],
        order,
      );
      // A store of the two sets, filled in the order of arrival, as hub and unit page do.
      const sightings = new Map<string, Sighting>();
      const retracted = new Set<string>();
      for (const one of arrivals) {
        if ('voids' in one) {
          seen.voids += 1;
          seen.voidsBeforeTargets += Number(!sightings.has(one.voids));
          retracted.add(one.voids);
        } else sightings.set(entryName(one.sighting), one.sighting);
      }
      const left = [...sightings.values()].filter((one) => !retracted.has(entryName(one)));
      expect(rows(left)).toEqual(rows(set.filter((one) => !voided.has(entryName(one)))));
    }),
    { numRuns: 300 },
  );
});

it('roll-ups kept by difference equal those computed anew, also when a date moves to another period', () => {
  const sums = (all: readonly DossierRow[]) =>
    new Map(sumFlows(all.flatMap((row) => flowsOf(row, 'u1'))).map((flow) => [flowName(flow), flow.n]));
  fc.assert(
    fc.property(anySet, anyOrder, (set, order) => {
      const kept = new Map<string, number>();
      let arrived: Sighting[] = [];
      let before: DossierRow[] = [];
      for (const one of shuffled(set, order, 3)) {
        arrived = [...arrived, one];
        const after = rows(arrived);
        for (const [name, n] of sums(before)) kept.set(name, (kept.get(name) ?? 0) - n);
        for (const [name, n] of sums(after)) kept.set(name, (kept.get(name) ?? 0) + n);
        const period = (all: DossierRow[]) =>
          all.map(({ facts }) => (facts.received ?? '') >= '2026-09-15').join();
        seen.movedPeriods += Number(after.length === before.length && period(before) !== period(after));
        before = after;
      }
      const left = new Map([...kept].filter(([, n]) => n !== 0));
      expect(left).toEqual(sums(rows(set)));
      for (const row of rows(set)) {
        const received = flowsOf(row, 'u1').filter((flow) => flow.measure.startsWith('received:'));
        const finished = flowsOf(row, 'u1').filter((flow) => flow.measure.startsWith('finished:'));
        expect(received.length, 'one dossier is received once').toBeLessThanOrEqual(1);
        expect(finished.length, 'and finished once').toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 200 },
  );
});

it('groupByKeys is the closure of shared keys', () => {
  const keys = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 14 }), anyOrder, (lists, order) => {
      const items = lists.map((list, id) => ({ id, body: { keys: list.map((key) => keyOf('e1', key)) } }));
      // Reference: merge sets that touch until none does.
      let sets = items.map(({ id, body }) => ({ ids: new Set([id]), keys: new Set(body.keys) }));
      for (let changed = true; changed; ) {
        changed = false;
        for (const a of sets) {
          const b = sets.find((other) => other !== a && [...other.keys].some((key) => a.keys.has(key)));
          if (!b) continue;
          for (const id of b.ids) a.ids.add(id);
          for (const key of b.keys) a.keys.add(key);
          sets = sets.filter((other) => other !== b);
          changed = true;
          break;
        }
      }
      const shape = (groups: number[][]) => groups.map((ids) => [...ids].sort((a, b) => a - b).join()).sort();
      const found = groupByKeys(shuffled(items, order)).map((group) => group.map((one) => one.id));
      expect(shape(found)).toEqual(shape(sets.map((one) => [...one.ids])));
    }),
    { numRuns: 300 },
  );
});

it('the generators really made every kind of case', () => {
  for (const [name, count] of Object.entries(seen)) expect(count, name).toBeGreaterThan(0);
});
