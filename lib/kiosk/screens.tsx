/** The flow's state as screens of the kiosk: the step in its frame, and the idle warning over it. */
import { IdleWarning } from '../../components/kiosk/IdleWarning.tsx';
import { Shell } from '../../components/kiosk/Shell.tsx';
import { kioskTexts } from '../i18n/kiosk/index.ts';
import { Step, StepAction, type StepProps, stepKey } from './step.tsx';
import type { Voice } from './voice/use-loudspeaker.ts';

export interface ScreensProps extends Omit<StepProps, 't' | 'keyboard' | 'voice'> {
  readonly unit: string | null;
  readonly counter: string | null;
  readonly clock: () => number;
  readonly voice: Voice;
  readonly onStaff: () => void;
}

export function Screens(props: ScreensProps) {
  const { flow, rules, send } = props;
  const t = kioskTexts(flow.language);
  const { name } = flow.screen;
  const warnedUntil = flow.warnedUntil;
  const canGoBack = name === 'question' || name === 'reasons' || name === 'comment' || name === 'guide';
  const step: StepProps = { ...props, t };
  return (
    <>
      <Shell
        t={t}
        unit={props.unit}
        counter={props.counter}
        step={name}
        stepKey={stepKey(flow)}
        tools={{
          languages: props.voice.languages,
          language: flow.language,
          isLarge: flow.large,
          isContrast: flow.contrast,
          isLow: flow.low,
          isSpeaking: props.voice.isSpeaking,
          // The resting screen has a loudspeaker of its own, and a big one.
          onListen: name === 'attract' && !rules.isClosed ? null : props.voice.onListen,
          onLanguage: (language) => send({ type: 'language', language }),
          onLarge: () => send({ type: 'large' }),
          onContrast: () => send({ type: 'contrast' }),
          onLow: () => send({ type: 'low' }),
        }}
        onStaff={props.onStaff}
        onBack={canGoBack ? () => send({ type: 'back' }) : null}
        action={<StepAction {...step} />}
      >
        <Step key={stepKey(flow)} {...step} />
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
