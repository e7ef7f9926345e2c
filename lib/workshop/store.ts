/** The workshop's state: one plain object, replaced as a whole, and who draws it. */
import type { WorkshopState } from '../../components/workshop/model.ts';

export interface Store {
  readonly get: () => WorkshopState;
  readonly set: (piece: Partial<WorkshopState>) => void;
}

/** A store that draws after every change. */
export function makeStore(start: WorkshopState, draw: (state: WorkshopState) => void): Store {
  let state = start;
  return {
    get: () => state,
    set: (piece) => {
      state = { ...state, ...piece };
      draw(state);
    },
  };
}

export function startState(language: 'vi' | 'en'): WorkshopState {
  return {
    language,
    phase: 'loading',
    tab: 'page',
    isTab: false,
    pages: [],
    page: null,
    host: '',
    packs: [],
    pack: null,
    wanted: null,
    place: '',
    signs: [],
    reading: null,
    headers: [],
    openField: null,
    isPointing: false,
    offers: null,
    isWide: true,
    changes: [],
    problems: [],
    fixtures: [],
    running: null,
    snapshot: null,
    snapshotBusy: false,
    snapshotProblem: null,
    note: '',
    send: { at: 'idle' },
    notice: null,
  };
}
