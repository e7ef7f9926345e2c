/** A failure as people need it: what happened, what it means, what to do. */
import type { ComponentChildren } from 'preact';
import { Banner } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { Skeleton } from '../shared/Spinner.tsx';
import { type Failure, type Load, shownOf } from './model.ts';
import { useWords, type Words } from './words.ts';

/** Title and advice of a failure; the hub's own words win over ours for what it refused. */
export function failureWords(
  { t, maybe }: Words,
  failure: Failure,
): { title: string; text: string; code: string } {
  const own = failure.kind === 'refused' || failure.kind === 'busy' ? failure.message : '';
  return {
    title: t(`failure.${failure.kind}`),
    text: own || maybe(`failure.code.${failure.code}`) || t(`failure.${failure.kind}Do`),
    code: failure.kind === 'offline' || failure.kind === 'signedOut' ? '' : failure.code,
  };
}

/** A failure as a banner. */
export function Failed(props: {
  readonly failure: Failure;
  readonly onRetry?: (() => void) | undefined;
  readonly onDismiss?: (() => void) | undefined;
}) {
  const words = useWords();
  const { title, text, code } = failureWords(words, props.failure);
  return (
    <Banner
      kind={props.failure.kind === 'offline' || props.failure.kind === 'busy' ? 'warn' : 'bad'}
      title={title}
      name={`failure-${props.failure.kind}`}
      onDismiss={props.onDismiss}
      dismissLabel={words.t('app.close')}
      actions={
        props.onRetry && (
          <Button size="small" onClick={props.onRetry} action="retry">
            {words.t('failure.retry')}
          </Button>
        )
      }
    >
      <p>{text}</p>
      {code && <p class="d-quiet">{words.t('failure.code', { code })}</p>}
    </Banner>
  );
}

/**
 * The designed states around a loaded value: grey shapes at first, a banner when it failed, the value whenever known.
 * Being offline with a value to show is said once, above the view.
 */
export function Loaded<T>(props: {
  readonly load: Load<T>;
  readonly onRetry: () => void;
  readonly lines?: number;
  readonly children: (value: T) => ComponentChildren;
}) {
  const { t } = useWords();
  const { load } = props;
  const value = shownOf(load);
  return (
    <>
      {load.at === 'failed' && (value === null || load.failure.kind !== 'offline') && (
        <Failed failure={load.failure} onRetry={props.onRetry} />
      )}
      {value !== null
        ? props.children(value)
        : load.at !== 'failed' && <Skeleton label={t('app.loading')} lines={props.lines ?? 6} />}
    </>
  );
}
