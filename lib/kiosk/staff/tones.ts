/** The tones of the idle warning, played on purpose. */
import { ring } from '../sound.ts';

/** Plays them once; resolves when they have sounded. Rejects where the browser has no sound. */
export async function playTones(): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    await ring(context);
  } finally {
    await context.close();
  }
}
