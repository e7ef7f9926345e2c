/** Picks a period: the system first (15th–14th, calendar, one day), then the part; the days it spans stand beside. */
import { useId } from 'preact/hooks';
import type { Day } from '../../lib/domain/dates.ts';
import {
  listPeriods,
  type Period,
  type PeriodSystem,
  parsePeriod,
  periodOf,
} from '../../lib/domain/period.ts';
import { useWords } from './words.ts';

const SYSTEMS: readonly PeriodSystem[] = ['report', 'calendar', 'day'];

export function PeriodPicker(props: {
  readonly value: string;
  /** Today in Asia/Ho_Chi_Minh. */
  readonly today: Day;
  readonly onPick: (period: string) => void;
}) {
  const { t, period: nameOf, span } = useWords();
  const id = useId();
  const chosen = parsePeriod(props.value) ?? periodOf('report', 'M', props.today);
  const offered = listPeriods(props.today).filter((one) => one.system === chosen.system);
  const all = offered.some((one) => one.id === chosen.id) ? offered : [chosen, ...offered];
  const years = [...new Set(all.map((one) => one.year))].sort((a, b) => b - a);

  const switchTo = (system: PeriodSystem) => {
    if (system === chosen.system) return;
    if (system === 'day') props.onPick(`day:${props.today}`);
    else {
      const same = parsePeriod(`${system}:${chosen.year}-${chosen.part}`);
      const isOffered = same !== null && listPeriods(props.today).some((one) => one.id === same.id);
      props.onPick(isOffered ? same.id : periodOf(system, 'M', props.today).id);
    }
  };
  return (
    <fieldset class="d-period">
      <legend class="n-label">
        {t('periodPick.label')} <span class="d-period-span">{span(chosen)}</span>
      </legend>
      <div class="d-segments">
        {SYSTEMS.map((system) => (
          <label
            key={system}
            class={`d-segment ${system === chosen.system ? 'is-on' : ''}`}
            title={system === 'report' ? t('periodPick.reportHint') : undefined}
          >
            <input
              type="radio"
              class="n-hidden"
              name={`${id}-system`}
              value={system}
              checked={system === chosen.system}
              onChange={() => switchTo(system)}
            />
            {t(`periodPick.${system}`)}
          </label>
        ))}
      </div>
      {chosen.system === 'day' ? (
        <input
          class="n-input d-period-part"
          type="date"
          aria-label={t('periodPick.day')}
          value={chosen.from}
          max={props.today}
          onChange={(event) => {
            const day = event.currentTarget.value;
            if (parsePeriod(`day:${day}`) && day <= props.today) props.onPick(`day:${day}`);
          }}
        />
      ) : (
        <select
          class="n-input d-period-part"
          aria-label={t('periodPick.label')}
          data-action="pick-period"
          value={chosen.id}
          onChange={(event) => props.onPick(event.currentTarget.value)}
        >
          {years.map((year) => (
            <optgroup key={year} label={t('periodPick.year', { year })}>
              {all
                .filter((one) => one.year === year)
                .map((one: Period) => (
                  <option key={one.id} value={one.id} selected={one.id === chosen.id}>
                    {nameOf(one)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      )}
    </fieldset>
  );
}
