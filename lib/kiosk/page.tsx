/** The kiosk's page: chooses what stands on the screen and listens to the whole window. */
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { afterFrame } from '../../components/kiosk/drawn.ts';
import { Notice } from '../../components/kiosk/Notice.tsx';
import { kioskTexts } from '../i18n/kiosk/index.ts';
import { useValue } from './cell.ts';
import { meaningOfKey } from './keys.ts';
import { createRoom, type Room } from './room.ts';
import { Screens } from './screens.tsx';
import { StaffRoom } from './staff-room.tsx';
import { writtenLanguage } from './voice/languages.ts';
import { useLoudspeaker } from './voice/use-loudspeaker.ts';
import { keepAwake } from './wake.ts';

/** Starts the kiosk in `root`. */
export function startKioskPage(root: HTMLElement): void {
  const t = kioskTexts('vi');
  if (!isSecureContext) {
    const lines = [t('insecureText'), t('insecureDo', { address: location.origin })];
    render(<Notice isAlone icon="lock" title={t('insecureTitle')} lines={lines} />, root);
    return;
  }
  const room = createRoom(localStorage);
  render(<Page room={room} />, root);
  listen(room);
  // Everything behind the first screen waits until it is drawn; a tap on it does not.
  afterFrame(() => {
    void room.start();
    keepAwake();
  });
}

function Page({ room }: { room: Room }) {
  const stage = useValue(room.stage.get, room.stage.subscribe);
  const settings = useValue(room.settings.get, room.settings.subscribe);
  const flow = useValue(room.kiosk.flow, room.kiosk.subscribe);
  const inForce = useValue(room.inForce.get, room.inForce.subscribe);
  const voice = useLoudspeaker(room, flow, stage === 'open');
  useEffect(() => {
    const page = document.documentElement;
    page.lang = writtenLanguage(flow.language);
    page.toggleAttribute('data-large', flow.large && stage === 'open');
    page.toggleAttribute('data-low', flow.low && stage === 'open');
    if (flow.contrast && stage === 'open') page.dataset.contrast = 'high';
    else delete page.dataset.contrast;
  }, [flow.language, flow.large, flow.low, flow.contrast, stage]);

  const t = kioskTexts(flow.language);
  switch (stage) {
    case 'starting':
      return <Notice isAlone icon="tools" title={t('starting')} lines={[]} />;
    case 'secondWindow':
      return <Notice isAlone icon="windows" title={t('secondTitle')} lines={[t('secondText')]} />;
    case 'inactive':
      return (
        <Notice
          isAlone
          icon="tools"
          title={t('inactiveTitle')}
          lines={[t('inactiveText')]}
          staff={t('inactiveStaff')}
        >
          <button type="button" class="k-tool k-wide k-primary" onClick={room.openStaff}>
            <span>{t('inactiveStart')}</span>
          </button>
        </Notice>
      );
    case 'staff':
      return <StaffRoom room={room} />;
    case 'open':
      return (
        <Screens
          flow={flow}
          rules={room.rules()}
          unit={settings.unit}
          counter={settings.counterName ?? settings.counter}
          clock={room.clock}
          newId={() => crypto.randomUUID()}
          send={room.send}
          voice={voice}
          phoneUrl={inForce.phoneUrl}
          onStaff={room.openStaff}
        />
      );
  }
}

/** Touches, keys, and the return from sleep: all that keeps or ends a visit without a button. */
function listen(room: Room): void {
  const isOpen = () => room.stage.get() === 'open';
  const touch = () => isOpen() && room.send({ type: 'touch' });
  addEventListener('pointerdown', touch, { passive: true });
  addEventListener('contextmenu', (event) => isOpen() && event.preventDefault());
  document.addEventListener('visibilitychange', () => room.send({ type: 'tick' }));
  addEventListener('keydown', (event) => {
    if (!isOpen() || event.ctrlKey || event.altKey || event.metaKey) return;
    touch();
    if (event.target instanceof HTMLTextAreaElement && event.key !== 'Escape') return;
    if (event.repeat) return event.preventDefault();
    const isOnButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (event.key === 'Enter' && isOnButton) return;
    const meaning = meaningOfKey(event.key, room.kiosk.flow(), room.rules(), () => crypto.randomUUID());
    if (!meaning) return;
    event.preventDefault();
    if (meaning.type === 'move') moveFocus(meaning.by);
    else room.send(meaning);
  });
}

/** Moves the focus among the choices of the screen, round and round. */
function moveFocus(by: 1 | -1): void {
  const choices = [...document.querySelectorAll<HTMLElement>('[data-choice]')];
  const now = choices.indexOf(document.activeElement as HTMLElement);
  const next = now < 0 ? (by > 0 ? 0 : -1) : (now + by + choices.length) % choices.length;
  choices.at(next)?.focus();
}
