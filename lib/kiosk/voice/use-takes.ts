/**
 * The recorder's states:
 *
 *   ready ── record ──▶ opening ── microphone open ──▶ recording ── stop, 10 s ──▶ taken ── use ──▶ ready
 *     ▲                    │ fault                          │ nothing heard           │ again ──▶ opening
 *     └────────────────────┴───────────── leave ────────────┴─────────────────────────┘
 *
 * Leaving a sentence drops a take that was not used and closes the microphone.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type MicrophoneFault, type RunningTake, startTake, type Take } from './microphone.ts';
import { createSoundOut } from './sound-out.ts';

type Fault = MicrophoneFault | 'broken';

export type TakeState =
  | { readonly phase: 'ready'; readonly fault: Fault | null }
  | { readonly phase: 'opening' }
  | { readonly phase: 'recording'; readonly running: RunningTake }
  | { readonly phase: 'taken'; readonly take: Take };

export interface Takes {
  readonly state: TakeState;
  readonly isPlaying: boolean;
  record(): void;
  stop(): void;
  /** Plays these bytes, or falls silent while playing. */
  listen(bytes: () => Promise<Uint8Array<ArrayBuffer> | null>): void;
  /** Drops what is not kept and is ready for the next. */
  leave(): void;
}

const READY: TakeState = { phase: 'ready', fault: null };

/** The recorder of one screen; the microphone closes when the screen goes. */
export function useTakes(start: typeof startTake = startTake): Takes {
  const [state, setState] = useState<TakeState>(READY);
  const [isPlaying, setPlaying] = useState(false);
  const out = useRef(createSoundOut());
  const running = useRef<RunningTake | null>(null);
  /** Rises when what was begun is no longer wanted. */
  const turn = useRef(0);

  const drop = () => {
    turn.current += 1;
    running.current?.stop();
    running.current = null;
    out.current.stop();
  };
  useEffect(() => drop, []);

  const record = async () => {
    drop();
    const mine = turn.current;
    setState({ phase: 'opening' });
    const opened = await start();
    if (typeof opened === 'string') {
      if (mine === turn.current) setState({ phase: 'ready', fault: opened });
      return;
    }
    if (mine !== turn.current) return opened.stop();
    running.current = opened;
    setState({ phase: 'recording', running: opened });
    const take = await opened.done;
    if (mine !== turn.current) return;
    running.current = null;
    setState(take ? { phase: 'taken', take } : { phase: 'ready', fault: 'broken' });
  };

  return {
    state,
    isPlaying,
    record: () => void record(),
    stop: () => running.current?.stop(),
    listen: (bytes) =>
      void (async () => {
        if (isPlaying) return out.current.stop();
        out.current.wake();
        const sound = await bytes();
        if (sound === null) return;
        setPlaying(true);
        await out.current.play(sound);
        setPlaying(false);
      })(),
    leave() {
      drop();
      setState(READY);
    },
  };
}
