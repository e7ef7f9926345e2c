/** What the loudspeaker says on each screen: everything that is written there, in reading order. */
import { guideTexts } from '../../components/kiosk/Guide.tsx';
import { levelKeys } from '../../components/kiosk/levels.ts';
import type { Question, Questionnaire } from '../domain/questionnaire.ts';
import type { KioskKey } from '../i18n/kiosk/index.ts';
import type { Flow, Rules } from './flow-types.ts';
import {
  ownLevelPhrases,
  type Phrase,
  questionPhrases,
  reasonPhrases,
  uiPhrase,
  unique,
} from './voice/phrases.ts';

/** Said when the idle warning comes up for somebody who listens. */
export const IDLE_PHRASE = uiPhrase('idleTitle');

type Read = Pick<Rules, 'questionnaire' | 'isClosed'> & {
  /** A code for the citizen's own phone stands beside the thanks. */
  readonly hasPhoneCode?: boolean;
};

/** The phrases of the screen. */
export function readAloud(flow: Pick<Flow, 'screen'>, rules: Read): readonly Phrase[] {
  const { screen } = flow;
  const { questionnaire } = rules;
  switch (screen.name) {
    case 'attract':
      if (rules.isClosed) return said('closedTitle', 'closedText');
      return [
        uiPhrase('attractTitle'),
        uiPhrase('attractText', { n: questionnaire.questions.length }),
        uiPhrase('attractStart'),
      ];
    case 'guide':
      return said(...guideTexts(screen.topic));
    case 'question': {
      const question = questionnaire.questions[screen.index];
      if (!question) return [];
      return [...questionPhrases(questionnaire, question), ...levelPhrases(questionnaire, question)];
    }
    case 'reasons':
      return [
        uiPhrase('reasonsTitle'),
        uiPhrase('reasonsText', { max: questionnaire.maxReasons }),
        ...reasonPhrases(questionnaire),
      ];
    case 'comment':
      return said('commentTitle', 'commentPrivacy');
    case 'thanks':
      return said(
        'thanksTitle',
        'thanksText',
        ...(rules.hasPhoneCode ? (['phoneTitle', 'phoneText'] as const) : []),
        'thanksMore',
      );
    case 'broken':
      return [...said('brokenTitle'), ...(screen.owed ? said('brokenOwed') : []), ...said('brokenText')];
    case 'saving':
      return [];
  }
}

/** Every phrase a citizen may hear on this device, in the order of a visit: what staff record. */
export function everyPhrase(questionnaire: Questionnaire): readonly Phrase[] {
  const screens: readonly Flow['screen'][] = [
    { name: 'attract' },
    ...questionnaire.questions.map((_, index) => ({ name: 'question', index }) as const),
    ...(questionnaire.maxReasons > 0 ? [{ name: 'reasons' } as const] : []),
    ...(questionnaire.comment === 'never' ? [] : [{ name: 'comment' } as const]),
    { name: 'thanks', until: 0 },
    { name: 'guide', topic: 'filing' },
    { name: 'guide', topic: 'payment' },
    { name: 'broken', owed: true, retryAt: 0 },
  ];
  const closed = readAloud({ screen: { name: 'attract' } }, { questionnaire, isClosed: true });
  const all = screens.flatMap((screen) => readAloud({ screen }, { questionnaire, hasPhoneCode: true }));
  return unique([...all, IDLE_PHRASE, ...closed]);
}

const said = (...keys: readonly KioskKey[]) => keys.map((key) => uiPhrase(key));

/** Of numbers only the two ends have words. */
function levelPhrases(questionnaire: Questionnaire, question: Question): readonly Phrase[] {
  if (!question.levels) return said(...levelKeys(question.scale));
  const all = ownLevelPhrases(questionnaire, question);
  return question.scale === 10 ? [all[0]!, all.at(-1)!] : all;
}
