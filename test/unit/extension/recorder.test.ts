import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entrySchema } from '../../../lib/domain/entry.ts';
import { mergeDossier, type Sighting, timelinessOf } from '../../../lib/domain/merge.ts';
import type { PageDossier } from '../../../lib/extension/page-messages.ts';
import {
  actionDraft,
  countOf,
  type Memory,
  type Remembered,
  recordDocuments,
  recordDossiers,
} from '../../../lib/extension/recorder.ts';

const at = (text: string) => Date.parse(text);
const page = { pack: 'igate2@0.3.0', page: 'list', rank: 2 };
const context = { system: 'motcua-mau', page, ref: { document: 'doc', counter: 7 }, person: 'p_1' };
const keys = ['e1:AAAAAAAAAAAAAAAAAAAAAA'];

function row(facts: PageDossier['facts'], arrived: string, seen = arrived): PageDossier {
  return {
    code: 'H41.17.3-260105-0001',
    otherCodes: [],
    facts,
    arrived: at(arrived),
    seen: at(seen),
    locator: 0,
  };
}

function record(one: PageDossier, memory: Memory = new Map(), where = context) {
  const made = recordDossiers([{ row: one, keys }], where, memory);
  const next = new Map<string, Remembered>([...memory, ...made.memory.map((m) => [m.id, m] as const)]);
  return { drafts: made.drafts, memory: next };
}

const open = { status: 'processing', due: '2026-01-20' } as const;

describe('recordDossiers', () => {
  it('writes a new dossier, valid for the journal, with what its code says', () => {
    const { drafts } = record(row(open, '2026-01-10T02:00:00Z', '2026-01-10T02:00:01Z'));
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({
      kind: 'dossier',
      ref: 'doc#7.d0',
      person: 'p_1',
      body: { codeDay: '2026-01-05', receiver: 'H41.17.3', arrived: '2026-01-10T02:00:00.000Z', facts: open },
    });
    const entry = {
      v: 1,
      stream: 1,
      seq: 1,
      at: '2026-01-10T02:00:02.000Z',
      boot: 'b',
      offset: null,
      ...drafts[0],
    };
    expect(entrySchema.safeParse(entry).success).toBe(true);
  });

  it('writes nothing when the same list is read again, and remembers that it was still unfinished', () => {
    const first = record(row(open, '2026-01-10T02:00:00Z'));
    const again = record(row(open, '2026-01-12T03:00:00Z'), first.memory);
    expect(again.drafts).toEqual([]);
    const done = record(row({ ...open, status: 'finished' }, '2026-01-13T03:00:00Z'), again.memory);
    expect(done.drafts[0]?.body).toMatchObject({ lastUnfinishedAt: '2026-01-12T03:00:00.000Z' });
  });

  it('writes a changed fact and a new pack version, not a new order of the same facts', () => {
    const first = record(row(open, '2026-01-10T02:00:00Z'));
    const turned = record(
      row({ due: '2026-01-20', status: 'processing' }, '2026-01-10T02:05:00Z'),
      first.memory,
    );
    expect(turned.drafts).toHaveLength(0);
    expect(record(row({ ...open, fee: true }, '2026-01-10T02:05:00Z'), first.memory).drafts).toHaveLength(1);
    const newer = { ...context, page: { ...page, pack: 'igate2@0.4.0' } };
    expect(record(row(open, '2026-01-10T02:05:00Z'), first.memory, newer).drafts).toHaveLength(1);
  });

  it('a list and a detail page that show different facts do not take turns writing', () => {
    const detail = { ...context, page: { pack: page.pack, page: 'detail', rank: 3 } };
    let state = record(row(open, '2026-01-10T02:00:00Z'));
    state = record(row({ ...open, fee: true }, '2026-01-10T02:01:00Z'), state.memory, detail);
    expect(state.drafts).toHaveLength(1);
    expect(record(row(open, '2026-01-10T02:02:00Z'), state.memory).drafts).toEqual([]);
    expect(record(row({ ...open, fee: true }, '2026-01-10T02:03:00Z'), state.memory, detail).drafts).toEqual(
      [],
    );
  });

  it('writes once when an unfinished dossier is seen past its due date, and again only for a new due date', () => {
    let state = record(row(open, '2026-01-19T02:00:00Z'));
    expect(record(row(open, '2026-01-20T16:59:00Z'), state.memory).drafts).toEqual([]);
    state = record(row(open, '2026-01-20T17:01:00Z'), state.memory);
    expect(state.drafts).toHaveLength(1);
    expect(record(row(open, '2026-01-22T02:00:00Z'), state.memory).drafts).toEqual([]);
    const moved = { ...open, due: '2026-01-25' };
    state = record(row(moved, '2026-01-22T02:00:00Z'), state.memory);
    expect(state.drafts).toHaveLength(1);
    expect(record(row(moved, '2026-01-26T02:00:00Z'), state.memory).drafts).toHaveLength(1);
  });

  it('what it writes lets the merge decide as if every reading had been written', () => {
    const day = (n: number) => new Date(at('2026-01-10T03:00:00Z') + n * 86_400_000).toISOString();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 0, max: 14 }), (finishedOn, gap) => {
        const all: Sighting[] = [];
        const kept: Sighting[] = [];
        let memory: Memory = new Map();
        const read = (facts: PageDossier['facts'], n: number) => {
          const everything = record(row(facts, day(n)));
          const sparing = record(row(facts, day(n)), memory);
          memory = sparing.memory;
          for (const [list, drafts] of [
            [all, everything.drafts],
            [kept, sparing.drafts],
          ] as const) {
            for (const draft of drafts) {
              if (draft.kind === 'dossier')
                list.push({ device: 'd', stream: 1, seq: list.length + 1, offset: 0, body: draft.body });
            }
          }
        };
        for (let n = 0; n < finishedOn; n += 1) read(open, n);
        read({ ...open, status: 'finished' }, finishedOn + gap);
        const [full, less] = [mergeDossier(all)!, mergeDossier(kept)!];
        expect(timelinessOf(less)).toBe(timelinessOf(full));
        expect(less.finish).toEqual(full.finish);
        expect(kept.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 60 },
    );
  });

  it('gives each row its own ref, the same on every try', () => {
    const two = [
      { row: row(open, '2026-01-10T02:00:00Z'), keys },
      { row: row(open, '2026-01-10T02:00:00Z'), keys: ['e1:BBBBBBBBBBBBBBBBBBBBBB'] },
    ];
    const refs = () => recordDossiers(two, context, new Map()).drafts.map((draft) => draft.ref);
    expect(refs()).toEqual(['doc#7.d0', 'doc#7.d1']);
    expect(refs()).toEqual(refs());
    const half = recordDossiers([two[0]!], context, new Map()).memory;
    const rest = recordDossiers(two, context, new Map(half.map((one) => [one.id, one])));
    expect(rest.drafts.map((draft) => draft.ref)).toEqual(['doc#7.d1']);
  });
});

describe('recordDocuments', () => {
  it('writes a document once per state', () => {
    const one = {
      id: '91',
      role: 'XLC',
      due: '2026-01-20',
      state: 'waiting',
      seen: at('2026-01-10T02:00:00Z'),
    } as const;
    const first = recordDocuments([{ row: one, keys }], context, new Map());
    expect(first.drafts).toHaveLength(1);
    const memory = new Map(first.memory.map((m) => [m.id, m]));
    expect(recordDocuments([{ row: one, keys }], context, memory).drafts).toEqual([]);
    expect(recordDocuments([{ row: { ...one, state: 'done' }, keys }], context, memory).drafts).toHaveLength(
      1,
    );
  });
});

describe('actionDraft', () => {
  const armed = {
    rule: 'receive',
    action: 'receive',
    codes: ['a', 'b', 'c'],
    selected: 3,
    at: at('2026-01-10T02:00:00Z'),
    within: 20_000,
  } as const;

  it('counts what the page says, else the selection, else the codes, else one', () => {
    expect(countOf(armed, 5)).toBe(5);
    expect(countOf(armed, null)).toBe(3);
    expect(countOf({ ...armed, selected: null }, null)).toBe(3);
    expect(countOf({ ...armed, selected: null, codes: [] }, null)).toBe(1);
  });

  it('books nobody when nobody is on duty', () => {
    const made = actionDraft(
      { armed, confirm: 'toast', count: null, page, system: 's' },
      keys,
      null,
      'doc#1',
    );
    expect(made).not.toHaveProperty('person');
    expect(made.ref).toBe('doc#1');
  });
});
