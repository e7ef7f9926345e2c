/** The loudspeaker as the citizen's page uses it: one button, silent when the screen changes. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Flow } from '../flow-types.ts';
import { IDLE_PHRASE, readAloud } from '../read-aloud.ts';
import type { Room } from '../room.ts';
import { isOnlySpoken, type VoiceLanguage } from './languages.ts';

export interface Voice {
  /** What the language tool offers. */
  readonly languages: readonly VoiceLanguage[];
  readonly isSpeaking: boolean;
  /** Speaks, or falls silent while speaking; null where this screen cannot be heard in the language. */
  readonly onListen: (() => void) | null;
}

type VoiceRoom = Pick<Room, 'send' | 'speaker' | 'rules' | 'inForce'>;

/**
 * Follows flow and loudspeaker. A language that is only spoken cannot be read on the screen, so its screens speak by
 * themselves until the citizen presses for silence; the resting screen does so only when the language is chosen.
 */
export function useLoudspeaker(room: VoiceRoom, flow: Flow, isOpen: boolean): Voice {
  const { speaker } = room;
  const [, render] = useState(0);
  const isHushed = useRef(false);
  useEffect(() => speaker.subscribe(() => render((count) => count + 1)), []);
  const { phoneUrl } = room.inForce.get();
  const phrases = readAloud(flow, { ...room.rules(), hasPhoneCode: phoneUrl !== null });
  const screen = screenOf(flow);
  const canSay = speaker.canSay(phrases, flow.language);
  const before = useRef(flow.language);

  useEffect(() => {
    speaker.hush();
    const isChosen = before.current !== flow.language;
    if (isChosen) isHushed.current = false;
    before.current = flow.language;
    const speaks = isOnlySpoken(flow.language) && !isHushed.current && (isChosen || screen !== 'attract');
    if (!isOpen || !speaks || !canSay) return;
    room.send({ type: 'spoke' });
    speaker.say(phrases, flow.language);
  }, [screen, flow.language, isOpen]);
  /** Who listens instead of reading would not see the warning. */
  const isWarned = flow.warnedUntil !== null;
  useEffect(() => {
    if (isWarned && flow.voice) speaker.say([IDLE_PHRASE], flow.language);
  }, [isWarned]);

  const isSpeaking = speaker.isSpeaking();
  const onListen = () => {
    isHushed.current = isSpeaking;
    room.send({ type: 'spoke' });
    if (isSpeaking) speaker.hush();
    else speaker.say(phrases, flow.language);
  };
  return { languages: speaker.languages(flow.language), isSpeaking, onListen: canSay ? onListen : null };
}

/** Changes with what is to be read. */
function screenOf({ screen }: Flow): string {
  switch (screen.name) {
    case 'question':
      return `question ${screen.index}`;
    case 'guide':
      return `guide ${screen.topic}`;
    default:
      return screen.name;
  }
}
