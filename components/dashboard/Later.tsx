/** A view whose code comes when it is opened; says so when it cannot come. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Skeleton } from '../shared/Spinner.tsx';
import { Failed } from './Failed.tsx';
import { useWords } from './words.ts';

/** `load` must be a stable function; `children` receives what it brought. */
export function Later<Module>(props: {
  readonly load: () => Promise<Module>;
  readonly children: (module: Module) => ComponentChildren;
}) {
  const { t } = useWords();
  const { load } = props;
  const [module, setModule] = useState<Module | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    let isGone = false;
    setFailed(false);
    load().then(
      (loaded) => !isGone && setModule(() => loaded),
      () => !isGone && setFailed(true),
    );
    return () => {
      isGone = true;
    };
  }, [load, attempt]);
  if (module !== null) return <>{props.children(module)}</>;
  if (isFailed) {
    const failure = { kind: 'offline', code: 'chunk', field: null, message: '', retryAfter: null } as const;
    return <Failed failure={failure} onRetry={() => setAttempt(attempt + 1)} />;
  }
  return <Skeleton label={t('app.loading')} lines={6} />;
}
