/** The figures of a unit and a period: completeness first, then rates, then counts, days and ratings. */

import { parsePeriod } from '../../lib/domain/period.ts';
import type { Figures } from '../../lib/indicators/figures.ts';
import { Banner, Empty } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { Documents, Received, Stock } from './Counts.tsx';
import { Failed } from './Failed.tsx';
import { Figure } from './Figure.tsx';
import { FiguresSkeleton } from './FiguresSkeleton.tsx';
import { type Load, shownOf } from './model.ts';
import { coverageText, isComplete, transportText } from './quality.ts';
import { RateCard } from './RateCard.tsx';
import { Ratings } from './Ratings.tsx';
import { Trend } from './Trend.tsx';
import { useWords } from './words.ts';

export interface FiguresViewProps {
  readonly load: Load<Figures>;
  readonly source: 'hub' | 'unit';
  readonly onRetry: () => void;
  readonly onOpenDevices: () => void;
}

export function FiguresView(props: FiguresViewProps) {
  const { t, moment } = useWords();
  const { load } = props;
  const figures = shownOf(load);
  if (!figures) {
    return load.at === 'failed' ? (
      <Failed failure={load.failure} onRetry={props.onRetry} />
    ) : (
      <FiguresSkeleton label={t('app.loading')} />
    );
  }
  return (
    <div
      class="d-stack"
      aria-busy={load.at === 'loading'}
      data-figures-of={`${figures.unit.id}|${figures.period.id}|${figures.asOf}`}
    >
      {load.at === 'failed' && load.failure.kind !== 'offline' && (
        <Banner
          kind="warn"
          name="stale"
          title={t('figures.stale')}
          actions={
            <Button size="small" onClick={props.onRetry} action="retry">
              {t('failure.retry')}
            </Button>
          }
        >
          {t('figures.staleDo', { moment: moment(figures.asOf) })}
        </Banner>
      )}
      <FiguresBody {...props} figures={figures} />
    </div>
  );
}

function FiguresBody(props: FiguresViewProps & { readonly figures: Figures }) {
  const { t } = useWords();
  const { figures } = props;
  const { received, stock } = figures;
  const isEmpty =
    figures.days.length === 0 &&
    figures.indicators.every((one) => one.denominator === 0) &&
    received.online + received.counter + received.post + received.unknown === 0 &&
    stock.inTime + stock.overdue + stock.noDue + stock.unknownDue === 0;
  return (
    <>
      <Quality figures={figures} source={props.source} />
      {isEmpty && (
        <Empty
          title={t('figures.nothing')}
          name="figures"
          actions={<Button onClick={props.onOpenDevices}>{t('figures.openDevices')}</Button>}
        >
          {t('figures.nothingDo')}
        </Empty>
      )}
      <section aria-label={t('figures.rates')} class="d-rates">
        {figures.indicators.map((indicator) => (
          <RateCard key={indicator.id} indicator={indicator} source={props.source} />
        ))}
      </section>
      <div class="d-columns d-columns-wide">
        <Trend figures={figures} />
        <Received received={received} isKnown={!isEmpty} />
      </div>
      <div class="d-columns d-columns-even">
        <Stock stock={stock} isKnown={!isEmpty} />
        <Documents documents={figures.documents} />
      </div>
      <Ratings figures={figures} />
      <PrintGrounds figures={figures} />
    </>
  );
}

/** Transport and coverage, always together, above everything they qualify. */
function Quality(props: { readonly figures: Figures; readonly source: 'hub' | 'unit' }) {
  const words = useWords();
  const { t, moment } = words;
  const { transport, coverage, asOf } = props.figures;
  const isCovered = coverage.official !== null && coverage.seen >= coverage.official;
  return (
    <section class="d-quality" aria-label={t('quality.title')}>
      <p>
        <Mark isGood={isComplete(transport)} />
        <span>
          <span class="d-quality-name">{t('quality.transport')}</span>{' '}
          {transportText(words, transport, props.source)}
          {transport.silent > 0 && transport.heardThrough && (
            <span class="d-quiet">
              {' '}
              ({t('quality.heardThrough', { moment: moment(transport.heardThrough) })})
            </span>
          )}
        </span>
        <span hidden>
          <Figure name="transport.devices" value={transport.devices} />
          <Figure name="transport.complete" value={transport.complete} />
          <Figure name="transport.missing" value={transport.missing} />
          <Figure name="transport.silent" value={transport.silent} />
        </span>
      </p>
      <p>
        <Mark isGood={isCovered} />
        <span>
          <span class="d-quality-name">{t('quality.coverage')}</span> {coverageText(words, coverage)}
        </span>
        <span hidden>
          <Figure name="coverage.seen" value={coverage.seen} />
          <Figure name="coverage.official" value={coverage.official} />
        </span>
      </p>
      <p class="d-quality-time d-quiet">{t('figures.asOf', { moment: moment(asOf) })}</p>
    </section>
  );
}

function Mark(props: { readonly isGood: boolean }) {
  return (
    <span class={`d-mark ${props.isGood ? 'is-good' : 'is-open'}`} aria-hidden="true">
      {props.isGood ? '✓' : '!'}
    </span>
  );
}

/** On paper the grounds cannot be opened, so they follow as a table. */
function PrintGrounds({ figures }: { readonly figures: Figures }) {
  const { t, maybe, span } = useWords();
  const period = parsePeriod(figures.period.id);
  return (
    <section class="d-print-only">
      <h3>
        {t('rate.grounds')}: {figures.unit.name}, {span(period ?? figures.period)}
      </h3>
      <table class="d-mini">
        <tbody>
          {figures.indicators.map((one) => (
            <tr key={one.id}>
              <th scope="row">{maybe(`indicator.${one.id}.title`) ?? one.id}</th>
              <td>{maybe(`indicator.${one.definition}.definition`) ?? one.definition}</td>
              <td>{one.version}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
