/** What opens from the badge: my day, what was just counted with undo, what the page packs can read, pause, sync. */
import type { Action } from '../../lib/domain/vocabulary.ts';
import { ACTIONS } from '../../lib/domain/vocabulary.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { PanelKey } from '../../lib/i18n/page/panel/index.ts';
import { Frame } from './Frame.tsx';

/** The day as the worker tells it. */
export interface PanelDay {
  readonly person: { readonly name: string } | null;
  readonly state: 'recording' | 'paused' | 'notActivated' | 'storageBroken';
  readonly counts: Readonly<Partial<Record<Action, number>>>;
  readonly dossiersSeen: number;
  readonly last: readonly PanelEntry[];
  readonly packs: readonly {
    readonly pack: string;
    readonly page: string;
    readonly health: 'ok' | 'degraded' | 'broken' | 'unverified';
  }[];
  readonly unsent: number;
  /** ISO instant, or null before the first receipt. */
  readonly receivedThrough: string | null;
}

export interface PanelEntry {
  readonly stream: number;
  readonly seq: number;
  readonly action: Action;
  readonly n: number;
  readonly at: string;
  readonly isVoid: boolean;
}

export interface PanelProps {
  readonly t: Translate<PanelKey>;
  readonly day: PanelDay | null;
  readonly trouble: 'unreachable' | 'failed' | null;
  readonly isBusy: boolean;
  /** An ISO instant as people read it (Asia/Ho_Chi_Minh). */
  /** Hour and day; the hour alone for what happened today. */
  readonly showTime: (iso: string) => string;
  readonly showHour: (iso: string) => string;
  readonly onUndo: (entry: PanelEntry) => void;
  readonly onPause: (isPaused: boolean) => void;
  readonly onSync: () => void;
  readonly onClose: () => void;
}

export function Panel(props: PanelProps) {
  const { t, day, trouble } = props;
  return (
    <Frame t={t} state={day?.state} onClose={props.onClose}>
      {trouble && (
        <p class="trouble" role="alert">
          {t(trouble)}
        </p>
      )}
      {day ? <Day {...props} day={day} /> : !trouble && <p class="quiet">{t('loading')}</p>}
    </Frame>
  );
}

function Day(props: PanelProps & { readonly day: PanelDay }) {
  const { t, day, isBusy, showTime } = props;
  const isPaused = day.state === 'paused';
  return (
    <>
      <p class="state" role="status">
        {t(`state.${day.state}`)}
      </p>
      <p class="quiet">
        {t('onDuty')}: <strong>{day.person?.name ?? t('nobody')}</strong>
      </p>
      <Counts {...props} />
      <Last {...props} />
      <Packs {...props} />
      <p class="quiet">
        {day.receivedThrough ? t('received', { time: showTime(day.receivedThrough) }) : t('noReceipt')}
        {day.unsent > 0 && ` · ${t('unsent', { n: day.unsent })}`}
      </p>
      {day.state !== 'notActivated' && (
        <footer>
          <button
            type="button"
            data-action={isPaused ? 'resume' : 'pause'}
            disabled={isBusy}
            onClick={() => props.onPause(!isPaused)}
          >
            {t(isPaused ? 'resume' : 'pause')}
          </button>
          <button type="button" data-action="sync" disabled={isBusy} onClick={props.onSync}>
            {t('sync')}
          </button>
        </footer>
      )}
    </>
  );
}

function Counts({ t, day }: PanelProps & { readonly day: PanelDay }) {
  const counted = ACTIONS.flatMap((action) => {
    const n = day.counts[action] ?? 0;
    return n > 0 ? [{ action, n }] : [];
  });
  return (
    <>
      <h3>{t('today')}</h3>
      {counted.length === 0 ? (
        <p class="quiet">{t('none')}</p>
      ) : (
        <dl class="counts">
          {counted.map(({ action, n }) => (
            <div key={action}>
              <dt>{t(`action.${action}`)}</dt>
              <dd>{n}</dd>
            </div>
          ))}
        </dl>
      )}
      <p class="quiet">{t('seen', { n: day.dossiersSeen })}</p>
    </>
  );
}

function Last({ t, day, isBusy, showHour, onUndo }: PanelProps & { readonly day: PanelDay }) {
  if (day.last.length === 0) return null;
  return (
    <>
      <h3>{t('last')}</h3>
      <ul class="last">
        {day.last.map((entry) => {
          const what = t(`action.${entry.action}`);
          const time = showHour(entry.at);
          return (
            <li key={`${entry.stream}/${entry.seq}`} class={entry.isVoid ? 'void' : ''}>
              <span>
                {what}
                {entry.n > 1 && `, ${t('times', { n: entry.n })}`} <small>{time}</small>
              </span>
              {entry.isVoid ? (
                <small>{t('undone')}</small>
              ) : (
                <button
                  type="button"
                  data-action="undo"
                  disabled={isBusy}
                  aria-label={t('undoWhat', { action: what, time })}
                  onClick={() => onUndo(entry)}
                >
                  {t('undo')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Packs({ t, day }: PanelProps & { readonly day: PanelDay }) {
  return (
    <>
      <h3>{t('pages')}</h3>
      {day.packs.length === 0 ? (
        <p class="quiet">{t('noPages')}</p>
      ) : (
        <ul class="packs">
          {day.packs.map((one) => (
            <li key={`${one.pack} ${one.page}`} data-health={one.health}>
              <code>
                {one.pack.split('@')[0]} · {one.page}
              </code>{' '}
              {t(`health.${one.health}`)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
