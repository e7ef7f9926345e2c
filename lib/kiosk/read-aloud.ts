/** What the loudspeaker reads on each screen: everything that is written there, in reading order. */
import { guideTexts } from '../../components/kiosk/Guide.tsx';
import { wordsIn } from '../domain/questionnaire.ts';
import type { KioskKey, KioskTranslate } from '../i18n/kiosk/index.ts';
import type { Flow, Rules } from './flow-types.ts';

const LEVEL_KEYS: readonly KioskKey[] = ['level1', 'level2', 'level3', 'level4', 'level5'];

/** The sentences of the screen in the flow's language. */
export function readAloud(flow: Flow, rules: Rules, t: KioskTranslate): readonly string[] {
  const { screen } = flow;
  const { questionnaire } = rules;
  switch (screen.name) {
    case 'attract':
      return [t('attractTitle'), t('attractText'), t('attractStart')];
    case 'guide':
      return guideTexts(screen.topic).map((key) => t(key));
    case 'question': {
      const question = questionnaire.questions[screen.index];
      if (!question) return [];
      const asked = [question.title, question.text].map((words) => wordsIn(words, flow.language));
      return [...asked, ...LEVEL_KEYS.map((key) => t(key))];
    }
    case 'reasons':
      return [
        t('reasonsTitle'),
        t('reasonsText', { max: questionnaire.maxReasons }),
        ...questionnaire.reasons.map(({ text }) => wordsIn(text, flow.language)),
      ];
    case 'thanks':
      return [t('thanksTitle'), t('thanksText'), t('thanksMore')];
    case 'broken':
      return [t('brokenTitle'), ...(screen.owed ? [t('brokenOwed')] : []), t('brokenText')];
    case 'saving':
      return [];
  }
}
