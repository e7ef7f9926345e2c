/** What was just counted, newest first, each with its undo. */
import { Button } from '../shared/Button.tsx';
import { timeOf, type View, type Words } from './model.ts';

const SHOWN = 4;

export function JustCounted(props: {
  readonly t: Words;
  readonly view: View;
  readonly onUndo: (stream: number, seq: number) => void;
}) {
  const { t } = props;
  const { last } = props.view.summary;
  if (last.length === 0) return null;
  return (
    <section class="p-card" aria-label={t('popup.last')}>
      <h2>{t('popup.last')}</h2>
      <ul class="p-last">
        {last.slice(0, SHOWN).map((one) => (
          <li key={`${one.stream}/${one.seq}`} data-entry={`${one.stream}/${one.seq}`}>
            <time dateTime={one.at}>{timeOf(one.at)}</time>
            <span class={one.isVoid ? 'p-void' : ''}>
              {t(`action.${one.action}`)}
              {one.n > 1 && ` (${t('popup.times', { n: one.n }).replace(' ', '\u00a0')})`}
            </span>
            {one.isVoid ? (
              <span class="p-small">{t('popup.undone')}</span>
            ) : (
              <Button
                kind="quiet"
                size="small"
                action="undo"
                label={t('popup.undoLabel', { action: t(`action.${one.action}`), time: timeOf(one.at) })}
                onClick={() => props.onUndo(one.stream, one.seq)}
              >
                {t('popup.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {last.length > SHOWN && <p class="p-small">{t('popup.more', { n: last.length - SHOWN })}</p>}
    </section>
  );
}
