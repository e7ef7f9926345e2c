/**
 * The questionnaire as data, texts included, so that a province can word its own (Circular 01/2018/TT-VPCP Art. 12(4))
 * and every answer names the exact version it was given to. Plain data: the first screen carries no schema library;
 * what a hub sends is checked in `questionnaire-schema.ts`.
 */

/** A text by language; `vi` is always there. */
export type Words = Readonly<Record<string, string>> & { readonly vi: string };

/** Pictures the kiosk can draw. */
type Picture = 'slow' | 'papers' | 'onlinePaper' | 'money' | 'rude' | 'unclear';

interface Question {
  readonly id: string;
  /** Number of faces; level 1 is the worst. */
  readonly scale: 5;
  readonly title: Words;
  readonly text: Words;
}

interface Reason {
  readonly id: string;
  readonly picture: Picture;
  readonly text: Words;
}

export interface Questionnaire {
  readonly id: string;
  readonly version: number;
  /** Asked of everyone, in this order, one tap each, nothing chosen beforehand. */
  readonly questions: readonly Question[];
  /** An answer at or below this level asks for reasons. */
  readonly low: number;
  readonly reasons: readonly Reason[];
  /** How many reasons may be chosen. */
  readonly maxReasons: number;
}

/**
 * Two taps for everyone, reasons only after a low answer. The questions are criteria of Decree 61/2018 Art. 31(1)
 * (đ staff attitude, i the rest of the service); the reasons are the conduct Art. 5(1) forbids and Art. 31(1) a, d, e, h in plain words.
 */
export const QUICK: Questionnaire = {
  id: 'quick',
  version: 1,
  questions: [
    {
      id: 'quality',
      scale: 5,
      title: { vi: 'Chất lượng phục vụ', en: 'Quality of service' },
      text: {
        vi: 'Ông/Bà có hài lòng với việc giải quyết thủ tục hôm nay không?',
        en: 'Are you satisfied with how your request was handled today?',
      },
    },
    {
      id: 'attitude',
      scale: 5,
      title: { vi: 'Thái độ phục vụ', en: 'Staff attitude' },
      text: {
        vi: 'Ông/Bà có hài lòng với thái độ của cán bộ không?',
        en: 'Are you satisfied with the attitude of the staff?',
      },
    },
  ],
  low: 2,
  reasons: [
    { id: 'slow', picture: 'slow', text: { vi: 'Chờ lâu, trả chậm', en: 'Long wait, late result' } },
    {
      id: 'papers',
      picture: 'papers',
      text: { vi: 'Phải nộp thêm giấy tờ nhiều lần', en: 'Asked for papers again and again' },
    },
    {
      id: 'onlinePaper',
      picture: 'onlinePaper',
      text: { vi: 'Nộp trực tuyến rồi vẫn đòi bản giấy', en: 'Filed online, paper still asked for' },
    },
    {
      id: 'money',
      picture: 'money',
      text: { vi: 'Phải trả thêm tiền ngoài quy định', en: 'Asked for extra money' },
    },
    {
      id: 'rude',
      picture: 'rude',
      text: { vi: 'Cán bộ thiếu lịch sự, không giúp', en: 'Rude or unhelpful staff' },
    },
    {
      id: 'unclear',
      picture: 'unclear',
      text: { vi: 'Hướng dẫn không rõ ràng', en: 'Unclear guidance' },
    },
  ],
  maxReasons: 2,
};

/** `id@version`, as an entry names it. */
export function questionnaireRef(questionnaire: Questionnaire): string {
  return `${questionnaire.id}@${questionnaire.version}`;
}

/** The words in a language, else in Vietnamese. */
export function wordsIn(words: Words, language: string): string {
  return words[language] ?? words.vi;
}

/** True when any answer is low enough to ask why. */
export function asksReasons(
  questionnaire: Questionnaire,
  answers: Readonly<Record<string, number>>,
): boolean {
  return (
    questionnaire.maxReasons > 0 &&
    questionnaire.reasons.length > 0 &&
    Object.values(answers).some((level) => level <= questionnaire.low)
  );
}
