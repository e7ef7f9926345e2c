/**
 * A forgotten PIN, without losing anything. Whoever may activate devices may open this one: with a hub, by a one-time code
 * for a kiosk that the unit's administrator makes (the hub uses it up and answers signed, `lib/sync/unlock.ts`); without,
 * by the unit's file and its passphrase, if it is the file of this device's unit. Only the PIN is chosen anew: journal,
 * device key, counter and settings stay. (Activating again would do too, but gives the device a new identity, and lines
 * the hub took without a receipt having arrived would be counted for both.) Wrong tries wait like wrong PINs.
 */
import { useEffect, useState } from 'preact/hooks';
import { Forgotten, type Proof } from '../../../components/kiosk/staff/Forgotten.tsx';
import type { StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import { type Device, isSyncError, readUnitFile, unlock } from '../../sync/index.ts';
import type { Loaded } from '../lazy-backend.ts';
import type { Room } from '../room.ts';
import type { TextStore } from '../settings.ts';
import { type Outcome, told } from './outcome.ts';
import { noteTry, waitBeforeTry } from './pin.ts';

export interface ForgottenPinProps {
  readonly t: StaffTranslate;
  readonly room: Room;
  readonly store: TextStore;
  readonly onProven: () => void;
  readonly onCancel: () => void;
}

export function ForgottenPin({ t, room, store, onProven, onCancel }: ForgottenPinProps) {
  const [device, setDevice] = useState<Device | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => void room.backend().then((loaded) => setDevice(loaded.device())), []);
  if (!device) return null;
  const prove = async (proof: Proof) => {
    const wait = waitBeforeTry(store, Date.now());
    if (wait > 0) return setProblem(t('forgottenWait', { seconds: Math.ceil(wait / 1000) }));
    setBusy(true);
    const outcome = await judgeProof(proof, device, await room.backend(), t);
    setBusy(false);
    if (outcome.kind !== 'warn') noteTry(store, outcome.kind === 'good', Date.now());
    if (outcome.kind === 'good') onProven();
    else setProblem(outcome.text);
  };
  return (
    <Forgotten
      t={t}
      hasHub={device.hub !== null}
      isBusy={isBusy}
      problem={problem}
      onProof={(proof) => void prove(proof)}
      onCancel={onCancel}
    />
  );
}

async function judgeProof(
  proof: Proof,
  device: Device,
  loaded: Pick<Loaded, 'journal'>,
  t: StaffTranslate,
): Promise<Outcome> {
  return told(t, async () => {
    if (proof.by === 'code') {
      const offset = await loaded.journal().then(
        async (journal) => (await journal.state()).offset,
        () => null,
      );
      const away = await unlock({ device, code: proof.code, offset }).then(() => false, isAway);
      if (away) return { kind: 'warn', text: t('errorNetwork') };
    } else {
      const file = await readUnitFile(new Uint8Array(await proof.file.arrayBuffer()), proof.passphrase);
      if (!isFileOf(file.page, device)) {
        return { kind: 'bad', text: t('forgottenOtherUnit', { unit: device.unit.name }) };
      }
    }
    return { kind: 'good', text: t('forgottenDone') };
  });
}

/** True for a hub that could not be asked, which is nobody's wrong try; rejects with anything else. */
function isAway(error: unknown): true {
  if (isSyncError(error) && error.code === 'network') return true;
  throw error;
}

/** True when the file names the unit page whose receipts this device believes. */
function isFileOf(
  page: { readonly id: string; readonly jwk: Device['hubJwk'] },
  { hubId, hubJwk }: Device,
): boolean {
  return page.id === hubId && page.jwk.x === hubJwk.x && page.jwk.y === hubJwk.y;
}
