/** Lines of opening hours: days of the week, from, to. */
import { Button } from '../../shared/Button.tsx';
import { CheckField } from '../../shared/Field.tsx';
import { useWords } from '../words.ts';
import { type HoursDraft, hoursFault } from './rules-form.ts';

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const NEW: HoursDraft = { days: [1, 2, 3, 4, 5], from: '07:30', to: '17:00' };
/** As many as the hub takes. */
const MOST = 14;

export function Hours(props: {
  readonly lines: readonly HoursDraft[];
  readonly isTried: boolean;
  readonly onLines: (lines: readonly HoursDraft[]) => void;
}) {
  const { t } = useWords();
  const { lines } = props;
  const change = (at: number, part: Partial<HoursDraft>) =>
    props.onLines(lines.map((line, index) => (index === at ? { ...line, ...part } : line)));
  return (
    <div class="q-hours">
      {lines.length === 0 && <p class="d-quiet">{t('rules.hoursNone')}</p>}
      {lines.map((line, at) => (
        <div key={at} class="q-hours-line" data-hours={at}>
          <fieldset class="q-days">
            <legend class="n-hidden">{t('rules.days')}</legend>
            {DAYS.map((day) => (
              <CheckField
                key={day}
                name={`day-${at}-${day}`}
                label={t(`weekday.${day}`)}
                checked={line.days.includes(day)}
                onChange={(isOn) =>
                  change(at, { days: isOn ? [...line.days, day] : line.days.filter((one) => one !== day) })
                }
              />
            ))}
          </fieldset>
          <input
            class="n-input q-time"
            type="time"
            aria-label={t('rules.from')}
            value={line.from}
            onInput={(event) => change(at, { from: event.currentTarget.value })}
          />
          <span aria-hidden="true">–</span>
          <input
            class="n-input q-time"
            type="time"
            aria-label={t('rules.to')}
            value={line.to}
            onInput={(event) => change(at, { to: event.currentTarget.value })}
          />
          <Button
            kind="quiet"
            size="small"
            action="drop-hours"
            label={t('rules.dropHours')}
            onClick={() => props.onLines(lines.filter((_, index) => index !== at))}
          >
            <span aria-hidden="true">✕</span>
          </Button>
          {props.isTried && <Fault line={line} />}
        </div>
      ))}
      {lines.length < MOST && (
        <div>
          <Button size="small" action="add-hours" onClick={() => props.onLines([...lines, NEW])}>
            {t('rules.addHours')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Fault({ line }: { readonly line: HoursDraft }) {
  const { t } = useWords();
  const fault = hoursFault(line);
  if (fault === null) return null;
  const key = { day: 'rules.needDay', time: 'kiosks.ruleTime', order: 'kiosks.ruleTimeOrder' } as const;
  return (
    <p class="n-error" role="alert">
      {t(key[fault])}
    </p>
  );
}
