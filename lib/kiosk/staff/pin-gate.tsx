/** Asks for the PIN, or has one chosen where there is none; then shows what is behind. */
import { useState } from 'preact/hooks';
import { PinPad } from '../../../components/kiosk/staff/PinPad.tsx';
import { Button } from '../../../components/shared/Button.tsx';
import type { StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import type { Room } from '../room.ts';
import type { TextStore } from '../settings.ts';
import { hashPin, isPin, isRightPin, noteTry, waitBeforeTry } from './pin.ts';

export interface PinGateProps {
  readonly t: StaffTranslate;
  readonly room: Room;
  readonly store: TextStore;
  readonly onOpen: () => void;
  readonly onForgotten: () => void;
}

/** Enters with the stored PIN. */
export function PinGate({ t, room, store, onOpen, onForgotten }: PinGateProps) {
  const stored = room.settings.get().pin;
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (!stored) return <PinChoice t={t} room={room} onDone={onOpen} />;
  const tryPin = async (pin: string) => {
    const wait = waitBeforeTry(store, Date.now());
    if (wait > 0) return setProblem(t('pinWait', { seconds: Math.ceil(wait / 1000) }));
    setBusy(true);
    const isRight = await isRightPin(pin, stored);
    noteTry(store, isRight, Date.now());
    setBusy(false);
    if (isRight) onOpen();
    else setProblem(t('pinWrong'));
  };
  return (
    <>
      <PinPad t={t} title={t('pinEnter')} problem={problem} isBusy={isBusy} onPin={tryPin} />
      <div class="s-forgotten">
        <Button kind="quiet" action="forgotten" onClick={onForgotten}>
          {t('pinForgotten')}
        </Button>
      </div>
    </>
  );
}

/** Chooses a PIN by typing it twice. */
export function PinChoice({ t, room, onDone }: { t: StaffTranslate; room: Room; onDone: () => void }) {
  const [first, setFirst] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const choose = async (pin: string) => {
    setProblem(null);
    if (!isPin(pin)) return;
    if (first === null) return setFirst(pin);
    setFirst(null);
    if (first !== pin) return setProblem(t('pinDiffers'));
    setBusy(true);
    await room.change({ pin: await hashPin(pin) });
    setBusy(false);
    onDone();
  };
  return (
    <PinPad
      t={t}
      title={t(first === null ? 'pinNew' : 'pinAgain')}
      text={t('pinNewText')}
      problem={problem}
      isBusy={isBusy}
      onPin={choose}
    />
  );
}
