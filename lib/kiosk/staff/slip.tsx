/**
 * The number of a paper slip that was handed to a citizen: a `health` entry (topic `slip`, state `handed`) with the number
 * and nothing else, so that the unit sees which slips have not come back yet.
 */
import { useState } from 'preact/hooks';
import { SlipPad } from '../../../components/kiosk/staff/SlipPad.tsx';
import type { EntryDraft } from '../../domain/entry.ts';
import { readSlipNumber } from '../../domain/slip.ts';
import { told } from './outcome.ts';
import type { RoomProps } from './room-props.ts';

/** The entry of a slip's number in its written form; the same number again is the same entry. */
export function slipDraft(number: string): EntryDraft {
  return {
    kind: 'health',
    ref: `slip:${number}`,
    body: { topic: 'slip', state: 'handed', detail: { number } },
  };
}

export function SlipRoom({ t, room, tell }: RoomProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const note = async (digits: string): Promise<boolean> => {
    const number = readSlipNumber(digits);
    tell(null);
    setProblem(number === null ? t('slipWrong') : null);
    if (number === null) return false;
    setBusy(true);
    const outcome = await told(t, async () => {
      const loaded = await room.backend();
      const before = (await (await loaded.journal()).state()).head;
      await loaded.append([slipDraft(number)]);
      const isNew = (await (await loaded.journal()).state()).head > before;
      return isNew
        ? { kind: 'good', text: t('slipDone', { number }) }
        : { kind: 'warn', text: t('slipSame', { number }) };
    });
    setBusy(false);
    tell(outcome);
    return outcome.kind !== 'bad';
  };
  return <SlipPad t={t} problem={problem} isBusy={isBusy} onNumber={note} />;
}
