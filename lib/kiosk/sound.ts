/** The idle warning's sound: three soft tones, made by WebAudio. Silent until the browser allows sound. */

/** Returns the beep. The audio context is made at the first touch, as browsers ask. */
export function createBeep(target: EventTarget): () => void {
  let context: AudioContext | null = null;
  target.addEventListener(
    'pointerdown',
    () => {
      context ??= new AudioContext();
      void context.resume();
    },
    { passive: true },
  );
  return () => {
    if (context?.state === 'running') void ring(context);
  };
}

/** Plays the three tones on a running context; resolves when the last has sounded. */
export function ring(context: AudioContext): Promise<void> {
  const tones = [660, 660, 880].map((pitch, index) => tone(context, pitch, index * 0.28));
  return new Promise((resolve) => {
    tones.at(-1)!.onended = () => resolve();
  });
}

function tone(context: AudioContext, pitch: number, after: number): OscillatorNode {
  const start = context.currentTime + after;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = pitch;
  gain.gain.setValueAtTime(0.0001, start);
  gain.gain.exponentialRampToValueAtTime(0.25, start + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.22);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.24);
  return oscillator;
}
