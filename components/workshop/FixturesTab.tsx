/** Saved pages and how the draft reads them. */
import { Empty } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { Progress } from '../shared/Spinner.tsx';
import type { FixtureView } from './model.ts';
import { differenceText } from './names.ts';
import type { Room } from './room.ts';

export function FixturesTab(room: Room) {
  const { t, state, actions } = room;
  const all = state.fixtures.length;
  const passed = state.fixtures.filter(({ result }) => result === 'pass').length;
  if (all === 0) return <Empty title={t('fixtures.none')} name="fixtures" />;
  // What fails is what one came for.
  const order = { fail: 0, waiting: 1, pass: 2 } as const;
  const sorted = [...state.fixtures].sort((a, b) => order[a.result] - order[b.result]);
  return (
    <section class="w-card" aria-label={t('fixtures.title')}>
      <h2>{t('fixtures.title')}</h2>
      <p class="w-quiet">{t('fixtures.text')}</p>
      {state.running !== null ? (
        <Progress
          label={t('fixtures.running', { done: state.running, all })}
          done={state.running}
          all={all}
        />
      ) : (
        <div class="w-line" data-passed={passed} data-all={all}>
          <strong class={passed === all ? 'w-same' : 'w-failed'}>
            {t('fixtures.passed', { passed, all })}
          </strong>
          <Button size="small" action="run-fixtures" onClick={actions.runFixtures}>
            {t('fixtures.run')}
          </Button>
        </div>
      )}
      <ul class="w-fixtures">
        {sorted.map((fixture) => (
          <Fixture key={fixture.name} {...room} fixture={fixture} />
        ))}
      </ul>
    </section>
  );
}

function Fixture({ t, actions, fixture }: Room & { readonly fixture: FixtureView }) {
  const { name, source, result, difference } = fixture;
  return (
    <li data-fixture={name} data-result={result}>
      <span class="w-fixture-name">
        <span class={`w-light w-light-${result}`} aria-hidden="true" />
        <span>
          {name} <span class="w-quiet">({t(`fixtures.${source}`)})</span>
        </span>
        {result !== 'waiting' && (
          <span class={`n-tag ${result === 'pass' ? 'n-tag-good' : 'n-tag-bad'}`}>
            {t(`fixtures.${result}`)}
          </span>
        )}
        {source === 'own' && (
          <Button
            kind="quiet"
            size="small"
            action="remove-fixture"
            label={t('fixtures.remove', { name })}
            onClick={() => actions.removeFixture(name)}
          >
            <span aria-hidden="true">✕</span>
          </Button>
        )}
      </span>
      {difference && <p class="w-failed">{differenceText(t, difference)}</p>}
      {result === 'fail' && (
        <span class="w-buttons">
          <Button size="small" action="accept-fixture" onClick={() => actions.acceptFixture(name)}>
            {t('fixtures.accept')}
          </Button>
          <span class="w-quiet">{t('fixtures.acceptHint')}</span>
        </span>
      )}
    </li>
  );
}
