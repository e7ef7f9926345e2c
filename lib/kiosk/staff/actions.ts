/** What staff can do from the home screen, with the sentence that says how it went. */
import type { StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import { activate, activateFromUnitFile } from '../../sync/index.ts';
import type { Loaded } from '../lazy-backend.ts';
import { type Outcome, told } from './outcome.ts';

export async function activateByCode(
  asked: { hub: string; code: string; name: string },
  t: StaffTranslate,
): Promise<Outcome> {
  return told(t, async () => {
    const device = await activate({ ...asked, kind: 'kiosk' });
    return { kind: 'good', text: t('activated', { unit: device.unit.name }) };
  });
}

export async function activateByFile(
  asked: { file: File; passphrase: string; name: string },
  t: StaffTranslate,
): Promise<Outcome> {
  return told(t, async () => {
    const bytes = new Uint8Array(await asked.file.arrayBuffer());
    const device = await activateFromUnitFile(bytes, asked.passphrase, 'kiosk', asked.name);
    return { kind: 'good', text: t('activated', { unit: device.unit.name }) };
  });
}

export async function syncByHand(loaded: Loaded, t: StaffTranslate): Promise<Outcome> {
  return told(t, async () => {
    const result = await loaded.sync({ force: true });
    if (!result) return { kind: 'bad', text: t('errorOther') };
    const text = result.problem?.message ?? t(`sync_${result.state}`);
    return { kind: result.state === 'done' ? 'good' : 'warn', text };
  });
}

/**
 * End of the day: sends what is left and declares the head by a signed beacon, so that the hub knows that nothing of this
 * day is still on the way.
 */
export async function closeDay(loaded: Loaded, t: StaffTranslate): Promise<Outcome> {
  return told(t, async () => {
    const result = await loaded.sync({ force: true, closing: true });
    if (result?.state === 'done') return { kind: 'good', text: t('closingDone') };
    const why = result?.problem?.message ?? t(result ? `sync_${result.state}` : 'errorOther');
    return { kind: 'warn', text: `${why} ${t('closingNotDone')}` };
  });
}

/** Asks the browser to keep this origin's data. */
export async function askPersistence(t: StaffTranslate): Promise<Outcome> {
  const isGranted = await navigator.storage.persist();
  return isGranted ? { kind: 'good', text: t('persistedYes') } : { kind: 'warn', text: t('persistRefused') };
}
