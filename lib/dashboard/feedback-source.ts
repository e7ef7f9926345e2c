/** Ratings and the devices they come from: what the dashboard asks and tells. A unit without a hub knows less. */
import type { SettingChange } from '../../components/dashboard/kiosks/model.ts';
import type { FeedbackFigures } from '../indicators/feedback.ts';
import type {
  ClipView,
  CounterView,
  KioskSettingView,
  KioskView,
  QuestionnaireView,
} from '../indicators/kiosks.ts';
import {
  clipsSchema,
  countersSchema,
  feedbackSchema,
  kioskSettingSchema,
  kiosksSchema,
  questionnairesSchema,
} from './feedback-schemas.ts';
import type { Answer, HubTalk } from './talk.ts';

export interface FeedbackPort {
  /** Released ratings of a unit and below in a period. */
  read(unit: string, period: string): Promise<Answer<FeedbackFigures>>;
  kiosks(unit: string): Promise<Answer<readonly KioskView[]>>;
  /** Absent on a unit page: only a hub keeps counters, settings, questionnaires and clips. */
  readonly hub?: FeedbackHub;
}

export interface FeedbackHub {
  /** Cannot be taken back. */
  eraseComment(hash: string): Promise<Answer<null>>;
  counters(unit: string): Promise<Answer<readonly CounterView[]>>;
  addCounter(unit: string, name: string): Promise<Answer<null>>;
  saveCounter(id: string, counter: { name: string; isActive: boolean }): Promise<Answer<null>>;
  place(device: string, counter: string | null): Promise<Answer<null>>;
  questionnaires(): Promise<Answer<readonly QuestionnaireView[]>>;
  addQuestionnaire(questionnaire: unknown): Promise<Answer<null>>;
  setting(unit: string): Promise<Answer<KioskSettingView>>;
  saveSetting(unit: string, change: SettingChange): Promise<Answer<null>>;
  clips(): Promise<Answer<readonly ClipView[]>>;
  decideClip(sha256: string, what: 'share' | 'withdraw'): Promise<Answer<null>>;
}

/** Ratings and kiosks over the hub's API. */
export function hubFeedback({ ask, tell }: HubTalk): FeedbackPort {
  const part = encodeURIComponent;
  return {
    read: (unit, period) => ask('/v1/feedback', { query: { unit, period } }, feedbackSchema, (all) => all),
    kiosks: (unit) => ask('/v1/kiosks', { query: { unit } }, kiosksSchema, ({ kiosks }) => kiosks),
    hub: {
      eraseComment: (hash) => tell(`/v1/feedback/comments/${part(hash)}/erase`, { method: 'POST' }),
      counters: (unit) =>
        ask('/v1/counters', { query: { unit } }, countersSchema, ({ counters }) => counters),
      addCounter: (unit, name) => tell('/v1/counters', { method: 'POST', json: { unit, name } }),
      saveCounter: (id, counter) => tell(`/v1/counters/${part(id)}`, { method: 'PUT', json: counter }),
      place: (device, counter) =>
        tell(`/v1/devices/${part(device)}/counter`, { method: 'PUT', json: { counter } }),
      questionnaires: () =>
        ask('/v1/questionnaires', {}, questionnairesSchema, ({ questionnaires }) => questionnaires),
      addQuestionnaire: (json) => tell('/v1/questionnaires', { method: 'POST', json }),
      setting: (unit) =>
        ask(`/v1/kiosk-settings/${part(unit)}`, {}, kioskSettingSchema, ({ setting }) => setting),
      saveSetting: (unit, change) =>
        tell(`/v1/kiosk-settings/${part(unit)}`, { method: 'PUT', json: change }),
      clips: () => ask('/v1/clips', {}, clipsSchema, ({ clips }) => clips),
      decideClip: (sha256, what) => tell(`/v1/clips/${part(sha256)}/${what}`, { method: 'POST' }),
    },
  };
}
