/** Wires the views to the state and the acts: the only place of the dashboard that knows both. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Failed } from '../../components/dashboard/Failed.tsx';
import { FiguresView } from '../../components/dashboard/FiguresView.tsx';
import { Login } from '../../components/dashboard/Login.tsx';
import { shownOf, type User } from '../../components/dashboard/model.ts';
import { PeriodPicker } from '../../components/dashboard/PeriodPicker.tsx';
import { SetUp } from '../../components/dashboard/SetUp.tsx';
import { Door, type NavItem, Shell } from '../../components/dashboard/Shell.tsx';
import { UnitPicker } from '../../components/dashboard/UnitPicker.tsx';
import { useWords, WordsContext, wordsOf } from '../../components/dashboard/words.ts';
import { Banner } from '../../components/shared/Banner.tsx';
import { Button } from '../../components/shared/Button.tsx';
import { Spinner } from '../../components/shared/Spinner.tsx';
import { dayOf } from '../domain/dates.ts';
import type { AppProps } from './app-props.ts';
import { OtherView } from './OtherView.tsx';
import { rightsOf } from './rights.ts';
import { showRoute, type View } from './routes.ts';
import type { State, Store } from './store.ts';

/** The store's state, again after every change. */
function useStore(store: Store): State {
  const [state, setState] = useState(store.get);
  useEffect(() => {
    setState(store.get());
    return store.subscribe(() => setState(store.get()));
  }, [store]);
  return state;
}

export function App(props: AppProps) {
  const state = useStore(props.store);
  const words = useMemo(() => wordsOf(state.language), [state.language]);
  useEffect(() => {
    document.documentElement.lang = state.language;
    document.title = `${words.t(`nav.${state.view}`)} · ${words.t('app.name')}`;
  }, [state.language, state.view, words]);
  return (
    <WordsContext.Provider value={words}>
      {state.session.at === 'in' ? (
        <Inside {...props} state={state} user={state.session.user} />
      ) : (
        <Outside {...props} state={state} />
      )}
    </WordsContext.Provider>
  );
}

interface WithState extends AppProps {
  readonly state: State;
}

function Outside({ source, controller, state, isSecure }: WithState) {
  const { t } = useWords();
  const { session } = state;
  return (
    <Door source={source.kind} onLanguage={(language) => controller.setLanguage(language)}>
      {session.at === 'checking' && <Spinner label={t('app.loading')} />}
      {session.at === 'unreachable' && (
        <Failed failure={session.failure} onRetry={() => controller.start()} />
      )}
      {session.at === 'out' && (
        <Login
          busy={session.busy}
          expired={session.expired}
          failure={session.failure}
          isSecure={isSecure}
          onSubmit={(name, password) => controller.login(name, password)}
        />
      )}
      {session.at === 'setUp' && (
        <SetUp
          busy={session.busy}
          failure={session.failure}
          onSubmit={(unit) => controller.createUnit(unit)}
        />
      )}
    </Door>
  );
}

function Inside(props: WithState & { readonly user: User }) {
  const { source, controller, state, clock, user } = props;
  const { t } = useWords();
  const rights = rightsOf(source.capabilities, user);
  const nav: NavItem[] = rights.views.map((view) => ({
    id: view,
    text: t(`nav.${view}`),
    href: showRoute({ view, unit: state.unit, period: state.period }),
    isCurrent: view === state.view,
  }));
  const known = shownOf(state.units);
  const unassigned = t('units.unassigned');
  const units = useMemo(
    () => known?.map((unit) => (unit.name === '' ? { ...unit, name: unassigned } : unit)) ?? null,
    [known, unassigned],
  );
  return (
    <Shell
      source={source.kind}
      nav={nav}
      user={user}
      hasLogin={source.capabilities.hasLogin}
      busy={state.busy}
      onLogout={() => controller.logout()}
      onLanguage={(language) => controller.setLanguage(language)}
      toolbar={
        units &&
        !isWide(state.view) && (
          <>
            <UnitPicker units={units} value={state.unit} onPick={(unit) => controller.go({ unit })} />
            {(state.view === 'figures' || state.view === 'feedback') && (
              <PeriodPicker
                value={state.period}
                today={dayOf(clock())}
                onPick={(period) => controller.go({ period })}
              />
            )}
            <Tools {...props} />
          </>
        )
      }
      notices={<Notices {...props} />}
    >
      {state.view === 'figures' ? (
        <FiguresView
          load={state.figures}
          source={source.kind}
          onRetry={() => controller.reload()}
          onOpenDevices={() => controller.go({ view: 'devices' })}
        />
      ) : (
        <OtherView {...props} rights={rights} />
      )}
    </Shell>
  );
}

/** Views that are not about one unit. */
function isWide(view: View): boolean {
  return view === 'units' || view === 'catalogue' || view === 'handover' || view === 'exports';
}

function Tools({ controller, state, print }: WithState) {
  const { t } = useWords();
  const { figures, devices, packs, pack, feedback, kiosks } = state;
  const isLoading = [figures, devices, packs, pack, feedback, kiosks].some(({ at }) => at === 'loading');
  return (
    <div class="d-tools">
      <Button onClick={() => controller.reload()} busy={isLoading} action="reload">
        {t('app.reload')}
      </Button>
      {state.view === 'figures' && (
        <>
          <Button onClick={print} action="print">
            {t('app.print')}
          </Button>
          <Button
            onClick={() => controller.exportFigures()}
            busy={state.busy === 'export'}
            disabled={shownOf(state.figures) === null}
            action="export"
          >
            {t('figures.export')}
          </Button>
        </>
      )}
    </div>
  );
}

/** Whether the view still shows what was loaded before; without that it says itself why it is empty. */
function isShown(state: State): boolean {
  if (state.view === 'exports') return false;
  if (state.view === 'packs' && state.packRef !== null) return shownOf(state.pack) !== null;
  return state.view === 'handover' || shownOf<unknown>(state[state.view]) !== null;
}

function Notices({ controller, state }: WithState) {
  const { t } = useWords();
  const notice = {
    revoked: 'devices.revoked',
    accepted: 'devices.accepted',
    exported: 'figures.exported',
    packSigned: 'packs.signed',
    packStaged: 'packs.staged',
    packRefused: 'packs.refused',
    packRetired: 'packs.retired',
    commentErased: 'feedback.erased',
    kiosksSaved: 'kiosks.saved',
    complaintSaved: 'complaints.saved',
    complaintErased: 'complaints.erasedNow',
    linksRevoked: 'links.revoked',
  };
  return (
    <>
      {!state.isOnline && isShown(state) && (
        <Banner
          kind="warn"
          name="offline"
          title={t('failure.offlineBanner')}
          actions={
            <Button size="small" onClick={() => controller.reload()} action="retry">
              {t('failure.retry')}
            </Button>
          }
        >
          {t('failure.offlineDo')}
        </Banner>
      )}
      {state.units.at === 'failed' && state.isOnline && (
        <Failed failure={state.units.failure} onRetry={() => controller.start()} />
      )}
      {state.failure && <Failed failure={state.failure} onDismiss={() => controller.dismiss()} />}
      {state.notice && (
        <Banner
          kind="good"
          name={state.notice}
          title={t(notice[state.notice] as 'devices.revoked')}
          onDismiss={() => controller.dismiss()}
          dismissLabel={t('app.close')}
        />
      )}
    </>
  );
}
