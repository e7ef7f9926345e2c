/** Citizens' ratings of a unit and a period: what is released and what waits, then low answers and reasons, rates, comments, and what is set apart. */
import { useState } from 'preact/hooks';
import type { FeedbackFigures, FeedbackSource } from '../../../lib/indicators/feedback.ts';
import { Banner, Empty } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { Loaded } from '../Failed.tsx';
import type { Load } from '../model.ts';
import { useWords } from '../words.ts';
import { Apart } from './Apart.tsx';
import { Comments } from './Comments.tsx';
import { usePlaces } from './places.ts';
import { Questions } from './Questions.tsx';
import { Rates } from './Rates.tsx';
import { Groups, Reasons, Sources } from './Reasons.tsx';
import { Summary } from './Summary.tsx';
import { chosenCells, type FeedbackFilter, placeId, placesOf } from './sums.ts';
import './feedback.css';

/**
 * Fewer ratings than this are never a figure about a person: the number the rates of this dashboard call small (DESIGN §8),
 * and ratings have consequences for seconded staff (Decree 309/2026 art. 6).
 */
const SMALL = 30;

export interface FeedbackViewProps {
  readonly load: Load<FeedbackFigures>;
  readonly source: 'hub' | 'unit';
  readonly canErase: boolean;
  readonly busy: string | null;
  readonly onRetry: () => void;
  readonly onOpenKiosks: () => void;
  /** Answers whether it was done. */
  readonly onErase: (hash: string) => Promise<boolean>;
}

export function FeedbackView(props: FeedbackViewProps) {
  const { t } = useWords();
  return (
    <div class="d-stack">
      <header class="d-view-head">
        <div>
          <h2>{t('feedback.title')}</h2>
          <p class="d-quiet">{t('feedback.lead')}</p>
        </div>
      </header>
      {props.source === 'unit' && <p class="d-note">{t('feedback.unitPage')}</p>}
      <Loaded load={props.load} onRetry={props.onRetry} lines={8}>
        {(figures) => <Body key={`${figures.unit.id}|${figures.period.id}`} {...props} figures={figures} />}
      </Loaded>
    </div>
  );
}

function Body(props: FeedbackViewProps & { readonly figures: FeedbackFigures }) {
  const { t, number } = useWords();
  const { figures } = props;
  const [filter, setFilter] = useState<FeedbackFilter>({ source: null, counter: null });
  const chosen = chosenCells(figures.cells, filter);
  return (
    <div class="d-stack" data-feedback-of={`${figures.unit.id}|${figures.period.id}|${figures.asOf}`}>
      <Summary figures={figures} />
      {figures.released === 0 ? (
        <Empty
          title={t('feedback.none')}
          name="feedback"
          actions={<Button onClick={props.onOpenKiosks}>{t('feedback.openKiosks')}</Button>}
        >
          {t('feedback.noneDo')}
        </Empty>
      ) : (
        <>
          {figures.released < SMALL ? (
            <Banner kind="warn" name="small" title={t('feedback.notPerson')}>
              {t('feedback.notPersonWhy', { count: number(figures.released), least: SMALL })}
            </Banner>
          ) : (
            <p class="d-note">{t('feedback.whole')}</p>
          )}
          <Filter figures={figures} filter={filter} onFilter={setFilter} />
          {chosen.length === 0 ? (
            <Empty title={t('feedback.nothingThere')} name="feedback-filter">
              {t('feedback.nothingThereDo')}
            </Empty>
          ) : (
            <>
              <Questions cells={chosen} questionnaires={figures.questionnaires} small={SMALL} />
              <div class="d-columns d-columns-even">
                <Reasons cells={chosen} questionnaires={figures.questionnaires} />
                <Sources cells={chosen} />
              </div>
            </>
          )}
        </>
      )}
      <Rates rates={figures.rates} spans={figures.spans} />
      <Comments {...props} comments={figures.comments} questionnaires={figures.questionnaires} />
      <Apart figures={figures} />
      <Groups groups={figures.groups} />
    </div>
  );
}

const SOURCES: readonly FeedbackSource[] = ['kiosk', 'phone', 'widget'];

/** Which source and which counter; both only among closed groups, so no choice shows fewer than five. */
function Filter(props: {
  readonly figures: FeedbackFigures;
  readonly filter: FeedbackFilter;
  readonly onFilter: (filter: FeedbackFilter) => void;
}) {
  const { t } = useWords();
  const { filter } = props;
  const nameOf = usePlaces();
  const places = placesOf(props.figures.cells);
  const offered = [
    null,
    ...SOURCES.filter((one) => props.figures.cells.some(({ source }) => source === one)),
  ];
  return (
    <div class="f-filter">
      <fieldset class="d-segments">
        <legend class="n-hidden">{t('feedback.source')}</legend>
        {offered.map((source) => (
          <label key={source ?? 'all'} class={`d-segment ${filter.source === source ? 'is-on' : ''}`}>
            <input
              type="radio"
              class="n-hidden"
              name="feedback-source"
              value={source ?? 'all'}
              checked={filter.source === source}
              onChange={() => props.onFilter({ ...filter, source })}
            />
            {t(`feedback.source.${source ?? 'all'}`)}
          </label>
        ))}
      </fieldset>
      <select
        class="n-input f-counter"
        name="feedback-counter"
        aria-label={t('feedback.counter')}
        value={filter.counter ?? ''}
        onChange={(event) => props.onFilter({ ...filter, counter: event.currentTarget.value || null })}
      >
        <option value="">{t('feedback.counter.all')}</option>
        {places.map((place) => (
          <option key={placeId(place)} value={placeId(place)} selected={placeId(place) === filter.counter}>
            {nameOf(place, new Set(places.map(({ unit }) => unit)).size > 1)}
          </option>
        ))}
      </select>
    </div>
  );
}
