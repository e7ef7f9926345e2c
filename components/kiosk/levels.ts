/** The levels of a scale as they are shown. A face always stands for the same words: four have no middle, three no ends. */
import { type Question, type Scale, wordsIn } from '../../lib/domain/questionnaire.ts';
import type { KioskKey, KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import type { Level } from './Face.tsx';

const FACES: Readonly<Record<Exclude<Scale, 10>, readonly Level[]>> = {
  3: [2, 3, 4],
  4: [1, 2, 4, 5],
  5: [1, 2, 3, 4, 5],
};
/** Words at the ends of a scale of numbers. */
const ENDS = { worst: 1, best: 5 } as const;

export interface ShownLevel {
  /** The answer, 1 = worst. */
  readonly level: number;
  /** Null: a number is shown. */
  readonly face: Level | null;
  /** Null: between the ends of a scale of numbers. */
  readonly words: string | null;
}

/** The kiosk's own words of a scale, worst first: those the loudspeaker says. For numbers, the two ends. */
export function levelKeys(scale: Scale): readonly KioskKey[] {
  const faces = scale === 10 ? [ENDS.worst, ENDS.best] : FACES[scale];
  return faces.map((face): KioskKey => `level${face}`);
}

/** What stands on each choice of a question, worst first. */
export function shownLevels(
  { scale, levels }: Pick<Question, 'scale' | 'levels'>,
  language: string,
  t: KioskTranslate,
): readonly ShownLevel[] {
  return Array.from({ length: scale }, (_, index) => {
    const own = levels?.[index];
    const face = scale === 10 ? null : FACES[scale][index]!;
    const isEnd = index === 0 || index === scale - 1;
    const key: KioskKey | null =
      face !== null ? `level${face}` : isEnd ? `level${index === 0 ? ENDS.worst : ENDS.best}` : null;
    const words = own && (face !== null || isEnd) ? wordsIn(own, language) : key && t(key);
    return { level: index + 1, face, words };
  });
}
