/** Every screen of the staff at the kiosk of `kiosk-tour.ts`, with what goes wrong on them, and the installation page. */
import { readSlipNumber } from '../../lib/domain/slip.ts';
import { CODE, holdDoor, type Kiosk, type Look, passDoor, sync, typePin } from './kiosk-tour.ts';

/** First set-up by code, each screen of it looked at. Ends on the home screen of the staff, synced. */
export async function tourSetUp({ page, site }: Kiosk, look: Look): Promise<void> {
  const stop = (name: string) => look({ name, page, hasTools: false });
  await page.getByRole('button', { name: /Thiết lập|Set up/ }).click();
  for (const name of ['staff-pin', 'staff-pin-again']) {
    await page.locator('.s-dots i[data-filled]').first().waitFor({ state: 'detached' });
    await page.locator('.s-pin').waitFor();
    await stop(name);
    await typePin(page);
  }
  await page.locator('.s-activation').waitFor();
  await page.locator('[data-action=by-file]').click();
  await stop('staff-by-file');
  await page.locator('[data-action=by-code]').click();
  await stop('staff-by-code');
  await page.locator('input[name=hub]').fill(new URL(site.url).origin);
  await page.locator('input[name=code]').fill(CODE);
  await page.locator('[data-action=activate]').click();
  await page.locator('[data-card=counter]').getByRole('button', { name: '3', exact: true }).click();
  await sync(page);
}

/** Every room of the staff, from their home screen and back to it; last, the activation anew. */
export async function tourStaff(kiosk: Kiosk, look: Look): Promise<void> {
  const { page } = kiosk;
  const stop = (name: string) => look({ name, page, hasTools: false });
  const enter = async (room: string) => {
    await page.locator(`[data-action=room-${room}]`).click();
    await page.locator(`[data-view=${room}] main > *`).first().waitFor();
  };
  const leave = () => page.locator('[data-action=home]').click();
  await stop('staff-home');
  await enter('check');
  await tourCheck(kiosk, look);
  await leave();
  await enter('closing');
  await tourClosing(kiosk, look);
  await leave();
  await enter('slip');
  await stop('staff-slip');
  // One of them has the wrong check digit.
  await page.keyboard.type(['00011', '00012'].find((digits) => readSlipNumber(digits) === null)!);
  await page.keyboard.press('Enter');
  await page.locator('.s-problem:not(:empty)').waitFor();
  await stop('staff-slip-wrong');
  await leave();
  await enter('voice');
  await tourVoice(kiosk, look);
  await leave();
  await page.locator('[data-action=activate-again]').click();
  await page.locator('.s-activation').waitFor();
  await stop('staff-activate-again');
}

/** The end of the day, while the hub is down and when it is there again. */
async function tourClosing({ page }: Kiosk, look: Look): Promise<void> {
  const stop = (name: string) => look({ name, page, hasTools: false });
  await stop('staff-closing');
  const down = (url: URL) => url.pathname.startsWith('/v1/');
  await page.route(down, (route) => route.fulfill({ status: 503, body: '' }));
  await page.locator('[data-action=close-day]').click();
  await page.locator('[data-banner=outcome].n-banner-warn').waitFor();
  await stop('staff-failed');
  await page.unroute(down);
  await page.locator('[data-action=close-day]').click();
  await page.locator('[data-banner=outcome].n-banner-good').waitFor();
  await stop('staff-closed');
}

/** The check before use: what was found, the question about the tones, the circles to touch. */
async function tourCheck({ page }: Kiosk, look: Look): Promise<void> {
  const stop = (name: string) => look({ name, page, hasTools: false });
  await page.locator('[data-action=check-again]:not([aria-busy=true])').waitFor();
  await page.locator('.s-check-line').first().waitFor();
  await stop('staff-check');
  await page.locator('[data-action=sound]').click();
  await page.locator('[data-action=heard]').waitFor();
  await stop('staff-check-sound');
  await page.locator('[data-action=touch]').click();
  await page.locator('.s-touch-3').click();
  await stop('staff-touch');
  await page.locator('[data-action=touch-cancel]').click();
}

/** A sentence before, while and after it is recorded. */
async function tourVoice({ page }: Kiosk, look: Look): Promise<void> {
  const stop = (name: string) => look({ name, page, hasTools: false });
  await page.locator('[data-phase=ready]').waitFor();
  await stop('staff-voice');
  await page.locator('[data-action=voice-record]').click();
  await page.locator('[data-phase=recording] meter').waitFor();
  await stop('staff-recording');
  // The microphone beeps now and then; what heard nothing is called too quiet.
  await page.waitForFunction(() => (document.querySelector('meter')?.value ?? 0) > 0.03);
  await page.locator('[data-action=voice-stop]').click();
  await page.locator('[data-phase=taken]').waitFor();
  await stop('staff-taken');
}

/** The corner held by keyboard until the PIN is asked for; what stands there is looked at; then the PIN. */
export async function tourGate({ page }: Kiosk, look: Look): Promise<void> {
  const stop = (name: string) => look({ name, page, hasTools: false });
  await holdDoor(page);
  await stop('staff-gate');
  await page.keyboard.type('0000');
  await page.keyboard.press('Enter');
  await page.locator('.s-problem:not(:empty)').waitFor();
  await stop('staff-gate-wrong');
  await page.locator('[data-action=forgotten]').click();
  await page.locator('[data-card=forgotten]').waitFor();
  await stop('staff-forgotten');
  await page.locator('[data-action=leave]').click();
  await passDoor(page);
}

/** The page for whoever installs the device. */
export async function tourInstall({ context, site }: Kiosk, look: Look): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${site.url}cai-dat/`);
  await page.locator('h1').first().waitFor();
  await look({ name: 'install', page, hasTools: false });
  await page.close();
}
