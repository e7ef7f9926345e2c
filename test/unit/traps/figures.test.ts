/** The traps of host pages (host-pages, appendix B) that show only in the figures. See `pages.test.ts`. */
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../lib/domain/dates.ts';
import type { DossierBody, Facts } from '../../../lib/domain/entry.ts';
import { flowsOf, sumFlows } from '../../../lib/domain/flows.ts';
import { groupByKeys, mergeDossier, type Sighting, timelinessOf } from '../../../lib/domain/merge.ts';
import type { PageDossier } from '../../../lib/extension/page-messages.ts';
import { actionDraft, type Keyed, recordDossiers } from '../../../lib/extension/recorder.ts';

const LOCAL = 'e1:AAAAAAAAAAAAAAAAAAAAAA';
const NATIONAL = 'e1:BBBBBBBBBBBBBBBBBBBBBB';
const at = (local: string) => new Date(Date.parse(`${local}:00.000+07:00`)).toISOString();

let serial = 0;
function sighting(seen: string, facts: Facts, over: Partial<DossierBody> = {}): Sighting {
  serial += 1;
  return {
    device: 'd1',
    stream: 1,
    seq: serial,
    offset: 0,
    body: {
      keys: [LOCAL],
      system: 'tinh',
      pack: 'igate2@1.0.0',
      page: 'list',
      rank: 2,
      locator: 0,
      seen: at(seen),
      arrived: at(seen),
      facts,
      ...over,
    },
  };
}
const measures = (...sightings: Sighting[]) =>
  flowsOf(mergeDossier(sightings)!, 'unit').map(({ measure }) => measure);

describe('traps of figures', () => {
  it('trap 14: a withdrawn dossier is counted apart, never as finished', () => {
    const facts: Facts = {
      status: 'withdrawn',
      received: '2026-09-10',
      due: '2026-09-20',
      finished: '2026-09-12',
    };
    const found = measures(sighting('2026-09-12T09:00', facts));
    expect(found).toContain('withdrawn:all');
    expect(found.filter((one) => one.startsWith('finished:'))).toEqual([]);
  });

  it('trap 15: lateness is by the day of finishing, not by the day the citizen came', () => {
    const facts: Facts = {
      status: 'returned',
      received: '2026-09-10',
      due: '2026-09-20',
      finished: '2026-09-18',
      returned: '2026-10-02',
    };
    expect(timelinessOf(mergeDossier([sighting('2026-10-02T09:00', facts)])!)).toBe('early');
  });

  it('trap 16: near midnight the day is that of Vietnam, not of UTC', () => {
    expect(dayOf(Date.parse('2026-09-21T17:30:00Z'))).toBe('2026-09-22');
    expect(dayOf(Date.parse('2026-09-21T16:59:59Z'))).toBe('2026-09-21');
    const early = sighting('2026-09-21T00:30', {
      status: 'processing',
      received: '2026-09-10',
      due: '2026-09-21',
    });
    const done = sighting('2026-09-21T06:00', { status: 'finished' });
    expect(timelinessOf(mergeDossier([early, done])!)).toBe('onTime');
  });

  it('trap 17: one dossier in the provincial and the national system is one, also when the alias comes late', () => {
    const here = sighting('2026-09-12T08:00', {
      status: 'processing',
      received: '2026-09-10',
      channel: 'online',
    });
    const there = sighting(
      '2026-09-12T09:00',
      { status: 'processing', received: '2026-09-10', channel: 'online' },
      { keys: [NATIONAL], system: 'quoc-gia' },
    );
    const alias = sighting('2026-09-13T08:00', { status: 'processing' }, { keys: [LOCAL, NATIONAL] });
    const count = (all: Sighting[]) =>
      sumFlows(groupByKeys(all).flatMap((group) => flowsOf(mergeDossier(group)!, 'unit'))).find(
        ({ measure }) => measure === 'received:online',
      )?.n;
    expect(count([here, there])).toBe(2);
    expect(count([here, there, alias])).toBe(1);
    expect(count([alias, there, here])).toBe(1);
  });

  it('trap 20: two tabs on one dossier write its facts once, and one gesture is one action', () => {
    const row: Keyed<PageDossier> = {
      keys: [LOCAL],
      row: {
        code: 'H99.51-260921-0001',
        otherCodes: [],
        facts: { status: 'processing' },
        arrived: 1_000,
        seen: 1_000,
        locator: 0,
      },
    };
    const context = (document: string) => ({
      system: 'tinh',
      page: { pack: 'igate2@1.0.0', page: 'list', rank: 2 },
      ref: { document, counter: 1 },
      person: null,
    });
    const first = recordDossiers([row], context('tab-1'), new Map());
    const memory = new Map(first.memory.map((one) => [one.id, one]));
    const second = recordDossiers([row], context('tab-2'), memory);
    expect([first.drafts.length, second.drafts.length]).toEqual([1, 0]);
    const armed = {
      rule: 'receive',
      action: 'receive' as const,
      codes: [row.row.code],
      selected: 1,
      at: 1_000,
      within: 20_000,
    };
    const about = { armed, confirm: 'toast', count: null, page: context('x').page, system: 'tinh' };
    expect(actionDraft(about, [LOCAL], null, 'tab-1#2')).toMatchObject({ ref: 'tab-1#2', body: { n: 1 } });
  });
});
