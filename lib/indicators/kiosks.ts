/** Counters, questionnaires, settings, clips and kiosks as the dashboard shows them. Instants are ISO, UTC. */
import type { FeedbackRules } from '../domain/feedback-rules.ts';
import type { Questionnaire } from '../domain/questionnaire.ts';

export interface CounterView {
  readonly id: string;
  readonly unit: string;
  readonly unitName: string;
  readonly name: string;
  readonly isActive: boolean;
  /** Devices placed there. */
  readonly devices: readonly { readonly id: string; readonly kind: string; readonly name: string }[];
}

export interface QuestionnaireView {
  /** `id@version`. */
  readonly ref: string;
  /** `shipped` comes with the product. */
  readonly origin: 'shipped' | 'hub';
  readonly questionnaire: Questionnaire;
  /** Null when shipped. */
  readonly madeAt: string | null;
  /** Units that name it themselves. */
  readonly units: readonly string[];
}

/** A value in force and the unit that set it; null = nobody did, it is the default. */
export interface InForce<Value> {
  readonly value: Value;
  readonly from: { readonly id: string; readonly name: string } | null;
}

/** What holds for the kiosks of a unit, and what the unit itself says (null or absent = inherited). */
export interface KioskSettingView {
  readonly unit: string;
  readonly unitName: string;
  readonly own: {
    readonly questionnaire: string | null;
    readonly isOutOfService: boolean | null;
    readonly rules: Partial<FeedbackRules>;
  };
  readonly inForce: {
    /** `id@version`. */
    readonly questionnaire: InForce<string>;
    readonly isOutOfService: InForce<boolean>;
    readonly rules: { readonly [Key in keyof FeedbackRules]: InForce<FeedbackRules[Key]> };
  };
}

export type ClipStage = 'proposed' | 'shared' | 'withdrawn';

export interface ClipView {
  readonly sha256: string;
  readonly language: string;
  readonly phrase: string;
  readonly mime: string;
  readonly bytes: number;
  readonly stage: ClipStage;
  readonly deviceName: string;
  readonly unitName: string;
  readonly madeAt: string;
  readonly decidedAt: string | null;
}

/** The latest word of a kiosk on one topic (`kiosk`, `storage`, `update`, …). */
export interface KioskWord {
  readonly topic: string;
  readonly state: string;
  readonly at: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

export interface KioskView {
  readonly id: string;
  readonly name: string;
  readonly unit: { readonly id: string; readonly name: string };
  readonly status: 'active' | 'revoked';
  readonly counter: string | null;
  readonly counterName: string | null;
  readonly heardAt: string | null;
  /** Entries it still owed when last heard. */
  readonly unsent: number;
  readonly words: readonly KioskWord[];
}
