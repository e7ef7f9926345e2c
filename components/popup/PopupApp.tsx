/** The popup: my day, what was just counted, who is on duty, the state of recording and of sync. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { extensionTexts } from '../../lib/i18n/extension/index.ts';
import { Banner } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { Skeleton } from '../shared/Spinner.tsx';
import { DayCounts } from './DayCounts.tsx';
import { DropExport } from './DropExport.tsx';
import { Duty } from './Duty.tsx';
import { Guidance } from './Guidance.tsx';
import { JustCounted } from './JustCounted.tsx';
import { LookUp } from './LookUp.tsx';
import { Manual } from './Manual.tsx';
import { type Outcome, type PopupDoor, problemText, type View, type Words } from './model.ts';
import { Reading } from './Reading.tsx';
import { SyncState } from './SyncState.tsx';
import { Unconfirmed } from './Unconfirmed.tsx';
import { WorkshopLink } from './WorkshopLink.tsx';
import './popup.css';

/** How often an open popup looks again: counts change on the page behind it. */
const REFRESH_MS = 4_000;

export function PopupApp({ door }: { readonly door: PopupDoor }) {
  const [view, setView] = useState<View | null>(null);
  const [problem, setProblem] = useState<Outcome | null>(null);
  const reload = useCallback(async () => {
    const fresh = await door.view();
    if (fresh) setView(fresh);
  }, [door]);
  useEffect(() => {
    reload();
    const timer = setInterval(reload, REFRESH_MS);
    return () => clearInterval(timer);
  }, [reload]);

  if (view === null) {
    const t = extensionTexts('vi');
    return (
      <main class="p-main">
        <Skeleton label={t('loading')} lines={6} />
      </main>
    );
  }
  const t = extensionTexts(view.language);
  const act = async (work: Promise<Outcome>) => {
    const outcome = await work;
    setProblem(outcome.ok ? null : outcome);
    await reload();
    return outcome;
  };
  return (
    <main class="p-main" lang={view.language} data-state={view.summary.state}>
      <Head t={t} view={view} onPause={(paused) => act(door.pause(paused))} />
      {problem && (
        <Banner
          kind="bad"
          title={problemText(t, problem)}
          onDismiss={() => setProblem(null)}
          dismissLabel={t('close')}
          name="problem"
        />
      )}
      {view.summary.state === 'notActivated' ? (
        <NotReady t={t} onOpen={() => door.open('options')} />
      ) : (
        <>
          <StateNote t={t} view={view} />
          <Unconfirmed t={t} view={view} />
          <Duty
            t={t}
            view={view}
            onDuty={door.duty}
            onChanged={reload}
            onPeople={() => door.open('people')}
          />
          <DayCounts t={t} view={view} onMonth={door.month} onCopy={door.copy} />
          <JustCounted t={t} view={view} onUndo={(stream, seq) => act(door.undo(stream, seq))} />
          <Reading t={t} view={view} />
          <Tools t={t} view={view} door={door} act={act} onAdded={reload} />
          <SyncState t={t} view={view} onSync={() => act(door.sync())} />
        </>
      )}
      <DropExport language={view.language} onFile={door.importFile} onOpen={() => door.open('import')} />
      <footer class="p-foot">
        <Button kind="quiet" size="small" onClick={() => door.open('options')} action="options">
          {t('popup.options')}
        </Button>
        <Button kind="quiet" size="small" onClick={() => door.open('ledger')} action="ledger">
          {t('popup.ledger')}
        </Button>
        <Button kind="quiet" size="small" onClick={() => door.open('dashboard')} action="dashboard">
          {t('popup.unitPage')}
        </Button>
        <WorkshopLink language={view.language} door={door} />
      </footer>
    </main>
  );
}

const TOOLS = ['manual', 'guidance', 'lookup'] as const;

/** What is needed now and then: one of them open at a time. */
function Tools(props: {
  readonly t: Words;
  readonly view: View;
  readonly door: PopupDoor;
  readonly act: (work: Promise<Outcome>) => Promise<Outcome>;
  readonly onAdded: () => void;
}) {
  const { t, view, door } = props;
  const [open, setOpen] = useState<(typeof TOOLS)[number] | null>(null);
  return (
    <>
      <fieldset class="p-tools" aria-label={t('popup.tools')}>
        {TOOLS.map((tool) => (
          <button
            key={tool}
            type="button"
            aria-expanded={open === tool}
            data-action={tool}
            onClick={() => setOpen(open === tool ? null : tool)}
          >
            {t(`popup.${tool}`)}
          </button>
        ))}
      </fieldset>
      {open === 'manual' && (
        <Manual
          t={t}
          view={view}
          onAdd={door.manual}
          onClose={() => {
            setOpen(null);
            props.onAdded();
          }}
        />
      )}
      {open === 'guidance' && <Guidance t={t} onGuide={door.guide} />}
      {open === 'lookup' && (
        <LookUp
          t={t}
          isMarking={view.isMarking}
          onLookUp={door.lookUp}
          onMark={(isOn) => props.act(door.markRows(isOn))}
        />
      )}
    </>
  );
}

function Head(props: {
  readonly t: Words;
  readonly view: View;
  readonly onPause: (paused: boolean) => void;
}) {
  const { t, view } = props;
  const { state } = view.summary;
  return (
    <header class={`p-head p-head-${state}`}>
      <div class="p-head-row">
        <h1>{t('appName')}</h1>
        {(state === 'recording' || state === 'paused') && (
          <Button
            size="small"
            class="p-pause"
            onClick={() => props.onPause(state === 'recording')}
            action={state === 'recording' ? 'pause' : 'resume'}
          >
            {t(state === 'recording' ? 'popup.pause' : 'popup.resume')}
          </Button>
        )}
      </div>
      <p class="p-state" role="status">
        <span class="p-dot" aria-hidden="true" />
        {t(`state.${state}`)}
      </p>
    </header>
  );
}

function NotReady({ t, onOpen }: { readonly t: Words; readonly onOpen: () => void }) {
  return (
    <section class="p-card p-empty">
      <p>{t('stateText.notActivated')}</p>
      <Button kind="primary" onClick={onOpen} action="set-up">
        {t('popup.setUp')}
      </Button>
    </section>
  );
}

function StateNote({ t, view }: { readonly t: Words; readonly view: View }) {
  const { state } = view.summary;
  if (state === 'paused') return <p class="p-note">{t('stateText.paused')}</p>;
  if (state === 'storageBroken') return <p class="p-note p-note-bad">{t('stateText.storageBroken')}</p>;
  return null;
}
