/**
 * A portal's file, from dropping it to writing. Shown on the options page and on the unit page.
 *
 *   drop ──> reading ──> preview ── write ──> writing ──> done
 *              └──> refused          └── another system: read again
 */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { dayOf } from '../../lib/domain/dates.ts';
import { exportTexts, exportWord } from '../../lib/i18n/exports/index.ts';
import { Banner } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { Progress, Skeleton, Spinner } from '../shared/Spinner.tsx';
import { ExportDrop } from './ExportDrop.tsx';
import { Done, NotReady } from './ExportNotes.tsx';
import { ExportPreview } from './ExportPreview.tsx';
import type {
  ExportChoice,
  ExportContext,
  ExportDoor,
  ExportRead,
  ExportReading,
  ExportSummary,
  ExportWritten,
} from './export-model.ts';
import type { Speech } from './export-words.ts';
import './export.css';

type State =
  | { readonly at: 'drop' }
  | { readonly at: 'reading'; readonly done: number; readonly all: number }
  | { readonly at: 'refused'; readonly code: string; readonly row: number | null }
  | {
      readonly at: 'preview';
      readonly system: number;
      readonly isSure: boolean;
      readonly summary: ExportSummary;
      readonly isBusy: boolean;
    }
  | { readonly at: 'writing'; readonly done: number; readonly all: number }
  | { readonly at: 'done'; readonly outcome: ExportWritten };

export function ExportImport({
  door,
  language,
}: {
  readonly door: ExportDoor;
  readonly language: 'vi' | 'en';
}) {
  const t = exportTexts(language);
  const speech: Speech = {
    t,
    language,
    number: (value) => value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB'),
  };
  const [context, setContext] = useState<ExportContext | null | 'asking'>('asking');
  const [state, setState] = useState<State>({ at: 'drop' });
  const [name, setName] = useState('');
  const reading = useRef<ExportReading | null>(null);

  const close = useCallback(() => {
    reading.current?.close();
    reading.current = null;
  }, []);
  const ready = useCallback(async () => {
    setContext('asking');
    const found = await door.context();
    setContext(found);
    return found;
  }, [door]);
  const show = useCallback((read: ExportRead) => {
    setState(
      read.ok
        ? { at: 'preview', system: read.system, isSure: read.isSure, summary: read.summary, isBusy: false }
        : { at: 'refused', code: read.code, row: read.row },
    );
  }, []);
  const open = useCallback(
    async (file: File) => {
      close();
      // Asked anew for every file: a system may have been bound, a pack repaired.
      const found = await door.context();
      setContext(found);
      if (!canRead(found)) return;
      setName(file.name);
      setState({ at: 'reading', done: 0, all: 0 });
      const mine = door.open(file, found, (done, all) => {
        if (reading.current === mine) setState({ at: 'reading', done, all });
      });
      reading.current = mine;
      const read = await mine.result;
      if (reading.current === mine) show(read);
    },
    [door, close, show],
  );
  useEffect(() => {
    ready().then(async () => {
      const handed = await door.handed();
      if (handed) await open(handed);
    });
    return close;
  }, [ready, open, close, door]);

  const again = () => {
    close();
    setState({ at: 'drop' });
  };
  const pick = async (system: number) => {
    if (state.at !== 'preview' || reading.current === null) return;
    const mine = reading.current;
    setState({ ...state, system, isSure: true, isBusy: true });
    const read = await mine.as(system);
    if (reading.current === mine) show(read);
  };
  const write = async (choices: ReadonlyMap<number, ExportChoice>) => {
    const mine = reading.current;
    if (mine === null) return;
    setState({ at: 'writing', done: 0, all: 0 });
    const outcome = await mine.write(choices, (done, all) => setState({ at: 'writing', done, all }));
    setState({ at: 'done', outcome });
    close();
  };
  const report = () =>
    reading.current?.saveReport({
      head: [t('report.sheet'), t('report.row'), t('report.column'), t('report.reason')],
      reason: (code) => exportWord(t, 'issue', code, 'faults'),
    });

  return (
    <section class="x-stack" aria-label={t('title')} data-export={state.at} lang={language}>
      <h2>{t('title')}</h2>
      <p class="x-quiet">{t('lead')}</p>
      {context === 'asking' && state.at === 'drop' && <Skeleton label={t('reading')} lines={3} />}
      {context !== 'asking' && !canRead(context) && (
        <NotReady speech={speech} context={context} onSetUp={door.openSetUp} onRetry={ready} />
      )}
      {context !== 'asking' && canRead(context) && state.at === 'drop' && (
        <ExportDrop
          title={t('drop.here')}
          button={t('drop.choose')}
          note={t('drop.kinds')}
          oneOnly={t('drop.one')}
          onFile={open}
        />
      )}
      {state.at === 'reading' && (
        <div class="x-card">
          {state.all > 0 ? (
            <Progress
              label={t('readingPart', { percent: Math.floor((100 * state.done) / state.all) })}
              done={state.done}
              all={state.all}
            />
          ) : (
            <Spinner label={t('reading')} />
          )}
          <div>
            <Button onClick={again} action="cancel-export">
              {t('cancel')}
            </Button>
          </div>
        </div>
      )}
      {state.at === 'refused' && (
        <Banner
          kind="bad"
          title={state.row === null ? t('refused') : t('refusedRow', { row: state.row })}
          name="export-refused"
          actions={
            <Button onClick={again} action="another-export">
              {t('another')}
            </Button>
          }
        >
          <span data-refused={state.code}>{exportWord(t, 'refused', state.code, 'refused.internal')}</span>
        </Banner>
      )}
      {state.at === 'preview' && context !== 'asking' && context !== null && (
        <ExportPreview
          speech={speech}
          name={name}
          context={context}
          system={state.system}
          isSure={state.isSure}
          summary={state.summary}
          today={dayOf(Date.now())}
          isBusy={state.isBusy}
          onSystem={pick}
          onWrite={write}
          onReport={report}
          onDiscard={again}
        />
      )}
      {state.at === 'writing' && (
        <Progress
          label={t('writing', { done: speech.number(state.done), all: speech.number(state.all) })}
          done={state.done}
          all={state.all}
        />
      )}
      {state.at === 'done' && <Done speech={speech} outcome={state.outcome} onAgain={again} />}
    </section>
  );
}

function canRead(context: ExportContext | null): context is ExportContext {
  return context !== null && context.state === 'ready' && context.systems.length > 0;
}
