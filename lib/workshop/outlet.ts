/** The ways out of the workshop and back in: to the province for its signature, and as files. */
import type { SendState } from '../../components/workshop/model.ts';
import { differenceText } from '../../components/workshop/names.ts';
import type { Pack } from '../adapters/pack.ts';
import type { PackProposal } from '../batch/protocol.ts';
import type { SendPackAnswer } from '../extension/messages.ts';
import { workshopTexts } from '../i18n/workshop/index.ts';
import { asSent, asTaken, type Draft, draftPack, isNewer, newDraft, runnable } from './draft.ts';
import { fileNameOf, PACK_ENDING, readPackFile, writePackFile } from './files.ts';
import type { Shelf } from './shelf.ts';
import type { Store } from './store.ts';
import type { Trial } from './trial.ts';

export interface OutletDeps {
  readonly store: Store;
  readonly shelf: Shelf;
  readonly trial: Trial;
  /** Null: the worker could not be reached. */
  readonly sendPack: (proposal: PackProposal) => Promise<SendPackAnswer | null>;
  readonly saveFile: (name: string, text: string) => void;
  /** The version of a family now in force, or null. */
  readonly versionInForce: (id: string) => string | null;
  readonly draft: () => Draft | null;
  /** Shows another draft without trying it. */
  readonly setDraft: (draft: Draft) => void;
  /** Keeps another draft and tries it on the page and the saved pages. */
  readonly take: (draft: Draft) => Promise<void>;
}

export function makeOutlet(deps: OutletDeps) {
  const { store, shelf, trial } = deps;

  async function proposal(draft: Draft): Promise<PackProposal> {
    const own = draftPack(draft);
    if (trial.results().length === 0 || store.get().running !== null) await trial.run(runnable(own));
    const words = workshopTexts('vi');
    return {
      pack: own,
      note: draft.note.trim(),
      fixtures: trial.own(),
      results: trial.results().map(({ name, ok, difference }) => ({
        name,
        ok,
        ...(difference ? { problem: differenceText(words, difference).slice(0, 400) } : {}),
      })),
    };
  }

  async function send(): Promise<void> {
    const draft = deps.draft();
    const hasNews = draft !== null && (draft.changes.length > 0 || draft.source === 'file');
    if (!hasNews || store.get().problems.length > 0 || store.get().send.at === 'sending') return;
    store.set({ send: { at: 'sending' } });
    const offered = await proposal(draft);
    const answer = await deps.sendPack(offered);
    store.set({ send: sendState(answer, offered.pack as Pack) });
    if (answer?.state !== 'accepted') return;
    const sent = asSent(draft);
    await shelf.saveDraft(sent);
    deps.setDraft(sent);
  }

  return {
    send,
    /** The hub holds another pack of this version: the next one is tried. */
    async raise(): Promise<void> {
      const draft = deps.draft();
      if (!draft) return;
      const raised = asTaken(draft);
      await shelf.saveDraft(raised);
      deps.setDraft(raised);
      await send();
    },
    exportFile(): void {
      const draft = deps.draft();
      if (!draft) return;
      const own = draftPack(draft);
      const text = writePackFile({ pack: own, note: draft.note, fixtures: trial.own() });
      deps.saveFile(`${fileNameOf(own)}${PACK_ENDING}`, text);
    },
    exportJson(): void {
      const draft = deps.draft();
      if (!draft) return;
      const own = draftPack(draft);
      deps.saveFile(`${fileNameOf(own)}.json`, `${JSON.stringify(own, null, 2)}\n`);
    },
    async importFile(file: { readonly text: () => Promise<string> }): Promise<void> {
      const read = readPackFile(await file.text());
      if (read === null) return store.set({ notice: { kind: 'importFailed' } });
      const { pack, note, fixtures } = read;
      await trial.adopt(pack, fixtures);
      const force = deps.versionInForce(pack.id);
      // A file as old as what is in force: what is sent from it must be newer than both.
      const isOld = force !== null && !isNewer(pack.version, force);
      const base = { ...newDraft(pack, 'file'), note };
      store.set({ note, wanted: null, openField: null });
      await trial.load(pack.id);
      await deps.take(isOld ? { ...base, sent: { version: force, changes: '' } } : base);
      store.set({ notice: { kind: 'imported', pack: pack.name, version: pack.version } });
    },
  };
}

function sendState(answer: SendPackAnswer | null, pack: Pack): SendState {
  if (answer === null) return { at: 'internal' };
  if (answer.state === 'accepted') return { at: 'accepted', pack: pack.name, version: pack.version };
  if (answer.state === 'refused') {
    const isVersion = answer.problem?.field === 'pack.version';
    return { at: 'refused', message: answer.problem?.message ?? '', isVersion };
  }
  return { at: answer.state };
}
