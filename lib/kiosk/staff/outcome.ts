/** How something staff asked for went, as a sentence. */
import type { StaffKey, StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import { isSyncError } from '../../sync/index.ts';

/** A sentence for the person, and whether it is good news. */
export interface Outcome {
  readonly kind: 'good' | 'warn' | 'bad';
  readonly text: string;
}

const ERRORS: Record<string, StaffKey> = {
  network: 'errorNetwork',
  notHub: 'errorNotHub',
  refused: 'errorRefused',
  badAnswer: 'errorBadAnswer',
  passphrase: 'errorPassphrase',
  file: 'errorFile',
};

/** Runs the work; whatever it throws becomes a sentence. */
export async function told(t: StaffTranslate, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!isSyncError(error)) {
      console.error('nmc kiosk: staff action failed', error instanceof Error ? error.name : typeof error);
      return { kind: 'bad', text: t('errorOther') };
    }
    const values = { message: error.problem?.message ?? error.code };
    return { kind: 'bad', text: t(ERRORS[error.code] ?? 'errorOther', values) };
  }
}
