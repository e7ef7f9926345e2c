/** The options page: first run in four steps, the ledger, hand-over by file. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { extensionTexts } from '../../lib/i18n/extension/index.ts';
import type { ExportDoor } from '../dashboard/export-model.ts';
import type { OptionsDoor, View } from '../popup/model.ts';
import { Banner } from '../shared/Banner.tsx';
import { Skeleton } from '../shared/Spinner.tsx';
import { Activation } from './Activation.tsx';
import { Handover } from './Handover.tsx';
import { Hosts } from './Hosts.tsx';
import { Import } from './Import.tsx';
import { ItProfile } from './ItProfile.tsx';
import { Ledger } from './Ledger.tsx';
import { Notice } from './Notice.tsx';
import { Packs } from './Packs.tsx';
import { People } from './People.tsx';
import type { Room } from './room.ts';
import './options.css';

const TABS = ['setup', 'ledger', 'import', 'handover'] as const;
type Tab = (typeof TABS)[number];
const REFRESH_MS = 5_000;

/** The tab named by the address (`#ledger`), so that links and a reload land where they should. */
function tabOf(hash: string): Tab {
  return TABS.find((tab) => hash === `#${tab}`) ?? 'setup';
}

export function OptionsApp({ door, exports }: { readonly door: OptionsDoor; readonly exports: ExportDoor }) {
  const [view, setView] = useState<View | null>(null);
  const [tab, setTab] = useState<Tab>(tabOf(location.hash));
  const reload = useCallback(async () => {
    const fresh = await door.view();
    if (fresh) setView(fresh);
  }, [door]);
  useEffect(() => {
    reload();
    const timer = setInterval(reload, REFRESH_MS);
    const follow = () => setTab(tabOf(location.hash));
    addEventListener('hashchange', follow);
    return () => {
      clearInterval(timer);
      removeEventListener('hashchange', follow);
    };
  }, [reload]);

  if (view === null)
    return (
      <main class="o-main">
        <Skeleton label={extensionTexts('vi')('loading')} lines={8} />
      </main>
    );
  const t = extensionTexts(view.language);
  const room = { t, view, door, onChanged: reload };
  return (
    <div lang={view.language}>
      <header class="o-head">
        <div class="o-head-row">
          <h1>{t('appName')}</h1>
          <nav class="o-tabs" aria-label={t('options.title')}>
            {TABS.map((one) => (
              <a key={one} href={`#${one}`} aria-current={tab === one ? 'page' : undefined} data-tab={one}>
                {t(`options.tab.${one}`)}
              </a>
            ))}
          </nav>
          <label class="o-language">
            <span class="n-hidden">{t('language')}</span>
            <select
              name="language"
              value={view.language}
              onChange={async (event) => {
                await door.language(event.currentTarget.value === 'en' ? 'en' : 'vi');
                reload();
              }}
            >
              <option value="vi">Tiếng Việt</option>
              <option value="en">English</option>
            </select>
          </label>
        </div>
      </header>
      <main class="o-main" data-state={view.summary.state}>
        {tab === 'setup' && <SetUp {...room} />}
        {tab === 'ledger' && <Ledger {...room} />}
        {tab === 'import' && <Import door={exports} language={view.language} />}
        {tab === 'handover' && <Handover {...room} />}
      </main>
    </div>
  );
}

function SetUp(room: Room) {
  const { t, view } = room;
  const isReady = view.notice.acceptedAt !== null && view.device !== null;
  return (
    <>
      {isReady && view.hosts.some((one) => one.isGranted) ? (
        <Banner kind="good" title={t(`state.${view.summary.state}`)} name="ready">
          {view.summary.state === 'recording' && t('options.ready')}
        </Banner>
      ) : (
        <p class="o-lead">{t('options.firstRun')}</p>
      )}
      <ol class="o-steps">
        <Notice {...room} />
        <Activation {...room} />
        <Hosts {...room} />
        <People {...room} />
      </ol>
      {isReady && <Packs {...room} />}
      <ItProfile language={view.language} door={room.door} />
    </>
  );
}
