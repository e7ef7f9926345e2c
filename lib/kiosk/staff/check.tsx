/** The check before use: measures, asks what only a person can say, and records that the device was put into use. */
import { useEffect, useState } from 'preact/hooks';
import { CheckList } from '../../../components/kiosk/staff/CheckList.tsx';
import { TouchTest } from '../../../components/kiosk/staff/TouchTest.tsx';
import { commissionedDraft, deviceWord } from '../check/health.ts';
import { type CheckFacts, isReady, judge } from '../check/judge.ts';
import { measure, type Said } from '../check/measure.ts';
import { askPersistence } from './actions.ts';
import { showTime } from './facts.ts';
import { told } from './outcome.ts';
import type { RoomProps } from './room-props.ts';
import { playTones } from './tones.ts';

export function CheckRoom({ t, room, facts, tell, refresh }: RoomProps) {
  const [found, setFound] = useState<CheckFacts | null>(null);
  const [said, setSaid] = useState<Said>({ heard: null, touched: null });
  const [isBusy, setBusy] = useState(true);
  const [isAskingSound, setAskingSound] = useState(false);
  const [isTouching, setTouching] = useState(false);
  const run = async () => {
    setBusy(true);
    setFound(await measure(room));
    setBusy(false);
  };
  useEffect(() => void run(), []);
  const lines = found && judge({ ...found, ...said });

  const commission = async () => {
    if (!found || !lines || !isReady(lines)) return;
    const outcome = await told(t, async () => {
      const word = deviceWord(found, { version: facts.version, questionnaire: questionnaireOf(room) });
      await (await room.backend()).append([commissionedDraft(word, lines, said.touched ?? '')]);
      await room.change({ commissioned: { device: facts.deviceId, at: new Date().toISOString() } });
      return { kind: 'good', text: t('commissionDone') };
    });
    tell(outcome);
    await refresh();
  };

  if (isTouching) {
    return (
      <TouchTest
        t={t}
        onDone={(touched) => {
          setSaid((now) => ({ ...now, touched }));
          setTouching(false);
        }}
        onCancel={() => setTouching(false)}
      />
    );
  }
  return (
    <CheckList
      t={t}
      lines={lines}
      isBusy={isBusy}
      commissionedAt={showTime(facts.commissionedAt)}
      isAskingSound={isAskingSound}
      onRun={() => void run()}
      onPersist={() => void askPersistence(t).then(tell).then(run)}
      onSound={() => void playTones().finally(() => setAskingSound(true))}
      onHeard={(heard) => {
        setSaid((now) => ({ ...now, heard }));
        setAskingSound(false);
      }}
      onTouch={() => setTouching(true)}
      onCommission={() => void commission()}
    />
  );
}

function questionnaireOf(room: RoomProps['room']): string {
  const { id, version } = room.inForce.get().questionnaire;
  return `${id}@${version}`;
}
