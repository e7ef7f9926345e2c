/** What the views of ratings and kiosks load, and what their buttons do. Each act answers whether it was done. */

import type { KioskActs } from '../../components/dashboard/kiosks/model.ts';
import { type Load, shownOf } from '../../components/dashboard/model.ts';
import type { FeedbackHub, FeedbackPort } from './feedback-source.ts';
import type { FiguresSource } from './source.ts';
import type { NO_FEEDBACK, State, Store } from './store.ts';
import { type Answer, failed, failureOf } from './talk.ts';

type Part = keyof typeof NO_FEEDBACK | 'devices';
/** How the controller loads one place of the state; `last` is what is shown meanwhile. */
type LoadPart = <K extends Part>(
  key: K,
  ask: () => Promise<Answer<State[K] extends Load<infer T> ? T : never>>,
  last?: (State[K] extends Load<infer T> ? T : never) | null,
) => Promise<void>;

/** Loads the ratings of the chosen unit and period; those of another unit or period do not stand meanwhile. */
export async function loadFeedback(port: FeedbackPort, store: Store, load: LoadPart): Promise<void> {
  const { unit, period } = store.get();
  if (unit === null) return;
  const shown = shownOf(store.get().feedback);
  const isSame = shown?.unit.id === unit && shown.period.id === period;
  await load('feedback', () => port.read(unit, period), isSame ? shown : null);
}

/** Loads every part of the view of kiosks at once; each fails by itself. */
export async function loadKiosks(
  { kiosks, hub }: FeedbackPort,
  source: Pick<FiguresSource, 'devices'>,
  unit: string,
  load: LoadPart,
): Promise<void> {
  const own = load('kiosks', () => kiosks(unit));
  if (hub === undefined) return own;
  await Promise.all([
    own,
    load('devices', () => source.devices(unit)),
    load('counters', () => hub.counters(unit)),
    load('kioskSetting', () => hub.setting(unit)),
    load('questionnaires', () => hub.questionnaires()),
    load('clips', () => hub.clips()),
  ]);
}

export interface FeedbackDeps {
  readonly hub: FeedbackHub | null;
  readonly store: Store;
  readonly operate: <T>(name: string, work: () => Promise<Answer<T>>) => Promise<Answer<T>>;
  readonly loadView: () => Promise<void>;
}

/** The acts over one source and store. */
export function feedbackActs({ hub, store, operate, loadView }: FeedbackDeps) {
  /** Runs one change, then shows what became of it. */
  async function change(
    name: string,
    notice: NonNullable<State['notice']>,
    work: (hub: FeedbackHub) => Promise<Answer<null>>,
  ): Promise<boolean> {
    const answer = await operate(name, () =>
      hub === null ? Promise.resolve(failed<null>(failureOf('refused', 'not-offered'))) : work(hub),
    );
    if (!answer.ok) return false;
    store.set({ notice });
    await loadView();
    return true;
  }
  const save = (name: string, work: (hub: FeedbackHub) => Promise<Answer<null>>) =>
    change(name, 'kiosksSaved', work);

  const kioskActs: KioskActs = {
    addCounter: (unit, name) => save('addCounter', (to) => to.addCounter(unit, name)),
    saveCounter: (id, counter) => save(`counter:${id}`, (to) => to.saveCounter(id, counter)),
    placeDevice: (device, counter) => save(`place:${device}`, (to) => to.place(device, counter)),
    saveSetting: async (wanted) => {
      const { unit } = store.get();
      return unit !== null && save('saveSetting', (to) => to.saveSetting(unit, wanted));
    },
    addQuestionnaire: (questionnaire) => save('addQuestionnaire', (to) => to.addQuestionnaire(questionnaire)),
    decideClip: (sha256, what) => save(`clip:${sha256}`, (to) => to.decideClip(sha256, what)),
  };
  return {
    kioskActs,
    eraseComment: (hash: string) => change(`erase:${hash}`, 'commentErased', (to) => to.eraseComment(hash)),
  };
}
