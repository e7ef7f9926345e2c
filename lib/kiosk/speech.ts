/**
 * Reading aloud by the device's own voices. Only local ones: an online voice would send every text to its maker. Where
 * none speaks the language the loudspeaker is not shown (recorded clips are the real answer, DESIGN §9).
 */

export interface Speaker {
  /** True when a local voice speaks this language. */
  speaks(language: string): boolean;
  /** Reads the texts one after the other, replacing what is being read. */
  say(texts: readonly string[], language: string): void;
  hush(): void;
  /** Called when the voices change; they arrive late. */
  onChange(listener: () => void): void;
}

/** The speaker of this browser; one that speaks nothing where there is no speech synthesis. */
export function createSpeaker(synthesis: SpeechSynthesis | undefined): Speaker {
  const voiceFor = (language: string) =>
    synthesis
      ?.getVoices()
      .find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language.toLowerCase()));
  return {
    speaks: (language) => voiceFor(language) !== undefined,
    say(texts, language) {
      const voice = voiceFor(language);
      if (!synthesis || !voice) return;
      synthesis.cancel();
      for (const text of texts) {
        const spoken = new SpeechSynthesisUtterance(text);
        spoken.voice = voice;
        spoken.lang = voice.lang;
        spoken.rate = 0.95;
        synthesis.speak(spoken);
      }
    },
    hush: () => synthesis?.cancel(),
    onChange: (listener) => synthesis?.addEventListener?.('voiceschanged', listener),
  };
}
