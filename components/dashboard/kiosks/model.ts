/** What the view of kiosks needs beside the shapes of `lib/indicators/kiosks.ts`. */
import type { FeedbackRules } from '../../../lib/domain/feedback-rules.ts';
import type { Questionnaire, Words as Texts } from '../../../lib/domain/questionnaire.ts';
import type {
  ClipView,
  CounterView,
  KioskSettingView,
  KioskView,
  QuestionnaireView,
} from '../../../lib/indicators/kiosks.ts';
import type { Device, Failure, FileBytes, Load } from '../model.ts';

/** What a unit shall say itself from now on; absent = unchanged, null = as the unit above. */
export interface SettingChange {
  readonly questionnaire?: string | null;
  readonly isOutOfService?: boolean | null;
  /** Replaces the unit's own thresholds; what is not named is inherited. */
  readonly rules?: Partial<FeedbackRules>;
}

/** Everything the view shows; each part is loaded and fails by itself. */
export interface KioskRoom {
  readonly kiosks: Load<readonly KioskView[]>;
  readonly counters: Load<readonly CounterView[]>;
  readonly setting: Load<KioskSettingView>;
  readonly questionnaires: Load<readonly QuestionnaireView[]>;
  readonly clips: Load<readonly ClipView[]>;
}

/** What the buttons do. Each answers whether it was done, so that its dialog knows when to close. */
export interface KioskActs {
  readonly addCounter: (unit: string, name: string) => Promise<boolean>;
  readonly saveCounter: (id: string, counter: { name: string; isActive: boolean }) => Promise<boolean>;
  readonly placeDevice: (device: string, counter: string | null) => Promise<boolean>;
  readonly saveSetting: (change: SettingChange) => Promise<boolean>;
  readonly addQuestionnaire: (questionnaire: unknown) => Promise<boolean>;
  readonly decideClip: (sha256: string, what: 'share' | 'withdraw') => Promise<boolean>;
}

/** A sentence the loudspeaker may say. */
export interface SpokenPhrase {
  readonly id: string;
  readonly words: Texts;
}

export interface KiosksViewProps {
  readonly room: KioskRoom & { readonly devices: Load<readonly Device[]> };
  readonly source: 'hub' | 'unit';
  readonly unit: string;
  readonly now: number;
  readonly rights: { readonly canChangeKiosks: boolean; readonly canDecideForms: boolean };
  readonly busy: string | null;
  /** Of the last operation: shown where it was asked for. */
  readonly failure: Failure | null;
  readonly acts: KioskActs;
  /** Every sentence of a questionnaire's screens. */
  readonly phrases: (questionnaire: Questionnaire) => readonly SpokenPhrase[];
  readonly onRetry: () => void;
  readonly onForget: () => void;
  readonly onSave: (file: FileBytes) => void;
}

/** What a kiosk said of itself, as far as it did. */
export interface KioskFacts {
  readonly isCommissioned: boolean | null;
  readonly isPersisted: boolean | null;
  readonly version: string | null;
  readonly questionnaire: string | null;
  /** When it said so last; ISO. */
  readonly at: string | null;
  /** What it said in the last week that needs a look. */
  readonly troubles: readonly Trouble[];
}

/** Words that call for somebody, `topic.state` (lib/kiosk, lib/journal); each has its sentence in the dictionaries. */
const TROUBLES = [
  'update.failed',
  'questionnaire.malformed',
  'journal.storeLost',
  'journal.rolledBack',
  'journal.linesLost',
  'journal.secondLost',
  'journal.damaged',
  'journal.receiptAhead',
] as const;
export type Trouble = (typeof TROUBLES)[number];
/** A device says such a thing once; after this long it has been seen to, or another word has come. */
const TROUBLE_LASTS = 7 * 24 * 3_600_000;
/** A kiosk silent for longer than this is looked at. */
const SILENT = 24 * 3_600_000;

/** The facts of a kiosk's latest words; the newest word that names a fact wins. */
export function factsOf({ words }: Pick<KioskView, 'words'>, now: number): KioskFacts {
  const newestFirst = [...words].sort((a, b) => (a.at < b.at ? 1 : -1));
  const named = (name: string) =>
    newestFirst.find(({ detail }) => detail[name] !== undefined)?.detail[name] ?? null;
  const checked = newestFirst.find(
    ({ topic, state }) => topic === 'kiosk' && (state === 'commissioned' || state === 'notCommissioned'),
  );
  const persisted = named('persisted');
  return {
    isCommissioned: checked === undefined ? null : checked.state === 'commissioned',
    isPersisted: typeof persisted === 'boolean' ? persisted : null,
    version: textOf(named('version')),
    questionnaire: textOf(named('questionnaire')),
    at: newestFirst[0]?.at ?? null,
    troubles: TROUBLES.filter((trouble) =>
      newestFirst.some(
        ({ topic, state, at }) => `${topic}.${state}` === trouble && now - Date.parse(at) < TROUBLE_LASTS,
      ),
    ),
  };
}

function textOf(value: string | number | boolean | null): string | null {
  return value === null ? null : String(value);
}

/**
 * Whether somebody should go and see: not checked, not promised to be kept, silent, in trouble, or nowhere placed where a
 * hub keeps counters.
 */
export function needsVisit(kiosk: KioskView, now: number, hasCounters: boolean): boolean {
  if (kiosk.status === 'revoked') return false;
  const facts = factsOf(kiosk, now);
  const isSilent = kiosk.heardAt === null || now - Date.parse(kiosk.heardAt) > SILENT;
  return (
    isSilent ||
    (hasCounters && kiosk.counter === null) ||
    facts.isCommissioned === false ||
    facts.isPersisted === false ||
    facts.troubles.length > 0
  );
}
