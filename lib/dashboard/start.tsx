/** Starts the dashboard in a page: makes the ports from the browser and listens to the page's events. */
import { render } from 'preact';
import type { ExportDoor } from '../../components/dashboard/export-model.ts';
import type { DashboardLanguage } from '../i18n/dashboard/index.ts';
import { translator } from '../i18n/index.ts';
import { App } from './App.tsx';
import { firstPeriod, makeController } from './controller.ts';
import { hubSource } from './hub-source.ts';
import type { FiguresSource } from './source.ts';
import { makeStore, startState } from './store.ts';

const LANGUAGE = 'nmc-language';
/** Long enough for a cold hub over a provincial network; shorter than a person's patience. */
const TIMEOUT = 30_000;

/** Shows the dashboard in `root` and starts it. */
export async function startDashboard(
  root: HTMLElement,
  source: FiguresSource,
  exports: ExportDoor | null = null,
): Promise<void> {
  const clock = Date.now;
  const store = makeStore(startState(rememberedLanguage(), firstPeriod(clock())));
  const controller = makeController(source, store, {
    clock,
    readHash: () => location.hash,
    writeHash(hash, replace) {
      if (replace) history.replaceState(null, '', hash);
      else location.hash = hash;
    },
    saveFile,
    rememberLanguage,
    async figuresToXlsx(figures, language) {
      const [xlsx, words] = await Promise.all([
        import('../reports/figures-xlsx.ts'),
        import('../i18n/reports/index.ts'),
      ]);
      return xlsx.figuresToXlsx(figures, translator(words.dictionaries[language]));
    },
  });
  addEventListener('hashchange', () => controller.followHash());
  addEventListener('online', () => controller.wake());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') controller.wake();
  });
  render(
    <App
      source={source}
      store={store}
      controller={controller}
      clock={clock}
      isSecure={isSecureContext}
      print={() => print()}
      copy={copyText}
      exports={exports}
    />,
    root,
  );
  await controller.start();
}

/** The source this page stands on: an extension's page has its own book, anything else was served by a hub. */
export async function sourceFor(page: Location): Promise<FiguresSource> {
  if (!page.protocol.endsWith('-extension:')) {
    return hubSource({
      fetch: fetch.bind(globalThis),
      origin: page.origin,
      timeout: TIMEOUT,
      language: () => document.documentElement.lang,
    });
  }
  const [{ openUnit }, { unitSource }] = await Promise.all([
    import('../unit/index.ts'),
    import('./unit-source.ts'),
  ]);
  return unitSource(await openUnit());
}

function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference once the click was handled; a minute is far past that.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Copies where the browser allows it (a secure context); answers whether it did. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function rememberedLanguage(): DashboardLanguage {
  try {
    return localStorage.getItem(LANGUAGE) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

function rememberLanguage(language: DashboardLanguage): void {
  try {
    localStorage.setItem(LANGUAGE, language);
  } catch {
    // A private window may refuse storage: the choice then lasts as long as the page.
  }
}
