/** The step a visit stands on: state in, acts out. */
import { useLayoutEffect } from 'preact/hooks';
import { Attract } from '../../components/kiosk/Attract.tsx';
import { Guide } from '../../components/kiosk/Guide.tsx';
import { shownLevels } from '../../components/kiosk/levels.ts';
import { Notice } from '../../components/kiosk/Notice.tsx';
import { Question } from '../../components/kiosk/Question.tsx';
import { Reasons, StepDone } from '../../components/kiosk/Reasons.tsx';
import { Saving, Thanks } from '../../components/kiosk/Thanks.tsx';
import { wordsIn } from '../domain/questionnaire.ts';
import type { KioskTranslate } from '../i18n/kiosk/index.ts';
import type { Flow, Rules } from './flow-types.ts';
import type { Act } from './kiosk.ts';
import { lateLoaded } from './late.tsx';
import { progressOf } from './progress.ts';
import type { Voice } from './voice/use-loudspeaker.ts';

export interface StepProps {
  readonly t: KioskTranslate;
  readonly flow: Flow;
  readonly rules: Rules;
  readonly newId: () => string;
  readonly send: (act: Act) => void;
  /** Address of the code beside the thanks, or null. */
  readonly phoneUrl: string | null;
  readonly voice: Pick<Voice, 'isSpeaking' | 'onListen'>;
}

/** With what ends it: a comment that was written can be handed in. */
const Comment = lateLoaded(() =>
  Promise.all([import('./comment/screen.tsx'), import('./comment/seal.ts')]).then(
    ([{ CommentScreen }]) => CommentScreen,
  ),
);
const PhoneCode = lateLoaded(() => import('./phone-code.tsx').then(({ PhoneCode: View }) => View));

/** Changes with the step, so that each step is built anew and nothing of the one before stays in the page. */
export function stepKey({ visit, screen }: Flow): string {
  const { name } = screen;
  return `${visit?.id ?? ''}/${name === 'question' ? `question ${screen.index}` : name}`;
}

export function Step(props: StepProps) {
  const { flow, rules, send, t, phoneUrl } = props;
  // A small screen may stand scrolled to the foot of the step before.
  useLayoutEffect(() => window.scrollTo(0, 0), []);
  const { screen, language, visit } = flow;
  const { questionnaire } = rules;
  switch (screen.name) {
    case 'attract':
    case 'guide':
      return <Welcome {...props} screen={screen} />;
    case 'question': {
      const question = questionnaire.questions[screen.index];
      return question ? (
        <Question
          t={t}
          title={wordsIn(question.title, language)}
          text={wordsIn(question.text, language)}
          levels={shownLevels(question, language, t)}
          {...progressOf(questionnaire, visit?.answers ?? {}, screen.index)}
          onAnswer={(level) => send({ type: 'answer', level, question: question.id })}
        />
      ) : null;
    }
    case 'reasons':
      return (
        <Reasons
          t={t}
          reasons={questionnaire.reasons.map((one) => ({ ...one, text: wordsIn(one.text, language) }))}
          chosen={visit?.reasons ?? []}
          max={questionnaire.maxReasons}
          onChoose={(id) => send({ type: 'reason', id })}
        />
      );
    case 'comment':
      return (
        <Comment
          t={t}
          language={language}
          text={visit?.draft ?? ''}
          onWrite={(text) => send({ type: 'write', text })}
          onMissing={() => send({ type: 'comment', comment: null })}
        />
      );
    case 'saving':
      return <Saving t={t} />;
    case 'thanks':
      return <Thanks t={t}>{phoneUrl === null ? null : <PhoneCode t={t} address={phoneUrl} />}</Thanks>;
    case 'broken':
      return (
        <Notice
          icon="warning"
          title={t('brokenTitle')}
          lines={[...(screen.owed ? [t('brokenOwed')] : []), t('brokenText')]}
          staff={t('brokenStaff')}
        />
      );
  }
}

function Welcome(
  props: StepProps & { readonly screen: Extract<Flow['screen'], { name: 'attract' | 'guide' }> },
) {
  const { t, screen, rules, send, newId, voice } = props;
  if (screen.name === 'guide') return <Guide t={t} topic={screen.topic} />;
  if (rules.isClosed) return <Notice icon="pause" title={t('closedTitle')} lines={[t('closedText')]} />;
  return (
    <Attract
      t={t}
      voice={voice}
      taps={rules.questionnaire.questions.length}
      onStart={() => send({ type: 'start', id: newId() })}
      onGuide={(topic) => send({ type: 'guide', topic })}
    />
  );
}

/** The button that ends the step. */
export function StepAction({ flow, rules, send, t }: Pick<StepProps, 'flow' | 'rules' | 'send' | 't'>) {
  switch (flow.screen.name) {
    case 'attract':
      return rules.isClosed ? null : <p class="k-foot-note">{t('guideHelp')}</p>;
    case 'reasons':
      return (
        <StepDone
          t={t}
          isFilled={(flow.visit?.reasons.length ?? 0) > 0}
          onDone={() => send({ type: 'done', skip: false })}
        />
      );
    case 'comment': {
      const draft = flow.visit?.draft ?? '';
      return (
        <StepDone
          t={t}
          isFilled={draft.trim() !== ''}
          onDone={() => {
            if (draft.trim() === '') send({ type: 'comment', comment: null });
            else
              void import('./comment/seal.ts').then(({ seal }) =>
                send({ type: 'comment', comment: seal(draft) }),
              );
          }}
        />
      );
    }
    case 'thanks':
      return (
        <button type="button" class="k-tool k-done" onClick={() => send({ type: 'back' })}>
          <span>{t('done')}</span>
        </button>
      );
    default:
      return null;
  }
}
