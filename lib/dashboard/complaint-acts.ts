/** What the buttons of complaints and codes do. Words of a complaint go to who asked and are kept in no state. */
import type { ComplaintActs } from '../../components/dashboard/complaints/model.ts';
import type { ComplaintSource } from './complaint-source.ts';
import type { State, Store } from './store.ts';
import { type Answer, failed, failureOf } from './talk.ts';

export interface ComplaintDeps {
  readonly complaints: ComplaintSource | null;
  readonly store: Store;
  readonly operate: <T>(name: string, work: () => Promise<Answer<T>>) => Promise<Answer<T>>;
  readonly loadView: () => Promise<void>;
}

/** The acts over one source and store. */
export function complaintActs({ complaints, store, operate, loadView }: ComplaintDeps): ComplaintActs {
  async function ask<T>(
    name: string,
    work: (source: ComplaintSource) => Promise<Answer<T>>,
  ): Promise<T | null> {
    const answer = await operate(name, () =>
      complaints === null
        ? Promise.resolve(failed<T>(failureOf('refused', 'not-offered')))
        : work(complaints),
    );
    return answer.ok ? answer.value : null;
  }
  /** Runs one change, then shows what became of it. */
  async function change(
    name: string,
    notice: NonNullable<State['notice']>,
    work: (source: ComplaintSource) => Promise<Answer<null>>,
  ): Promise<boolean> {
    const answer = await operate(name, () =>
      complaints === null
        ? Promise.resolve(failed<null>(failureOf('refused', 'not-offered')))
        : work(complaints),
    );
    if (!answer.ok) return false;
    store.set({ notice });
    await loadView();
    return true;
  }
  return {
    openComplaint: (id) => ask('openComplaint', (source) => source.open(id)),
    changeComplaint: (id, act) =>
      change('changeComplaint', act.act === 'erase' ? 'complaintErased' : 'complaintSaved', (source) =>
        source.change(id, act),
      ),
    registerSlip: (wish) => change('registerSlip', 'complaintSaved', (source) => source.registerSlip(wish)),
    makeLinks: async (wish) => {
      const made = await ask('makeLinks', (source) => source.makeLinks(wish));
      if (made !== null) await loadView();
      return made;
    },
    revokeLinks: (id) => change('revokeLinks', 'linksRevoked', (source) => source.revokeLinks(id)),
  };
}
