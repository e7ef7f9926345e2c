/**
 * Every sentence the loudspeaker may say, by an id that a recorded clip can be kept under: `ui.<key>` for the texts of the
 * citizen's screens, `q.<id@version>.<question>.…` and `r.<id@version>.<reason>` for a questionnaire's. A new version of a
 * questionnaire has phrases of its own: a clip never says words that are no longer those on the screen.
 */
import {
  type Question,
  type Questionnaire,
  questionnaireRef,
  type Words,
} from '../../domain/questionnaire.ts';
import { KIOSK_LANGUAGES, type KioskKey, kioskTexts } from '../../i18n/kiosk/index.ts';

export interface Phrase {
  /** Matches `/^[A-Za-z0-9@._-]{1,120}$/` (the batch room's clip request). */
  readonly id: string;
  readonly words: Words;
}

/** A text of the screens. A number in it is part of the id: the words differ with it. */
export function uiPhrase(key: KioskKey, values?: Readonly<Record<string, number>>): Phrase {
  const inLanguages = KIOSK_LANGUAGES.map(({ id }) => [id, kioskTexts(id)(key, values)] as const);
  return {
    id: ['ui', key, ...Object.values(values ?? {})].join('.'),
    words: { ...Object.fromEntries(inLanguages), vi: kioskTexts('vi')(key, values) },
  };
}

/** Title and text of a question. */
export function questionPhrases(questionnaire: Questionnaire, question: Question): readonly Phrase[] {
  const place = `q.${questionnaireRef(questionnaire)}.${question.id}`;
  return [
    { id: `${place}.title`, words: question.title },
    { id: `${place}.text`, words: question.text },
  ];
}

/** The words of a question's levels that are its own, worst first. Words another question had first are that one's phrase. */
export function ownLevelPhrases(questionnaire: Questionnaire, question: Question): readonly Phrase[] {
  return (question.levels ?? []).map((words) => {
    const spoken = JSON.stringify(sorted(words));
    for (const { id, levels } of questionnaire.questions) {
      const at = levels?.findIndex((one) => JSON.stringify(sorted(one)) === spoken) ?? -1;
      if (at >= 0) return { id: `q.${questionnaireRef(questionnaire)}.${id}.level${at + 1}`, words };
    }
    throw new Error('a question outside its questionnaire');
  });
}

export function reasonPhrases(questionnaire: Questionnaire): readonly Phrase[] {
  return questionnaire.reasons.map(({ id, text }) => ({
    id: `r.${questionnaireRef(questionnaire)}.${id}`,
    words: text,
  }));
}

/** The first phrase of each id. */
export function unique(phrases: readonly Phrase[]): readonly Phrase[] {
  const byId = new Map<string, Phrase>();
  for (const phrase of phrases) if (!byId.has(phrase.id)) byId.set(phrase.id, phrase);
  return [...byId.values()];
}

function sorted(words: Words): readonly (readonly [string, string])[] {
  return Object.entries(words).sort(([one], [other]) => (one < other ? -1 : 1));
}
