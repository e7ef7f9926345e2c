/** Out of the workshop: to the province for its signature, or as a file; and back in from a file. */
import { useState } from 'preact/hooks';
import { Banner } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { ConfirmDialog } from '../shared/Dialog.tsx';
import { Field } from '../shared/Field.tsx';
import type { Room } from './room.ts';

export function SendTab(room: Room) {
  const { t, state, actions } = room;
  const failing = state.fixtures.filter(({ result }) => result === 'fail').length;
  const hasNews = state.changes.length > 0 || state.pack?.isFromFile === true;
  const isBlocked = !hasNews || state.problems.length > 0;
  return (
    <>
      <section class="w-card" aria-label={t('send.go')}>
        <h2>{t('send.go')}</h2>
        <p class="w-quiet">{t('send.goHint')}</p>
        <Field label={t('send.note')} name="note" hint={t('send.noteHint')}>
          {({ id, describedBy }) => (
            <textarea
              id={id}
              class="n-input"
              name="note"
              rows={3}
              maxLength={500}
              value={state.note}
              aria-describedby={describedBy}
              onInput={(event) => actions.setNote(event.currentTarget.value)}
            />
          )}
        </Field>
        {!hasNews && <p class="w-quiet">{t('send.nothing')}</p>}
        {state.problems.length > 0 && <p class="w-failed">{t('send.needFix')}</p>}
        {hasNews && failing > 0 && <p class="w-failed">{t('send.failing', { n: failing })}</p>}
        <Button
          kind="primary"
          action="send-pack"
          disabled={isBlocked}
          busy={state.send.at === 'sending'}
          onClick={actions.send}
        >
          {t('send.go')}
        </Button>
        <Outcome {...room} />
      </section>
      <Files {...room} />
    </>
  );
}

function Outcome({ t, state, actions }: Room) {
  const { send } = state;
  if (send.at === 'idle') return null;
  const kind = send.at === 'accepted' ? 'good' : send.at === 'sending' ? 'info' : 'warn';
  const title = send.at === 'accepted' ? t('send.accepted', send) : t(`send.${send.at}`);
  return (
    <div data-send-state={send.at}>
      <Banner
        kind={kind}
        title={title}
        name="send"
        actions={
          send.at === 'refused' && send.isVersion ? (
            <Button size="small" action="raise-version" onClick={actions.raise}>
              {t('send.raise')}
            </Button>
          ) : undefined
        }
      >
        {send.at === 'refused' && send.message}
      </Banner>
    </div>
  );
}

function Files({ t, state, actions }: Room) {
  const [waiting, setWaiting] = useState<File | null>(null);
  return (
    <section class="w-card" aria-label={t('send.title')}>
      <h2>{t('send.title')}</h2>
      <p class="w-quiet">{t('send.exportHint')}</p>
      <div class="w-buttons">
        <Button action="export" onClick={actions.exportFile}>
          {t('send.export')}
        </Button>
        <Button kind="quiet" action="export-json" onClick={actions.exportJson}>
          {t('send.json')}
        </Button>
      </div>
      <p class="w-quiet">{t('send.importHint')}</p>
      <label class="n-button w-file">
        {t('send.import')}
        <input
          class="n-hidden"
          type="file"
          name="pack-file"
          accept=".nmc-pack,.json,application/json"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (!file) return;
            if (state.changes.length > 0) setWaiting(file);
            else actions.importFile(file);
          }}
        />
      </label>
      {waiting && (
        <ConfirmDialog
          title={t('send.importAsk')}
          yes={t('send.import')}
          no={t('cancel')}
          isDangerous
          onNo={() => setWaiting(null)}
          onYes={() => {
            actions.importFile(waiting);
            setWaiting(null);
          }}
        >
          <p>{t('send.importText')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
