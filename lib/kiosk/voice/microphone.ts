/**
 * Recording one phrase. The microphone is open from the press of the button to the end of the take and at no other time;
 * at most {@link TAKE_SECONDS}. Used behind the PIN only.
 */
import { KIOSK_LIMITS } from '../../batch/index.ts';
import type { Recording } from './clip-cache.ts';

export const TAKE_SECONDS = 10;
/** Root mean square; a voice at arm's length is ten times this. */
const QUIET = 0.008;

/** Why nothing can be recorded: each has its own advice. */
export type MicrophoneFault = 'refused' | 'none' | 'busy' | 'unsupported';

/** One recorded phrase, not kept yet. */
export interface Take {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: Recording['mime'];
  /** Hardly anything was heard; it may still be wanted. */
  readonly isQuiet: boolean;
}

export interface RunningTake {
  /** Loudness now, 0 to 1. Call it often: it is also how a silent take is noticed. */
  level(): number;
  /** Seconds left. */
  left(): number;
  stop(): void;
  /** The take, or null when nothing usable was recorded. Never rejects. */
  readonly done: Promise<Take | null>;
}

/** Opus at this rate says a sentence clearly: 10 s are 40 kB. */
const BITS_PER_SECOND = 32_000;
const TYPES = ['audio/webm', 'audio/ogg', 'audio/mp4'] as const;

/** Opens the microphone and records. Answers the fault where it cannot. */
export async function startTake(): Promise<RunningTake | MicrophoneFault> {
  const mime = TYPES.find((type) => globalThis.MediaRecorder?.isTypeSupported(type));
  if (!mime || !navigator.mediaDevices) return 'unsupported';
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    return record(stream, mime);
  } catch (error) {
    return faultOf(error);
  }
}

function record(stream: MediaStream, mime: Recording['mime']): RunningTake {
  const context = new AudioContext();
  const listening = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(listening);
  const samples = new Float32Array(listening.fftSize);
  const recorder = new MediaRecorder(stream, { mimeType: mime, audioBitsPerSecond: BITS_PER_SECOND });
  const chunks: Blob[] = [];
  let loudest: number | null = null;
  const until = performance.now() + TAKE_SECONDS * 1_000;

  const stop = () => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  const timer = setTimeout(stop, TAKE_SECONDS * 1_000);
  const ended = new Promise<void>((resolve) => {
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    // The microphone was unplugged, or taken away: what was heard until then is the take.
    for (const track of stream.getTracks()) track.onended = stop;
    recorder.onstop = () => resolve();
    recorder.onerror = () => resolve();
  });
  recorder.start();

  const done = ended.then(async () => {
    clearTimeout(timer);
    for (const track of stream.getTracks()) track.stop();
    void context.close().catch(() => {});
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
    const isUsable = bytes.byteLength <= KIOSK_LIMITS.clipBytes && (await isPlayable(bytes));
    return isUsable ? { bytes, mime, isQuiet: loudest !== null && loudest < QUIET } : null;
  });
  return {
    level() {
      listening.getFloatTimeDomainData(samples);
      const loud = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
      loudest = Math.max(loudest ?? 0, loud);
      // Speech is rarely over a third of full scale; the meter's end is there.
      return Math.min(1, loud * 3);
    },
    left: () => Math.max(0, Math.ceil((until - performance.now()) / 1_000)),
    stop,
    done,
  };
}

/** True when this browser can play it: a take cut off before its first sound cannot be decoded. */
async function isPlayable(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const sound = await new OfflineAudioContext(1, 1, 44_100).decodeAudioData(bytes.slice().buffer);
    return sound.duration > 0;
  } catch {
    return false;
  }
}

function faultOf(error: unknown): MicrophoneFault {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unsupported';
  }
}
