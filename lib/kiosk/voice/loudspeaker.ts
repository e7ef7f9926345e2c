/**
 * The loudspeaker of the citizen's screens. Sentence after sentence: the recorded clip of the language, else a voice of
 * this device, else silence. A clip that is missing or damaged is passed over in the same way; the citizen never sees an
 * error, the staff screen has the note.
 */
import { wordsIn } from '../../domain/questionnaire.ts';
import type { Voices } from '../speech.ts';
import { isOnlySpoken, offeredLanguages, type VoiceLanguage } from './languages.ts';
import type { Phrase } from './phrases.ts';
import type { SoundOut } from './sound-out.ts';

/** The clips this device holds, as the loudspeaker needs them. */
export interface ClipBox {
  has(language: string, phrase: string): boolean;
  /** The clip's verified bytes, or null when it is gone or damaged. Never rejects. */
  read(language: string, phrase: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** The browser cannot play it: it is noted and no longer offered. */
  unplayable(language: string, phrase: string): void;
  /** Languages with at least one clip. */
  languages(): readonly string[];
  subscribe(listener: () => void): () => void;
}

export interface Loudspeaker {
  /** True when at least one of the phrases can be heard in the language. */
  canSay(phrases: readonly Phrase[], language: string): boolean;
  /** Says the phrases one after the other, replacing what is being said. */
  say(phrases: readonly Phrase[], language: string): void;
  hush(): void;
  isSpeaking(): boolean;
  /** What the language tool offers; the one in use stays even when its last clip has just proved unplayable. */
  languages(inUse: string): readonly VoiceLanguage[];
  /** The clips, once the database part of the kiosk is loaded. */
  take(clips: ClipBox): void;
  /** Called when it starts or ends speaking, and when voices or clips change. */
  subscribe(listener: () => void): () => void;
}

export interface LoudspeakerPorts {
  readonly voices: Voices;
  readonly out: SoundOut;
}

export function createLoudspeaker({ voices, out }: LoudspeakerPorts): Loudspeaker {
  let clips: ClipBox | null = null;
  let turn = 0;
  let isSpeaking = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  const set = (next: boolean) => {
    if (isSpeaking === next) return;
    isSpeaking = next;
    tell();
  };

  /** A voice must speak the language, and there must be words in it: Vietnamese read by an English voice is noise. */
  const canVoice = (phrase: Phrase, language: string) =>
    !isOnlySpoken(language) && phrase.words[language] !== undefined && voices.speaks(language);

  async function sayOne(phrase: Phrase, language: string, mine: number): Promise<void> {
    if (clips?.has(language, phrase.id)) {
      const bytes = await clips.read(language, phrase.id);
      if (mine !== turn) return;
      const played = bytes === null ? 'unplayable' : await out.play(bytes);
      if (played !== 'unplayable' || mine !== turn) return;
      if (bytes !== null) clips.unplayable(language, phrase.id);
    }
    if (canVoice(phrase, language)) await voices.speak(wordsIn(phrase.words, language), language);
  }

  function hush(): void {
    turn += 1;
    out.stop();
    voices.hush();
    set(false);
  }

  voices.onChange(tell);
  return {
    canSay: (phrases, language) =>
      phrases.some((one) => clips?.has(language, one.id) === true || canVoice(one, language)),
    say(phrases, language) {
      hush();
      out.wake();
      const mine = turn;
      set(true);
      void (async () => {
        for (const phrase of phrases) {
          if (mine !== turn) return;
          await sayOne(phrase, language, mine);
        }
        if (mine === turn) set(false);
      })();
    },
    hush,
    isSpeaking: () => isSpeaking,
    languages: (inUse) => offeredLanguages([...(clips?.languages() ?? []), inUse]),
    take(taken) {
      clips = taken;
      taken.subscribe(tell);
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
