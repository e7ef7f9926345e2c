/** Where drafts and snapshots are kept on this PC: a small database of its own, apart from the journal. */
import { Dexie, type Table } from 'dexie';
import type { Draft } from './draft.ts';
import type { Expected } from './fixture.ts';

/** A snapshot saved here, or a bundled fixture with a newer expectation of the same name. */
export interface OwnFixture {
  readonly pack: string;
  readonly name: string;
  readonly html: string;
  readonly expected: Expected;
  /** Milliseconds since epoch. */
  readonly at: number;
}

export interface Shelf {
  readonly draft: (pack: string) => Promise<Draft | null>;
  readonly saveDraft: (draft: Draft) => Promise<void>;
  readonly removeDraft: (pack: string) => Promise<void>;
  readonly fixtures: (pack: string) => Promise<OwnFixture[]>;
  readonly saveFixture: (fixture: OwnFixture) => Promise<void>;
  readonly removeFixture: (pack: string, name: string) => Promise<void>;
}

interface DraftRow extends Draft {
  readonly id: string;
}

/** Opens the shelf. Keys and stores: DO NOT CHANGE without a new version. */
export function openShelf(name = 'nmc-workshop'): Shelf {
  const db = new Dexie(name) as Dexie & {
    drafts: Table<DraftRow, string>;
    fixtures: Table<OwnFixture, [string, string]>;
  };
  db.version(1).stores({ drafts: 'id', fixtures: '[pack+name], pack' });
  return {
    async draft(pack) {
      const row = await db.drafts.get(pack);
      if (!row) return null;
      const { id: _, ...draft } = row;
      return draft;
    },
    saveDraft: async (draft) => void (await db.drafts.put({ id: draft.base.id, ...draft })),
    removeDraft: (pack) => db.drafts.delete(pack),
    fixtures: (pack) => db.fixtures.where('pack').equals(pack).sortBy('at'),
    saveFixture: async (fixture) => void (await db.fixtures.put(fixture)),
    removeFixture: (pack, fixture) => db.fixtures.delete([pack, fixture]),
  };
}
