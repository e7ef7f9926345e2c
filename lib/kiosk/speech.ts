/**
 * The device's own voices. Only local ones: an online voice would send every text to its maker. An extra: kiosks were seen
 * with no voice at all, recorded clips are the real answer (DESIGN §9).
 */

export interface Voices {
  /** True when a local voice speaks this language. */
  speaks(language: string): boolean;
  /** Reads one text; resolves when it was read, was hushed or could not be. */
  speak(text: string, language: string): Promise<void>;
  hush(): void;
  /** Called when the voices change; they arrive late. */
  onChange(listener: () => void): void;
}

/** The voices of this browser; none where there is no speech synthesis. */
export function createVoices(synthesis: SpeechSynthesis | undefined): Voices {
  const voiceFor = (language: string) =>
    synthesis
      ?.getVoices()
      .find(({ localService, lang }) => localService && lang.toLowerCase().split(/[-_]/)[0] === language);
  return {
    speaks: (language) => voiceFor(language) !== undefined,
    speak(text, language) {
      const voice = voiceFor(language);
      if (!synthesis || !voice) return Promise.resolve();
      return new Promise((resolve) => {
        const spoken = new SpeechSynthesisUtterance(text);
        spoken.voice = voice;
        spoken.lang = voice.lang;
        spoken.rate = 0.95;
        spoken.onend = () => resolve();
        spoken.onerror = () => resolve();
        synthesis.speak(spoken);
      });
    },
    hush: () => synthesis?.cancel(),
    onChange: (listener) => synthesis?.addEventListener?.('voiceschanged', listener),
  };
}
