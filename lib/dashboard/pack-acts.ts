/** What the buttons of the packs view do. Each answers whether it was done, so that its dialog knows when to close. */

import { shownOf } from '../../components/dashboard/model.ts';
import type { PackDetail, StageWish } from '../../components/dashboard/packs/model.ts';
import { refOf } from '../../components/dashboard/packs/model.ts';
import type { PackSource } from './pack-source.ts';
import type { State, Store } from './store.ts';
import { type Answer, failed, failureOf } from './talk.ts';

export interface PackDeps {
  readonly packs: PackSource | null;
  readonly store: Store;
  readonly operate: <T>(name: string, work: () => Promise<Answer<T>>) => Promise<Answer<T>>;
  readonly loadView: () => Promise<void>;
}

/** The acts on packs over one source and store. */
export function packActs({ packs, store, operate, loadView }: PackDeps) {
  const set = store.set;

  /** Runs one decision about the open version, then shows what became of it. */
  async function decide(
    name: string,
    notice: NonNullable<State['notice']>,
    work: (source: PackSource, pack: PackDetail) => Promise<Answer<null>>,
  ): Promise<boolean> {
    const pack = shownOf(store.get().pack);
    const answer = await operate(name, () =>
      packs === null || pack === null
        ? Promise.resolve(failed<null>(failureOf('refused', 'not-offered')))
        : work(packs, pack),
    );
    if (!answer.ok) return false;
    set({ notice });
    await loadView();
    return true;
  }

  return {
    async openPack(ref: string): Promise<void> {
      set({ packRef: ref, pack: { at: 'idle' }, failure: null, notice: null });
      await loadView();
    },
    async closePack(): Promise<void> {
      set({ packRef: null, pack: { at: 'idle' }, failure: null, notice: null });
      await loadView();
    },
    signPack: (password: string) =>
      decide('signPack', 'packSigned', (source, pack) => source.sign(refOf(pack), password, pack.sha256)),
    stagePack: (wish: StageWish) =>
      decide('stagePack', 'packStaged', (source, pack) => source.stage(refOf(pack), wish)),
    refusePack: (reason: string) =>
      decide('refusePack', 'packRefused', (source, pack) => source.refuse(refOf(pack), reason)),
    retirePack: () => decide('retirePack', 'packRetired', (source, pack) => source.retire(refOf(pack))),
  };
}
