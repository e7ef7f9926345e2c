/** The words around an import: what must be there first, and what became of it. */
import { type ExportKey, exportWord } from '../../lib/i18n/exports/index.ts';
import { Banner } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import type { ExportContext, ExportWritten } from './export-model.ts';
import type { Speech } from './export-words.ts';

/** What is missing before a file can be read, and where to get it. */
export function NotReady(props: {
  readonly speech: Speech;
  readonly context: ExportContext | null;
  readonly onSetUp: () => void;
  readonly onRetry: () => void;
}) {
  const { context } = props;
  const { t } = props.speech;
  const why =
    context === null
      ? 'worker'
      : context.state === 'notActivated'
        ? 'activation'
        : context.state === 'paused'
          ? 'resume'
          : 'system';
  return (
    <Banner
      kind="warn"
      title={t(`need.${why}`)}
      name={`export-needs-${why}`}
      actions={
        <>
          {why !== 'worker' && why !== 'resume' && (
            <Button onClick={props.onSetUp} action="export-set-up">
              {t('need.setUp')}
            </Button>
          )}
          <Button onClick={props.onRetry} action="export-retry">
            {t('need.retry')}
          </Button>
        </>
      }
    >
      {t(`need.${why}Do` as ExportKey)}
    </Banner>
  );
}

/** What was written, and where it goes from here; or what failed. */
export function Done(props: {
  readonly speech: Speech;
  readonly outcome: ExportWritten;
  readonly onAgain: () => void;
}) {
  const { outcome } = props;
  const { t, number } = props.speech;
  const another = (
    <Button onClick={props.onAgain} action="another-export">
      {t('another')}
    </Button>
  );
  if (!outcome.ok) {
    return (
      <Banner kind="bad" title={t('failed')} name="export-failed" actions={another}>
        {exportWord(t, 'failed', outcome.code, 'failed.internal')}{' '}
        {outcome.written > 0 && t('failed.kept', { written: number(outcome.written) })}
      </Banner>
    );
  }
  const isHome = outcome.next === 'waiting' || outcome.next === 'refused';
  return (
    <Banner
      kind={isHome ? 'warn' : 'good'}
      title={t('written', { written: number(outcome.written) })}
      name="export-written"
      actions={another}
    >
      {outcome.known > 0 && <span>{t('writtenKnown', { known: number(outcome.known) })} </span>}
      {(outcome.written > 0 || isHome) && t(`next.${outcome.next}`)}
    </Banner>
  );
}
