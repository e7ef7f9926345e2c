/** The staff area: PIN, then activation or the state of the device. Left alone it returns to the citizens by itself. */
import { useEffect, useState } from 'preact/hooks';
import '../../../components/kiosk/staff/staff.css';
import { Activation } from '../../../components/kiosk/staff/Activation.tsx';
import { Banner } from '../../../components/shared/Banner.tsx';
import { Button } from '../../../components/shared/Button.tsx';
import { staffTexts } from '../../i18n/kiosk/staff/index.ts';
import type { Room } from '../room.ts';
import { activateByCode, activateByFile, type Facts, type Outcome, readFacts } from './actions.ts';
import { StaffHome } from './home.tsx';
import { PinChoice, PinGate } from './pin-gate.tsx';

type View = 'gate' | 'home' | 'activation' | 'pin';

/** Untouched for this long, the staff area closes. */
const ALONE_MS = 180_000;

export function StaffPanel({ room }: { room: Room }) {
  const t = staffTexts(room.kiosk.flow().language);
  const [view, setView] = useState<View>('gate');
  const [facts, setFacts] = useState<Facts | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => closeWhenAlone(room), []);

  const refresh = async () => setFacts(await readFacts(room));
  const enter = async () => {
    const known = await readFacts(room);
    setFacts(known);
    setView(known ? 'home' : 'activation');
  };
  const settle = async (work: Promise<Outcome>) => {
    setBusy(true);
    setOutcome(null);
    const told = await work;
    setBusy(false);
    setOutcome(told);
    if (told.kind !== 'good') return;
    await (await room.backend()).reloadDevice();
    await enter();
  };

  return (
    <div class="s-room" data-view={view}>
      <header class="s-head">
        <strong>{t('title')}</strong>
        <Button size="large" action="leave" onClick={() => void room.leaveStaff()}>
          {t('leave')}
        </Button>
      </header>
      <main class="s-main">
        {outcome && <Banner kind={outcome.kind} title={outcome.text} name="outcome" />}
        {view === 'gate' && <PinGate t={t} room={room} store={localStorage} onOpen={() => void enter()} />}
        {view === 'pin' && (
          <PinChoice
            t={t}
            room={room}
            onDone={() => {
              setOutcome({ kind: 'good', text: t('pinChanged') });
              setView('home');
            }}
          />
        )}
        {view === 'activation' && (
          <>
            {facts?.unsent ? (
              <Banner kind="warn" title={t('activateAgainUnsent', { n: facts.unsent })} />
            ) : null}
            <Activation
              t={t}
              hub={location.origin}
              isBusy={isBusy}
              onCode={(asked) => void settle(activateByCode(asked, t))}
              onFile={(asked) => void settle(activateByFile(asked, t))}
              onCancel={facts ? () => setView('home') : null}
            />
          </>
        )}
        {view === 'home' && facts && (
          <StaffHome
            t={t}
            room={room}
            facts={facts}
            tell={setOutcome}
            refresh={refresh}
            onPin={() => setView('pin')}
            onActivate={() => setView('activation')}
          />
        )}
      </main>
    </div>
  );
}

function closeWhenAlone(room: Room): () => void {
  const stop = new AbortController();
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void room.leaveStaff(), ALONE_MS);
  };
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, wait, { signal: stop.signal });
  wait();
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
