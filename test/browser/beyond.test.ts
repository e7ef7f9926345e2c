/**
 * Pages changed beyond any synonym, in real Chromium with the built extension: the pack says degraded or broken, and nothing
 * wrong is counted.
 */
import { describe, expect, it } from 'vitest';
import { type DayFindings, wrongsOf } from './day/compare.ts';
import { system as danang, receiving as danangReceiving } from './day/danang.ts';
import { system as dvcqg } from './day/dvcqg.ts';
import { withBench } from './day/harness.ts';
import { system as igate1 } from './day/igate1.ts';
import { system as igate2 } from './day/igate2.ts';
import { system as ioffice } from './day/ioffice.ts';
import { igate2Looking, igate2Receiving, tdReceiving } from './day/receiving.ts';
import { summaryOf } from './day/summary.ts';
import type { DaySystem, Variant } from './day/system.ts';
import { system as td } from './day/td.ts';
import { PLAIN } from './day/variants.ts';
import { system as vsr } from './day/vsr.ts';

const SEED = 20_260_921;
interface Beyond {
  readonly what: string;
  readonly system: DaySystem;
  readonly variant: Partial<Variant>;
  /** Page type, or `action:` and a rule, and the state that it must come to. */
  readonly page: string;
  readonly state: 'degraded' | 'broken';
}

const BEYOND: readonly Beyond[] = [
  {
    what: 'iGate 2: the due date under a header outside the synonyms',
    system: igate2,
    variant: { broken: ['igate2:due-header'] },
    page: 'list',
    state: 'degraded',
  },
  {
    what: 'iGate 2: the code under another class and header',
    system: igate2,
    variant: { broken: ['igate2:code-class', 'igate2:code-header'] },
    page: 'list',
    state: 'broken',
  },
  {
    what: 'iGate 2: no column of codes',
    system: igate2Looking,
    variant: { broken: ['igate2:code-gone'] },
    page: 'list',
    state: 'broken',
  },
  {
    what: 'iGate 2: the success message reworded',
    system: igate2Receiving,
    variant: { reworded: ['igate2:receive'] },
    page: 'action:receive',
    state: 'degraded',
  },
  {
    what: 'TD: the code is no button any more',
    system: td,
    variant: { broken: ['td:code-role'] },
    page: 'receiving-new',
    state: 'degraded',
  },
  {
    what: 'TD: the due date said in other words',
    system: td,
    variant: { broken: ['td:due-line'] },
    page: 'receiving-new',
    state: 'degraded',
  },
  {
    what: 'TD: the fee page has its code under another header',
    system: td,
    variant: { broken: ['td:code-header'] },
    page: 'fee-waiting',
    state: 'broken',
  },
  {
    what: 'TD: the fee page has no column of codes',
    system: td,
    variant: { broken: ['td:code-gone'] },
    page: 'fee-waiting',
    state: 'broken',
  },
  {
    what: 'TD: the success message reworded',
    system: tdReceiving,
    variant: { reworded: ['td:receive'] },
    page: 'action:receive',
    state: 'degraded',
  },
  {
    what: 'iOffice: the role under another attribute',
    system: ioffice,
    variant: { broken: ['ioffice:role-attribute'] },
    page: 'incoming',
    state: 'broken',
  },
  {
    what: 'Đà Nẵng: the code under a header outside the synonyms',
    system: danang,
    variant: { broken: ['word:Mã hồ sơ'] },
    page: 'desk',
    state: 'broken',
  },
  {
    what: 'Đà Nẵng: the busy dialog reworded',
    system: danangReceiving,
    // Nobody receives two dossiers within a second and a half.
    variant: { reworded: ['danang:busy'], latencyMs: 500 },
    page: 'action:receive',
    state: 'degraded',
  },
  {
    what: 'the national portal: the code under a header outside the synonyms',
    system: dvcqg,
    variant: { broken: ['word:Mã hồ sơ'] },
    page: 'lookup',
    state: 'broken',
  },
  {
    what: 'the national portal: the success message reworded',
    system: dvcqg,
    variant: { reworded: ['dvcqg:filed'] },
    page: 'action:apply-online',
    state: 'degraded',
  },
  {
    what: 'iGate 1: the success message reworded',
    system: igate1,
    variant: { reworded: ['igate1:filed'] },
    page: 'action:apply-online',
    state: 'degraded',
  },
  {
    what: 'the reporting system: the code of a report under a header outside the synonyms',
    system: vsr,
    variant: { broken: ['word:Mã báo cáo'] },
    page: 'reports',
    state: 'broken',
  },
];

describe('beyond repair', () => {
  it.concurrent.each(BEYOND)(
    '$what: $page is $state, and nothing wrong is counted',
    async ({ system, variant, page, state }) => {
      const small = { ...PLAIN, name: 'beyond', seed: SEED, dossiers: 60, ...variant };
      const holds = ({ health }: DayFindings) => health[page]?.includes(state) ?? false;
      const run = await withBench((bench) => bench.play(system, small, { actions: 12, nonEvents: 6 }, holds));
      console.log(summaryOf(run));
      expect(wrongsOf(run.findings)).toEqual([]);
      expect(run.findings.health).toMatchObject({ [page]: expect.arrayContaining([state]) });
    },
  );
});
