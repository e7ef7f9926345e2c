/** What the draft changes, each to be taken back, and what the structure check says of it. */
import { useState } from 'preact/hooks';
import { Banner, Empty } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { ConfirmDialog } from '../shared/Dialog.tsx';
import type { ChangeView } from './model.ts';
import { named } from './names.ts';
import type { Room } from './room.ts';

export function ChangesTab({ t, state, actions }: Room) {
  const [isLeaving, setLeaving] = useState(false);
  return (
    <>
      {state.problems.length > 0 ? (
        <Banner kind="bad" title={t('problems.title')} name="problems">
          {t('problems.text', { n: state.problems.length })}
          <ul class="w-problems">
            {state.problems.slice(0, 20).map((one) => (
              <li key={`${one.field} ${one.problem}`}>
                <code>{one.field}</code>: {one.problem}
              </li>
            ))}
          </ul>
        </Banner>
      ) : (
        <Banner kind="good" title={t('problems.none')} name="no-problems" />
      )}
      {state.pack?.isFromFile && <p class="w-quiet">{t('source.file')}</p>}
      {state.changes.length === 0 ? (
        <Empty title={t('changes.none')} name="changes">
          <p>{t('changes.none.text')}</p>
        </Empty>
      ) : (
        <section class="w-card" aria-label={t('changes.title')}>
          <h2>{t('changes.title')}</h2>
          <ol class="w-changes">
            {state.changes.map((change, at) => (
              <li key={at} data-change={change.kind}>
                <span>
                  {changeText(t, change)}
                  {change.pages.length > 0 && (
                    <span class="w-quiet">{t('changes.pages', { pages: change.pages.join(', ') })}</span>
                  )}
                </span>
                <Button size="small" action="undo-change" onClick={() => actions.undo(at)}>
                  {t('changes.undo')}
                </Button>
              </li>
            ))}
          </ol>
        </section>
      )}
      {(state.changes.length > 0 || state.pack?.isFromFile) && (
        <Button kind="danger" action="discard" onClick={() => setLeaving(true)}>
          {t('changes.discard')}
        </Button>
      )}
      {isLeaving && (
        <ConfirmDialog
          title={t('changes.discardAsk')}
          yes={t('changes.discard')}
          no={t('cancel')}
          isDangerous
          onNo={() => setLeaving(false)}
          onYes={() => {
            setLeaving(false);
            actions.discard();
          }}
        >
          <p>{t('changes.discardText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function changeText(t: Room['t'], change: ChangeView): string {
  return t(`change.${change.kind}`, {
    field: change.field === null ? '' : named(t, 'field', change.field),
    text: change.text,
    list: change.list === null ? '' : t(`list.${change.list}`),
    value: change.value === null ? '' : named(t, 'value', change.value),
  });
}
