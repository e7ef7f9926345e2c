/** The flow's state as screens: state in, acts out. */
import { Attract } from '../../components/kiosk/Attract.tsx';
import { Guide } from '../../components/kiosk/Guide.tsx';
import { IdleWarning } from '../../components/kiosk/IdleWarning.tsx';
import { Notice } from '../../components/kiosk/Notice.tsx';
import { Question } from '../../components/kiosk/Question.tsx';
import { Reasons, ReasonsAction } from '../../components/kiosk/Reasons.tsx';
import { Shell } from '../../components/kiosk/Shell.tsx';
import { Saving, Thanks } from '../../components/kiosk/Thanks.tsx';
import { wordsIn } from '../domain/questionnaire.ts';
import { KIOSK_LANGUAGES, type KioskTranslate, kioskTexts } from '../i18n/kiosk/index.ts';
import type { Flow, Rules } from './flow-types.ts';
import type { Act } from './kiosk.ts';

export interface ScreensProps {
  readonly flow: Flow;
  readonly rules: Rules;
  readonly unit: string | null;
  readonly counter: string | null;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly send: (act: Act) => void;
  readonly canSpeak: boolean;
  readonly onListen: () => void;
  readonly onStaff: () => void;
}

export function Screens(props: ScreensProps) {
  const { flow, rules, send } = props;
  const t = kioskTexts(flow.language);
  const { name } = flow.screen;
  const warnedUntil = flow.warnedUntil;
  const canGoBack = name === 'question' || name === 'reasons' || name === 'guide';
  return (
    <>
      <Shell
        t={t}
        unit={props.unit}
        counter={props.counter}
        tools={{
          languages: KIOSK_LANGUAGES,
          language: flow.language,
          isLarge: flow.large,
          isContrast: flow.contrast,
          onListen: props.canSpeak ? props.onListen : null,
          onLanguage: (language) => send({ type: 'language', language }),
          onLarge: () => send({ type: 'large' }),
          onContrast: () => send({ type: 'contrast' }),
        }}
        onStaff={props.onStaff}
        onBack={canGoBack ? () => send({ type: 'back' }) : null}
        action={<StepAction {...props} t={t} />}
      >
        <Step key={`${flow.visit?.id ?? ''}/${stepKey(flow)}`} {...props} t={t} />
      </Shell>
      {warnedUntil !== null && (
        <IdleWarning
          t={t}
          total={rules.warnMs}
          left={() => warnedUntil - props.clock()}
          onStay={() => send({ type: 'stay' })}
          onLeave={() => send({ type: 'leave' })}
        />
      )}
    </>
  );
}

/** The button that ends the step. */
function StepAction({ flow, send, t }: ScreensProps & { t: KioskTranslate }) {
  switch (flow.screen.name) {
    case 'attract':
      return <p class="k-foot-note">{t('guideHelp')}</p>;
    case 'reasons':
      return (
        <ReasonsAction
          t={t}
          isChosen={(flow.visit?.reasons.length ?? 0) > 0}
          onDone={() => send({ type: 'done', skip: false })}
        />
      );
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

/** Changes with the step, so that each step is built anew and nothing of the one before stays in the page. */
function stepKey({ screen }: Flow): string {
  return screen.name === 'question' ? `question ${screen.index}` : screen.name;
}

function Step({ flow, rules, send, newId, t }: ScreensProps & { t: KioskTranslate }) {
  const { screen, language } = flow;
  const { questionnaire } = rules;
  switch (screen.name) {
    case 'attract':
      return (
        <Attract
          t={t}
          onStart={() => send({ type: 'start', id: newId() })}
          onGuide={(topic) => send({ type: 'guide', topic })}
        />
      );
    case 'guide':
      return <Guide t={t} topic={screen.topic} />;
    case 'question': {
      const question = questionnaire.questions[screen.index];
      return question ? (
        <Question
          t={t}
          title={wordsIn(question.title, language)}
          text={wordsIn(question.text, language)}
          number={screen.index + 1}
          of={questionnaire.questions.length}
          onAnswer={(level) => send({ type: 'answer', level })}
        />
      ) : null;
    }
    case 'reasons':
      return (
        <Reasons
          t={t}
          reasons={questionnaire.reasons.map((one) => ({ ...one, text: wordsIn(one.text, language) }))}
          chosen={flow.visit?.reasons ?? []}
          max={questionnaire.maxReasons}
          onChoose={(id) => send({ type: 'reason', id })}
        />
      );
    case 'saving':
      return <Saving t={t} />;
    case 'thanks':
      return <Thanks t={t} />;
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
