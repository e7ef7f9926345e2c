/**
 * Plays recorded sound through WebAudio: no media element, so the page's policy needs no `blob:` source, and a clip that
 * cannot be decoded is known before it plays.
 */

/** `unplayable`: the browser cannot decode it. */
export type Played = 'played' | 'stopped' | 'unplayable';

export interface SoundOut {
  /** Call inside the tap: browsers let sound begin only there. */
  wake(): void;
  /** Plays to the end; what is playing is stopped first. Never rejects. */
  play(bytes: Uint8Array<ArrayBuffer>): Promise<Played>;
  stop(): void;
}

/** The sound of this window; the audio context is made at the first use. */
export function createSoundOut(makeContext: () => AudioContext = () => new AudioContext()): SoundOut {
  let context: AudioContext | null = null;
  let turn = 0;
  let end = () => {};

  function wake(): AudioContext {
    context ??= makeContext();
    if (context.state !== 'running') void context.resume().catch(() => {});
    return context;
  }

  function stop(): void {
    turn += 1;
    end();
  }

  return {
    wake: () => void wake(),
    stop,
    async play(bytes) {
      stop();
      const mine = turn;
      const out = wake();
      // decodeAudioData takes its buffer away; the caller's bytes stay whole.
      const sound = await out.decodeAudioData(bytes.slice().buffer).catch(() => null);
      if (sound === null) return 'unplayable';
      if (mine !== turn) return 'stopped';
      return new Promise((resolve) => {
        const source = out.createBufferSource();
        source.buffer = sound;
        source.connect(out.destination);
        source.onended = () => resolve('played');
        end = () => {
          resolve('stopped');
          source.stop();
        };
        source.start();
      });
    },
  };
}
