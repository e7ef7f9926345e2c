/** "Chụp mẫu trang": taken in the page, masked there, looked at here, kept only after that. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Banner } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { TextField } from '../shared/Field.tsx';
import type { SnapshotView } from './model.ts';
import { differenceText } from './names.ts';
import type { Room } from './room.ts';

export function SnapshotCard(room: Room) {
  const { t, state, actions } = room;
  return (
    <section class="w-card" aria-label={t('snapshot.take')}>
      <h2>{t('snapshot.take')}</h2>
      {state.snapshot === null ? (
        <>
          <p class="w-quiet">{t('snapshot.text')}</p>
          {state.snapshotProblem && (
            <Banner kind="bad" title={t(`snapshot.error.${state.snapshotProblem}`)} name="snapshot-problem" />
          )}
          <Button action="snapshot" busy={state.snapshotBusy} onClick={actions.takeSnapshot}>
            {t('snapshot.take')}
          </Button>
        </>
      ) : (
        <Look {...room} snapshot={state.snapshot} />
      )}
    </section>
  );
}

function Look({ t, state, actions, snapshot }: Room & { readonly snapshot: SnapshotView }) {
  const place = useRef<HTMLDivElement>(null);
  const [name, setName] = useState(snapshot.name);
  const { showSnapshot } = actions;
  // Drawn anew when another sample was taken.
  useEffect(() => (place.current ? showSnapshot(place.current) : undefined), [snapshot.html]);
  return (
    <form
      class="w-look"
      data-snapshot={snapshot.name}
      onSubmit={(event) => {
        event.preventDefault();
        actions.saveSnapshot(name);
      }}
    >
      <h3>{t('snapshot.title')}</h3>
      <p class="w-check">{t('snapshot.check')}</p>
      <div ref={place} class="w-sample-box" />
      <p class="w-quiet">
        {t('snapshot.masked', { n: snapshot.masked })}{' '}
        {snapshot.cut > 0 && t('snapshot.cut', { n: snapshot.cut })}
      </p>
      <p class={snapshot.differs ? 'w-failed' : 'w-same'} data-same={snapshot.differs === null}>
        {snapshot.differs
          ? t('snapshot.differs', { what: differenceText(t, snapshot.differs) })
          : t('snapshot.same')}
      </p>
      <details>
        <summary>{t('snapshot.source')}</summary>
        <pre class="w-source">{snapshot.html}</pre>
      </details>
      <TextField
        label={t('snapshot.name')}
        name="snapshot-name"
        hint={t('snapshot.nameHint')}
        value={name}
        maxLength={80}
        code
        error={state.snapshotProblem === 'name' ? t('snapshot.error.name') : undefined}
        onInput={setName}
      />
      <div class="w-buttons">
        <Button action="drop-snapshot" onClick={actions.dropSnapshot}>
          {t('cancel')}
        </Button>
        <Button kind="primary" type="submit" action="save-snapshot">
          {t('snapshot.save')}
        </Button>
      </div>
    </form>
  );
}
