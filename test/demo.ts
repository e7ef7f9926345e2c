/**
 * `npm run demo`: the hub with a made-up province and the practice portals and, where Chromium is found, an official's
 * morning and some citizens' ratings played in it. Stays until Ctrl+C; leaves nothing behind.
 */
import { parseArgs } from 'node:util';
import { findBrowser } from '../lib/build/browsers.ts';
import { ensureBuilt, inShort, stopRequest } from '../lib/build/start.ts';
import { readConfig } from '../lib/hub/config.ts';
import { openOfficial, openTablet } from './demo/browsers.ts';
import { checkFigures, type Pace, playCitizens, playOfficial, showDashboard } from './demo/play.ts';
import { type Stage, setStage, type Undo, undoAll } from './demo/stage.ts';

const HELP = `npm run demo   the product with a made-up province, practice portals and a replayed morning

  --headless   no window, even where there is a screen
  --once       play fast, then end (for tests); exit code 1 when the play failed

  PORT         8766     port of the hub
  NMC_DATA     (none)   an empty folder that is kept; without it everything goes at the end
  CHROMIUM     (PATH)   Chromium, for the morning and the kiosk; without one everything is still served`;

const NO_BROWSER = `No Chromium found: with one the demo also plays the morning. Everything else is served.
Install it (Debian: apt-get install chromium) or set CHROMIUM to its path, then start the demo again.`;

interface Options {
  readonly isHeadless: boolean;
  readonly isOnce: boolean;
}

const hasScreen = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

function whereToLook({ hub, admin, portals }: Stage): string {
  return `
Tỉnh Mẫu đang chạy / the made-up province is running

  Bảng số liệu / dashboard            ${hub.url}/
      ${admin.name}   ${admin.password}
  Thiết bị đánh giá điện tử / kiosk   ${hub.url}/kiosk/
  Cổng thực hành / practice portals
      Một cửa điện tử (iGate 2)       ${portals.igate2.url}/vi/dossier/search
      Một cửa TD                      ${portals.td.url}/dvc/tiep-nhan-ho-so/moi-tiep-nhan
      iOffice                         ${portals.ioffice.url}/qlvbdh/main?lang=vi
`;
}

/** Plays everything; what it opens is in `undo`. */
async function play(stage: Stage, executablePath: string, { isHeadless, isOnce }: Options, undo: Undo) {
  const pace: Pace = { say: (text) => console.log(`  · ${text}`), pause: isOnce ? 0 : 400 };
  const browser = { executablePath, folder: stage.folder, headless: isHeadless, slowMo: 0 };
  const official = await openOfficial({ ...browser, slowMo: isOnce ? 0 : 15 });
  undo.push(official.close);
  const { report } = await playOfficial(stage, official, pace);
  const tablet = await openTablet({ ...browser, slowMo: isOnce ? 0 : 350 });
  undo.push(() => tablet.close());
  const ratings = await playCitizens(stage, tablet.pages()[0] ?? (await tablet.newPage()), pace);
  const dashboard = await showDashboard(stage, official);
  const { total, different } = await checkFigures(stage, dashboard);
  const { confirmed, mustNotCount } = report;
  console.log(`
${confirmed.length} actions that the portals confirmed, ${mustNotCount.length} that only look like work, ${ratings} ratings
(shown to staff from the next working day on).`);
  if (different.length > 0)
    throw new Error(`the dashboard differs from the portals in ${different.join(', ')}`);
  console.log(`The dashboard's ${total} figures are what the portals' own logs give.`);
}

/** Resolves to the exit code. */
async function main(options: Options): Promise<number> {
  const stop = stopRequest();
  const stopped = new Promise<null>((done) => stop.addEventListener('abort', () => done(null)));
  const { port } = readConfig({ PORT: process.env.PORT });
  const chromium = findBrowser('chromium');
  await ensureBuilt(['web'], stop);
  console.log('Starting the hub, the practice portals and the province Mẫu …');
  const stage = await setStage({
    port,
    data: process.env.NMC_DATA ?? null,
    latencyMs: options.isOnce ? 0 : 120,
  });
  const undo: Undo = [() => stage.close()];
  let code = 0;
  try {
    if (chromium === null) {
      console.log(NO_BROWSER);
      if (options.isOnce) code = 1;
    } else if (!stop.aborted) {
      if (!options.isOnce) console.log(`${whereToLook(stage)}\nThe morning takes about four minutes:`);
      const played = play(stage, chromium, options, undo).catch((error: unknown) => {
        if (stop.aborted) return;
        console.log(`The play ended early: ${inShort(error)}`);
        code = 1;
      });
      await Promise.race([played, stopped]);
    }
    if (!stop.aborted) {
      console.log(whereToLook(stage));
      if (!options.isOnce) {
        console.log('Ctrl+C ends the demo.');
        await stopped;
      }
    }
  } finally {
    if (stop.aborted) console.log('Stopping …');
    await undoAll(undo);
  }
  return code;
}

try {
  const { values } = parseArgs({
    options: { help: { type: 'boolean' }, headless: { type: 'boolean' }, once: { type: 'boolean' } },
  });
  const isHeadless = values.headless === true || !hasScreen();
  if (values.help) console.log(HELP);
  process.exit(values.help ? 0 : await main({ isHeadless, isOnce: values.once === true }));
} catch (error) {
  console.error(inShort(error));
  process.exit(1);
}
