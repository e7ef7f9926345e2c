/** The dashboard's state: one plain object, replaced as a whole, and who wants to know. */

import type { ComplaintList, LinkRow } from '../../components/dashboard/complaints/model.ts';
import type {
  ActivationCode,
  Device,
  Failure,
  HandoverState,
  ImportState,
  Load,
  MadeCode,
  User,
} from '../../components/dashboard/model.ts';
import type { PackDetail, PackHealth, PackRow } from '../../components/dashboard/packs/model.ts';
import type { Procedure } from '../domain/procedure.ts';
import type { Unit } from '../domain/unit.ts';
import type { DashboardLanguage } from '../i18n/dashboard/index.ts';
import type { FeedbackFigures } from '../indicators/feedback.ts';
import type { Figures } from '../indicators/figures.ts';
import type {
  ClipView,
  CounterView,
  KioskSettingView,
  KioskView,
  QuestionnaireView,
} from '../indicators/kiosks.ts';
import type { View } from './routes.ts';

/**
 *   checking ──► in ◄──► out (log-in form; `expired` when a call met 401)
 *      │  └────► setUp ──► in          (unit page before its unit exists)
 *      └───────► unreachable ──► checking (try again)
 */
type Session =
  | { readonly at: 'checking' }
  | { readonly at: 'unreachable'; readonly failure: Failure }
  | {
      readonly at: 'out';
      readonly expired: boolean;
      readonly busy: boolean;
      readonly failure: Failure | null;
    }
  | { readonly at: 'setUp'; readonly busy: boolean; readonly failure: Failure | null }
  | { readonly at: 'in'; readonly user: User };

export interface State {
  readonly language: DashboardLanguage;
  readonly isOnline: boolean;
  readonly session: Session;
  readonly view: View;
  readonly unit: string | null;
  readonly period: string;
  readonly units: Load<readonly Unit[]>;
  readonly figures: Load<Figures>;
  readonly devices: Load<readonly Device[]>;
  readonly codes: Load<readonly ActivationCode[]>;
  readonly catalogue: Load<readonly Procedure[]>;
  readonly packs: Load<readonly PackRow[]>;
  readonly packHealth: Load<PackHealth>;
  /** The pack version that is open (`id@version`), and what is known of it. */
  readonly packRef: string | null;
  readonly pack: Load<PackDetail>;
  readonly feedback: Load<FeedbackFigures>;
  readonly kiosks: Load<readonly KioskView[]>;
  readonly counters: Load<readonly CounterView[]>;
  readonly kioskSetting: Load<KioskSettingView>;
  readonly questionnaires: Load<readonly QuestionnaireView[]>;
  readonly clips: Load<readonly ClipView[]>;
  readonly complaints: Load<ComplaintList>;
  readonly links: Load<readonly LinkRow[]>;
  readonly handover: HandoverState;
  readonly unitsImport: ImportState;
  readonly catalogueImport: ImportState;
  /** The code just made: shown until the view is left. */
  readonly madeCode: MadeCode | null;
  /** An operation is running: the name of its button. */
  readonly busy: string | null;
  /** The last operation that failed, shown once. */
  readonly failure: Failure | null;
  readonly notice:
    | 'revoked'
    | 'accepted'
    | 'exported'
    | 'packSigned'
    | 'packStaged'
    | 'packRefused'
    | 'packRetired'
    | 'commentErased'
    | 'kiosksSaved'
    | 'complaintSaved'
    | 'complaintErased'
    | 'linksRevoked'
    | null;
}

const NOTHING = { at: 'idle' } as const;
/** Nothing of ratings and kiosks: what a visit begins with, and what it ends with. */
export const NO_FEEDBACK = {
  feedback: NOTHING,
  kiosks: NOTHING,
  counters: NOTHING,
  kioskSetting: NOTHING,
  questionnaires: NOTHING,
  clips: NOTHING,
  complaints: NOTHING,
  links: NOTHING,
} as const;

/** What a visit begins with. */
export function startState(language: DashboardLanguage, period: string): State {
  const idle = { at: 'idle' } as const;
  return {
    language,
    isOnline: true,
    session: { at: 'checking' },
    view: 'figures',
    unit: null,
    period,
    units: idle,
    figures: idle,
    devices: idle,
    codes: idle,
    catalogue: idle,
    packs: idle,
    packHealth: idle,
    packRef: null,
    pack: idle,
    ...NO_FEEDBACK,
    handover: { busy: false, done: 0, all: 0, results: [] },
    unitsImport: { at: 'empty' },
    catalogueImport: { at: 'empty' },
    madeCode: null,
    busy: null,
    failure: null,
    notice: null,
  };
}

export interface Store {
  get(): State;
  set(change: Partial<State>): void;
  /** Calls back after every change; the answer ends it. */
  subscribe(listener: () => void): () => void;
}

/** A store holding `state`. */
export function makeStore(state: State): Store {
  let current = state;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(change) {
      current = { ...current, ...change };
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
