/** The workshop: which page and pack, how it is read, what was changed, saved pages, sending. Made for 320 to 500 px. */
import { workshopTexts } from '../../lib/i18n/workshop/index.ts';
import { Banner, Empty } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { SelectField } from '../shared/Field.tsx';
import { Skeleton } from '../shared/Spinner.tsx';
import { ChangesTab } from './ChangesTab.tsx';
import { FixturesTab } from './FixturesTab.tsx';
import { TABS } from './model.ts';
import { PageTab } from './PageTab.tsx';
import type { Room } from './room.ts';
import { SendTab } from './SendTab.tsx';
import './workshop.css';

export function WorkshopApp({ state, actions }: Omit<Room, 't'>) {
  const t = workshopTexts(state.language);
  const room = { t, state, actions };
  const counts = {
    page: null,
    changes: state.changes.length + state.problems.length,
    fixtures: state.fixtures.filter(({ result }) => result === 'fail').length,
    send: null,
  } as const;
  const hasDraft = state.pack !== null && state.phase !== 'notIt';
  return (
    <div class="w-app" lang={state.language} data-phase={state.phase}>
      <header class="w-head">
        <h1>{t('title')}</h1>
        {hasDraft && <Target {...room} />}
      </header>
      {hasDraft && (
        <nav class="w-tabs" aria-label={t('title')}>
          {TABS.map((tab) => (
            <button
              key={tab}
              type="button"
              data-tab={tab}
              aria-current={state.tab === tab ? 'page' : undefined}
              onClick={() => actions.showTab(tab)}
            >
              {t(`tab.${tab}`)}
              {counts[tab] ? (
                <span class={`w-count ${tab === 'fixtures' ? 'w-count-bad' : ''}`}>{counts[tab]}</span>
              ) : null}
            </button>
          ))}
        </nav>
      )}
      <main class="w-main">
        {state.notice && <Notice {...room} />}
        {hasDraft ? <TabBody {...room} /> : <PhaseNote {...room} />}
      </main>
    </div>
  );
}

function TabBody(room: Room) {
  switch (room.state.tab) {
    case 'page':
      return room.state.phase === 'ready' ? <PageTab {...room} /> : <PhaseNote {...room} />;
    case 'changes':
      return <ChangesTab {...room} />;
    case 'fixtures':
      return <FixturesTab {...room} />;
    case 'send':
      return <SendTab {...room} />;
  }
}

function Target({ t, state, actions }: Room) {
  const { pack } = state;
  return (
    <div class="w-target">
      {state.isTab ? (
        <SelectField
          label={t('pick.tab')}
          name="tab"
          value={state.page === null ? '' : String(state.page)}
          options={[
            ...(state.page === null ? [{ value: '', text: t('pick.tab.none') }] : []),
            ...state.pages.map(({ id, title }) => ({ value: String(id), text: title })),
          ]}
          onChange={(id) => id !== '' && actions.choosePage(Number(id))}
        />
      ) : (
        state.host && <p class="w-host">{state.host}</p>
      )}
      {pack && (
        <SelectField
          label={t('pick.pack')}
          name="pack"
          value={pack.id}
          options={state.packs.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={actions.choosePack}
        />
      )}
      {pack && (
        <p class="w-version" data-version={pack.version}>
          {pack.version === pack.baseVersion
            ? t('version', { version: pack.version })
            : t('draftVersion', { version: pack.version, base: pack.baseVersion })}
          {!pack.isVerified && <span class="n-tag n-tag-warn">{t('unverified')}</span>}
        </p>
      )}
    </div>
  );
}

function PhaseNote({ t, state, actions }: Room) {
  const { phase } = state;
  if (phase === 'loading' || phase === 'ready') return <Skeleton label={t('loading')} lines={6} />;
  const wantsOptions = phase === 'notIt' || phase === 'notGranted';
  return (
    <Empty
      title={t(`phase.${phase}`)}
      name={phase}
      actions={
        <>
          {wantsOptions && (
            <Button onClick={actions.openOptions} action="options">
              {t('openOptions')}
            </Button>
          )}
          {phase !== 'notIt' && phase !== 'denied' && (
            <Button kind="primary" onClick={actions.retry} action="retry">
              {t('retry')}
            </Button>
          )}
        </>
      }
    >
      <p>{t(`phase.${phase}.text`)}</p>
    </Empty>
  );
}

function Notice({ t, state, actions }: Room) {
  const { notice } = state;
  if (!notice) return null;
  const text =
    notice.kind === 'imported'
      ? t('send.imported', notice)
      : notice.kind === 'snapshotSaved'
        ? t('snapshot.saved', notice)
        : t('send.importFailed');
  return (
    <Banner
      kind={notice.kind === 'importFailed' ? 'bad' : 'good'}
      title={text}
      name={notice.kind}
      onDismiss={actions.dismiss}
      dismissLabel={t('close')}
    />
  );
}
