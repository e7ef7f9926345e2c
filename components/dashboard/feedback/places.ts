/** How places, days and questions are named on screen. */
import {
  type Question,
  type Questionnaire,
  questionnaireRef,
  wordsIn,
} from '../../../lib/domain/questionnaire.ts';
import type { FeedbackPlace } from '../../../lib/indicators/feedback.ts';
import { useWords, type Words } from '../words.ts';

/** Names a counter; with its unit where several units are shown. */
export function usePlaces(): (place: FeedbackPlace, hasUnit?: boolean) => string {
  const { t } = useWords();
  return (place, hasUnit = false) => {
    const counter =
      place.counter === null ? t('feedback.counter.pooled') : (place.counterName ?? place.counter);
    return hasUnit ? `${counter}, ${place.unitName}` : counter;
  };
}

/** The title of a question, else its id. */
export function questionTitle({ language }: Words, asked: Question | null, id: string): string {
  return asked === null ? id : wordsIn(asked.title, language);
}

/** The words of a level: the question's own, else those every kiosk shows for the scale. */
export function levelName(
  { t, maybe, language }: Words,
  asked: Question | null,
  scale: number,
  level: number,
): string {
  const own = asked?.levels?.[level - 1];
  if (own !== undefined) return wordsIn(own, language);
  return maybe(`feedback.level.${scale}.${level}`) ?? t('feedback.level.plain', { level });
}

/** `Đánh giá nhanh (quick@2)`, or the reference alone. */
export function questionnaireName(
  { t, language }: Words,
  questionnaires: readonly Questionnaire[],
  ref: string,
): string {
  const known = questionnaires.find((one) => questionnaireRef(one) === ref);
  return known ? t('feedback.questionnaireOf', { name: wordsIn(known.name, language), ref }) : ref;
}
