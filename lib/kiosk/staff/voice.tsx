/** Recording the loudspeaker's sentences, behind the PIN. Kept on this device first; the next sync offers them to the hub. */
import { useEffect, useState } from 'preact/hooks';
import { PhraseList, Recorder, type RecorderProps } from '../../../components/kiosk/staff/Recorder.tsx';
import { VoiceLanguages, VoiceNotices } from '../../../components/kiosk/staff/VoiceCards.tsx';
import { wordsIn } from '../../domain/questionnaire.ts';
import { KIOSK_LANGUAGES } from '../../i18n/kiosk/index.ts';
import type { StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import { everyPhrase } from '../read-aloud.ts';
import {
  isLanguageCode,
  isOnlySpoken,
  MINORITY_LANGUAGES,
  namedLanguage,
  writtenLanguage,
} from '../voice/languages.ts';
import type { Phrase } from '../voice/phrases.ts';
import type { Shelf } from '../voice/shelf.ts';
import { type Takes, useTakes } from '../voice/use-takes.ts';
import type { RoomProps } from './room-props.ts';

export function VoiceRoom({ t, room }: RoomProps) {
  const [parts, setParts] = useState<{ shelf: Shelf; phrases: readonly Phrase[] } | null>(null);
  useEffect(
    () =>
      void room.backend().then((loaded) => {
        setParts({ shelf: loaded.clips, phrases: everyPhrase(loaded.questionnaire().questionnaire) });
      }),
    [],
  );
  return parts && <Studio t={t} {...parts} />;
}

type Message = RecorderProps['message'];

function Studio({ t, shelf, phrases }: { t: StaffTranslate; shelf: Shelf; phrases: readonly Phrase[] }) {
  const [, render] = useState(0);
  useEffect(() => shelf.subscribe(() => render((count) => count + 1)), []);
  const [language, setLanguage] = useState(() => shelf.recordings().at(-1)?.language ?? 'vi');
  const isSilent = (code: string, { id }: Phrase) => shelf.stateOf(code, id) === 'none';
  const firstSilent = (code: string) =>
    Math.max(
      0,
      phrases.findIndex((one) => isSilent(code, one)),
    );
  const [at, setAt] = useState(() => firstSilent(language));
  const [kept, setKept] = useState<Message>(null);
  const takes = useTakes();

  const go = (next: number, message: Message = null) => {
    takes.leave();
    setKept(message);
    setAt(next);
  };
  const choose = (code: string) => {
    if (!isLanguageCode(code)) return false;
    setLanguage(code);
    go(firstSilent(code));
    return true;
  };
  const phrase = phrases[at]!;
  const accept = async () => {
    if (takes.state.phase !== 'taken') return;
    const { mime, bytes } = takes.state.take;
    try {
      await shelf.record(language, phrase.id, mime, bytes);
    } catch (error) {
      console.error(
        'nmc kiosk: a recording was not kept',
        error instanceof Error ? error.name : typeof error,
      );
      setKept({ kind: 'bad', text: t('voiceFault_storage') });
      return;
    }
    const isNext = (one: Phrase, index: number) => index > at && isSilent(language, one);
    const next = phrases.findIndex(isNext);
    const left = next >= 0 ? next : phrases.findIndex((one) => isSilent(language, one));
    if (left < 0) go(at, { kind: 'good', text: t('voiceAllDone') });
    else go(left, { kind: 'good', text: t('voiceKept', { n: at + 1 }) });
  };

  const lang = writtenLanguage(language);
  const shown = phrases.map(({ id, words }) => ({
    id,
    text: wordsIn(words, language),
    state: shelf.stateOf(language, id),
  }));
  const notices = shelf.notices().map((one) => ({
    language: namedLanguage(one.language).name,
    text: wordsIn(phrases.find(({ id }) => id === one.phrase)?.words ?? { vi: one.phrase }, one.language),
    why: one.why,
  }));
  return (
    <div class="s-voice">
      <VoiceNotices t={t} notices={notices} />
      <VoiceLanguages
        t={t}
        languages={recordable(shelf, language).map(namedLanguage)}
        chosen={language}
        done={shown.filter(({ state }) => state !== 'none').length}
        of={phrases.length}
        onChoose={choose}
      />
      <Recorder
        key={`${language} ${phrase.id}`}
        t={t}
        text={shown[at]!.text}
        into={isOnlySpoken(language) ? inSentence(namedLanguage(language).name) : null}
        lang={lang}
        number={at + 1}
        of={phrases.length}
        state={shown[at]!.state}
        phase={takes.state.phase}
        isPlaying={takes.isPlaying}
        canListen={takes.state.phase === 'taken' || shelf.has(language, phrase.id)}
        canDelete={shelf.recordings().some((one) => one.language === language && one.phrase === phrase.id)}
        {...readings(takes)}
        message={kept ?? messageOf(takes, t)}
        onRecord={() => {
          setKept(null);
          takes.record();
        }}
        onStop={takes.stop}
        onListen={() => takes.listen(soundOf(takes, shelf, language, phrase.id))}
        onAccept={() => void accept()}
        onDelete={() => void shelf.forget(language, phrase.id)}
        onMove={(by) => go(at + by)}
      />
      <PhraseList
        t={t}
        phrases={shown}
        lang={lang}
        chosen={phrase.id}
        onChoose={(id) => go(phrases.findIndex((one) => one.id === id))}
      />
    </div>
  );
}

/** "Tiếng Thái" on a button is "tiếng Thái" in a sentence. */
const inSentence = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** What the listening button plays: the take just made, else the clip a citizen would hear. */
function soundOf({ state }: Takes, shelf: Shelf, language: string, id: string) {
  return async () => (state.phase === 'taken' ? state.take.bytes : shelf.read(language, id));
}

function readings({ state }: Takes): Pick<RecorderProps, 'level' | 'left'> {
  return state.phase === 'recording' ? state.running : { level: () => 0, left: () => 0 };
}

function messageOf({ state }: Takes, t: StaffTranslate): Message {
  if (state.phase === 'taken') {
    return state.take.isQuiet
      ? { kind: 'warn', text: t('voiceQuiet') }
      : { kind: 'good', text: t('voiceTaken') };
  }
  if (state.phase !== 'ready' || state.fault === null) return null;
  return { kind: 'bad', text: t(`voiceFault_${state.fault}`) };
}

/** The languages offered: those of the screens, the province's minorities, whatever has clips already, and the chosen one. */
function recordable(shelf: Shelf, chosen: string): readonly string[] {
  const recorded = shelf.recordings().map(({ language }) => language);
  const written = KIOSK_LANGUAGES.map(({ id }) => id);
  return [...new Set([...written, ...MINORITY_LANGUAGES, ...shelf.languages(), ...recorded, chosen])];
}
