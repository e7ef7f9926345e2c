/** Recording the loudspeaker's sentences: one at a time, with its words, a meter and what was heard. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { Banner } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import './recorder.css';

export type SpokenState = 'none' | 'here' | 'sent' | 'refused' | 'shared';

export interface RecorderProps {
  readonly t: StaffTranslate;
  /** The words to be said. */
  readonly text: string;
  /** Name of a language these words are not written in; null where they are. */
  readonly into: string | null;
  /** Language of the words. */
  readonly lang: string;
  /** Counted from 1. */
  readonly number: number;
  readonly of: number;
  readonly state: SpokenState;
  /** `taken`: recorded, not kept yet. */
  readonly phase: 'ready' | 'opening' | 'recording' | 'taken';
  readonly isPlaying: boolean;
  /** There is something to listen to. */
  readonly canListen: boolean;
  /** This device has a recording of its own. */
  readonly canDelete: boolean;
  /** Loudness now, 0 to 1, and seconds left, while recording. */
  readonly level: () => number;
  readonly left: () => number;
  readonly message: { readonly kind: 'good' | 'warn' | 'bad'; readonly text: string } | null;
  readonly onRecord: () => void;
  readonly onStop: () => void;
  readonly onListen: () => void;
  readonly onAccept: () => void;
  readonly onDelete: () => void;
  readonly onMove: (by: 1 | -1) => void;
}

export function Recorder(props: RecorderProps) {
  const { t, number, of } = props;
  const actions = useRef<HTMLDivElement>(null);
  // The button that was pressed has made way for others: whoever works by keyboard goes on from the first of them.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) actions.current?.querySelector('button')?.focus();
  }, [props.phase]);
  return (
    <section class="s-card s-recorder" data-card="recorder" data-phase={props.phase}>
      <p class="s-recorder-head">
        <b>{t('voiceNumber', { n: number, of })}</b>
        <span class="s-chip" data-state={props.state}>
          {t(`voiceState_${props.state}`)}
        </span>
      </p>
      <p>{props.into === null ? t('voiceRead') : t('voiceReadIn', { language: props.into })}</p>
      <blockquote lang={props.lang}>{props.text}</blockquote>
      {props.phase === 'recording' && <Meter t={t} level={props.level} left={props.left} />}
      {props.message && (
        <Banner kind={props.message.kind} title={props.message.text} name={`voice-${props.message.kind}`} />
      )}
      <div class="s-actions" ref={actions}>
        <RecorderActions {...props} />
      </div>
      <div class="s-actions s-recorder-moves">
        <Button size="large" action="voice-previous" disabled={number === 1} onClick={() => props.onMove(-1)}>
          {t('voicePrevious')}
        </Button>
        <Button size="large" action="voice-next" disabled={number === of} onClick={() => props.onMove(1)}>
          {t('voiceNext')}
        </Button>
        {props.canDelete && (
          <Button kind="quiet" size="large" action="voice-delete" onClick={props.onDelete}>
            {t('voiceDelete')}
          </Button>
        )}
      </div>
    </section>
  );
}

function RecorderActions(props: RecorderProps) {
  const { t, phase } = props;
  if (phase === 'recording') {
    return (
      <Button key="stop" kind="danger" size="large" action="voice-stop" onClick={props.onStop}>
        {t('voiceStop')}
      </Button>
    );
  }
  const isTaken = phase === 'taken';
  // Listening stands where "stop" stood: a second tap there must not accept a take nobody has heard.
  return (
    <>
      {props.canListen && (
        <Button
          key="listen"
          size="large"
          action="voice-listen"
          pressed={props.isPlaying}
          onClick={props.onListen}
        >
          {t(props.isPlaying ? 'voiceHush' : 'voiceListen')}
        </Button>
      )}
      {isTaken && (
        <Button key="accept" kind="primary" size="large" action="voice-accept" onClick={props.onAccept}>
          {t('voiceAccept')}
        </Button>
      )}
      <Button
        key="record"
        kind={isTaken ? 'plain' : 'primary'}
        size="large"
        action="voice-record"
        busy={phase === 'opening'}
        onClick={props.onRecord}
      >
        {t(isTaken || props.state !== 'none' ? 'voiceAgain' : 'voiceRecord')}
      </Button>
    </>
  );
}

/** Loudness and time left; read at every frame, so that nobody records into a dead microphone. */
function Meter({ t, level, left }: Pick<RecorderProps, 't' | 'level' | 'left'>) {
  const meter = useRef<HTMLMeterElement>(null);
  const [seconds, setSeconds] = useState(left());
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      if (meter.current) meter.current.value = level();
      setSeconds(left());
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div class="s-meter">
      <b role="status">{t('voiceLeft', { seconds })}</b>
      <meter ref={meter} min={0} max={1} low={0.03} aria-label={t('voiceLevel')} />
    </div>
  );
}

export interface PhraseListProps {
  readonly t: StaffTranslate;
  readonly phrases: readonly { readonly id: string; readonly text: string; readonly state: SpokenState }[];
  readonly lang: string;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** Every sentence with its state; a press goes there. */
export function PhraseList({ t, phrases, lang, chosen, onChoose }: PhraseListProps) {
  return (
    <ol class="s-card s-phrases" data-card="phrases">
      {phrases.map(({ id, text, state }) => (
        <li key={id}>
          <button type="button" aria-current={id === chosen} data-phrase={id} onClick={() => onChoose(id)}>
            <span lang={lang}>{text}</span>
            <span class="s-chip" data-state={state}>
              {t(`voiceState_${state}`)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
