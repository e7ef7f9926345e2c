/** The staff area: PIN, then activation or the state of the device. Left alone it returns to the citizens by itself. */
import { useEffect, useState } from 'preact/hooks';
import '../../../components/kiosk/staff/staff.css';
import '../../../components/kiosk/staff/rooms.css';
import { Activation } from '../../../components/kiosk/staff/Activation.tsx';
import { Banner } from '../../../components/shared/Banner.tsx';
import { Button } from '../../../components/shared/Button.tsx';
import { type StaffTranslate, staffTexts } from '../../i18n/kiosk/staff/index.ts';
import type { Room } from '../room.ts';
import { activateByCode, activateByFile } from './actions.ts';
import { type Facts, readFacts } from './facts.ts';
import { ForgottenPin } from './forgotten.tsx';
import { StaffHome } from './home.tsx';
import type { Outcome } from './outcome.ts';
import { PinChoice, PinGate } from './pin-gate.tsx';
import { ROOM_NAMES, ROOMS, type RoomName } from './rooms.ts';

type View = 'gate' | 'forgotten' | 'newPin' | 'home' | 'activation' | 'pin' | RoomName;

/** Untouched for this long, the staff area closes. */
const ALONE_MS = 180_000;

const isRoom = (view: View): view is RoomName => (ROOM_NAMES as readonly string[]).includes(view);

export function StaffPanel({ room }: { room: Room }) {
  const t = staffTexts(room.kiosk.flow().language);
  const [view, setView] = useState<View>('gate');
  const [facts, setFacts] = useState<Facts | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => closeWhenAlone(room), []);

  const refresh = async () => setFacts(await readFacts(room));
  const show = (next: View) => {
    setOutcome(null);
    setView(next);
  };
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
  /** Before the activation there is nothing to guard; the activation asks for its own proof. */
  const forgotten = async () => show((await room.backend()).device() ? 'forgotten' : 'activation');
  const roomProps = facts && { t, room, facts, tell: setOutcome, refresh };
  const Inner = isRoom(view) ? ROOMS[view] : null;

  return (
    <div class="s-room" data-view={view}>
      <Head t={t} room={room} onHome={Inner ? () => show('home') : null} />
      <main class="s-main">
        {outcome && (
          <div class="s-outcome">
            <Banner kind={outcome.kind} title={outcome.text} name="outcome" />
          </div>
        )}
        {view === 'gate' && (
          <PinGate
            t={t}
            room={room}
            store={localStorage}
            onOpen={() => void enter()}
            onForgotten={() => void forgotten()}
          />
        )}
        {view === 'forgotten' && (
          <ForgottenPin
            t={t}
            room={room}
            store={localStorage}
            onProven={() => {
              setOutcome({ kind: 'good', text: t('forgottenDone') });
              setView('newPin');
            }}
            onCancel={() => show('gate')}
          />
        )}
        {(view === 'pin' || view === 'newPin') && (
          <PinChoice
            t={t}
            room={room}
            onDone={() => {
              setOutcome({ kind: 'good', text: t('pinChanged') });
              void enter();
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
              onCancel={facts ? () => show('home') : null}
            />
          </>
        )}
        {view === 'home' && roomProps && (
          <>
            <nav class="s-rooms">
              {ROOM_NAMES.map((name) => (
                <Button key={name} action={`room-${name}`} onClick={() => show(name)}>
                  {t(`room_${name}`)}
                </Button>
              ))}
            </nav>
            <StaffHome {...roomProps} onPin={() => show('pin')} onActivate={() => show('activation')} />
            <InstallLink t={t} />
          </>
        )}
        {Inner && roomProps && <Inner {...roomProps} />}
      </main>
    </div>
  );
}

function Head({ t, room, onHome }: { t: StaffTranslate; room: Room; onHome: (() => void) | null }) {
  return (
    <header class="s-head">
      <h1>{t('title')}</h1>
      <div class="s-head-actions">
        {onHome && (
          <Button size="large" action="home" onClick={onHome}>
            {t('back')}
          </Button>
        )}
        <Button size="large" action="leave" onClick={() => void room.leaveStaff()}>
          {t('leave')}
        </Button>
      </div>
    </header>
  );
}

/** The page for whoever installs the device; it leads back here. */
function InstallLink({ t }: { t: StaffTranslate }) {
  return (
    <a class="n-button n-button-plain n-button-large" href={`${import.meta.env.BASE_URL}cai-dat/`}>
      {t('installGuide')}
    </a>
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
