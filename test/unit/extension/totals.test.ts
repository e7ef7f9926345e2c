/** Figures of portals, reports to send and suggestions in the worker: what is written, what is kept, what is refused. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Unit, unitFinder } from '../../../lib/domain/unit.ts';
import { readMessage } from '../../../lib/extension/message-schema.ts';
import type { WorkerView } from '../../../lib/extension/messages.ts';
import { makeWorld, ORIGIN, own, ready, type World } from './world.ts';

const context = { pack: 'td-antd@0.2.0', page: 'totals-by-unit', rank: 2 };
const one = {
  rule: 'by-unit',
  unit: 'UBND xã Mẫu',
  from: '2026-01-01',
  to: '2026-01-10',
  figures: { received: 5 },
};
const totals = (counter: number, ...sets: readonly object[]) => ({
  type: 'page-worker/totals',
  ref: { document: 'doc', counter },
  context,
  totals: sets.length > 0 ? sets : [one],
});
let world: World;
const written = async () => (await world.entries()).filter((entry) => entry.kind === 'officialTotal');

beforeEach(async () => {
  world = makeWorld();
  await ready(world);
});

describe('totals', () => {
  it('are written once, with system, source, period and printed unit; again only when they changed', async () => {
    expect(await world.say(totals(1))).toMatchObject({ stored: true, counted: 0 });
    expect(await world.say(totals(2))).toMatchObject({ stored: true });
    await world.say(totals(3, { ...one, figures: { received: 6 } }, { ...one, to: '2026-01-31' }));
    const bodies = (await written()).map(({ body }) => body);
    expect(bodies).toHaveLength(3);
    expect(bodies[0]).toEqual({
      system: bodies[0]!.system,
      unit: 'UBND xã Mẫu',
      from: '2026-01-01',
      to: '2026-01-10',
      figures: { received: 5 },
      source: 'td-antd@0.2.0:by-unit',
    });
    expect(bodies.slice(1).map(({ to, figures }) => [to, figures])).toEqual([
      ['2026-01-10', { received: 6 }],
      ['2026-01-31', { received: 5 }],
    ]);
  });

  it('the same message again finds its entries, and a store that fails is asked again', async () => {
    world.state.appendFails = true;
    expect(await world.say(totals(1))).toMatchObject({ stored: false, isFinal: false });
    world.state.appendFails = false;
    await world.say(totals(1));
    await world.say(totals(1));
    expect(await written()).toHaveLength(1);
  });

  it('a new day writes them anew; a pause, an unbound host and our own pages do not', async () => {
    await world.say(totals(1));
    world.state.now += 24 * 3_600_000;
    await world.say(totals(2));
    expect(await written()).toHaveLength(2);
    expect(await world.say(totals(3), own)).toMatchObject({ ok: false, code: 'notAllowed' });
    expect(
      await world.say(totals(4), { origin: 'https://khac.example', tab: 1, frame: 0, isOwnPage: false }),
    ).toMatchObject({ stored: false, reason: 'hostNotBound' });
    await world.say({ type: 'panel-worker/pause', paused: true });
    expect(await world.say(totals(5, { ...one, figures: { received: 9 } }))).toMatchObject({
      reason: 'paused',
    });
    expect(await written()).toHaveLength(2);
  });

  it.each([
    ['an unknown figure', { ...one, figures: { applicants: 5 } }],
    ['a negative figure', { ...one, figures: { received: -1 } }],
    ['a period backwards', { ...one, from: '2026-02-01' }],
    ['a day the calendar lacks', { ...one, to: '2026-02-31' }],
    ['more than it may say', { ...one, applicant: 'x' }],
  ])('%s is refused', (_, set) => {
    expect(readMessage(totals(1, set))).toMatchObject({ ok: false, type: 'page-worker/totals' });
  });

  it('a unit with a long name is found again where only one can be meant', async () => {
    const name = `Ủy ban nhân dân phường Mẫu, thành phố Mẫu, đơn vị hành chính cấp xã số ${'x'.repeat(20)}`;
    await world.say(totals(1, { ...one, unit: name }));
    const [entry] = await written();
    expect(entry!.body.unit!.length).toBeLessThanOrEqual(64);
    const unit = (id: string, printed: string): Unit => ({
      id,
      parent: null,
      name: printed,
      kind: 'commune',
      agencyCodes: [],
      aliases: [],
      validFrom: null,
      validTo: null,
    });
    const found = (...units: Unit[]) =>
      unitFinder(units)({ facts: { agency: entry!.body.unit }, receiver: null, codeDay: null });
    expect(found(unit('a', name), unit('b', 'Xã khác'))).toBe('a');
    expect(found(unit('a', name), unit('c', `${name}, chi nhánh 2`))).not.toMatch(/^[ac]$/);
  });
});

describe('reports to send and suggestions', () => {
  const view = async () => (await world.say({ type: 'extension-worker/view' }, own)) as WorkerView;
  const report = { code: '1702.SL001', name: 'Báo cáo mẫu', due: '2026-01-16T17:00', state: 'notStarted' };

  it('a list replaces the one before, pages of one reading add up, and nothing is written', async () => {
    const before = (await world.entries()).length;
    const say = (...reports: readonly object[]) =>
      world.say({ type: 'page-worker/reports', context: { ...context, page: 'reports' }, reports });
    const states = async () =>
      (await view()).reports.map((one) => one.reports.map(({ code, state }) => [code, state]));
    await say(report);
    expect(await say({ ...report, code: '1702.SL002' })).toMatchObject({ stored: true });
    await say({ ...report, state: 'drafting' });
    expect(await states()).toEqual([
      [
        ['1702.SL001', 'drafting'],
        ['1702.SL002', 'notStarted'],
      ],
    ]);
    world.state.now += 3_600_000;
    await say({ ...report, state: 'sent' });
    expect(await states()).toEqual([[['1702.SL001', 'sent']]]);
    expect((await view()).reports[0]).toMatchObject({
      readAt: world.state.now,
      reports: [{ due: '2026-01-16T17:00' }],
    });
    expect((await world.entries()).length).toBe(before);
    expect(
      readMessage({ type: 'page-worker/reports', context, reports: [{ ...report, state: 'xong' }] }),
    ).toMatchObject({ ok: false });
  });

  it('a suggestion is kept for this session only', async () => {
    await world.say({
      type: 'page-worker/suggest',
      context: { pack: 'generic-table@0.1.0', page: 'table', rank: 0 },
      headers: ['STT', 'Mã hồ sơ'],
      hits: ['code', 'due', 'status'],
    });
    expect((await view()).suggestions).toEqual([
      {
        system: (await view()).hosts.find(({ origin }) => origin === ORIGIN)!.tenant,
        at: world.state.now,
        headers: ['STT', 'Mã hồ sơ'],
        hits: ['code', 'due', 'status'],
      },
    ]);
  });
});

describe('documents', () => {
  it('say that they went out; incoming ones leave it out', async () => {
    const row = { id: 'vb_1', role: 'XLC', due: null, state: 'waiting', seen: world.state.now };
    await world.say({
      type: 'page-worker/rows',
      ref: { document: 'doc', counter: 1 },
      context: { ...context, page: 'outgoing' },
      dossiers: [],
      documents: [row, { ...row, id: 'vbdi_1', direction: 'out' }],
    });
    const ways = (await world.entries()).flatMap((entry) =>
      entry.kind === 'document' ? [entry.body.direction] : [],
    );
    expect(ways).toEqual([undefined, 'out']);
    const strange = { ...row, direction: 'in' };
    expect(
      readMessage({
        type: 'page-worker/rows',
        ref: { document: 'd', counter: 1 },
        context,
        dossiers: [],
        documents: [strange],
      }),
    ).toMatchObject({ ok: false, field: 'documents.0.direction' });
  });
});
