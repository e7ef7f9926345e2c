/** One rate with everything that makes it a figure: counts, bounds, undecided, definition, transport, coverage. */
import { parsePeriod } from '../../lib/domain/period.ts';
import type { Indicator } from '../../lib/indicators/result.ts';
import { Figure } from './Figure.tsx';
import { coverageText, transportText } from './quality.ts';
import { useWords } from './words.ts';

/** Below this denominator the counts lead and the rate follows (DESIGN §8). */
const SMALL = 30;

export function RateCard(props: { readonly indicator: Indicator; readonly source: 'hub' | 'unit' }) {
  const words = useWords();
  const { t, maybe } = words;
  const { indicator: one } = props;
  const isEmpty = one.denominator === 0;
  const isSmall = !isEmpty && one.denominator < SMALL;
  // From 0 to 100 is no figure to lead with: the words do, the bounds follow.
  const isOpen = !isEmpty && one.undecided === one.denominator;
  const counts = (
    <span>
      <Figure name={`${one.id}.numerator`} value={one.numerator} />/
      <Figure name={`${one.id}.denominator`} value={one.denominator} />
    </span>
  );
  const rate = <Rate indicator={one} />;
  const noun = t('rate.dossiers');
  const [lead, line] = isEmpty
    ? [rate, [t('rate.noneWhy'), <span class="n-hidden">{counts}</span>]]
    : isSmall
      ? [
          [counts, <small> {noun}</small>],
          [rate, <span class="d-quiet"> · {t('rate.small')}</span>],
        ]
      : isOpen
        ? [<span class="d-rate-open">{t('rate.undecided')}</span>, [counts, ` ${noun} · `, rate]]
        : [rate, [counts, ` ${noun}`]];
  return (
    <article class="d-card d-rate" data-indicator={one.id}>
      <h3>{maybe(`indicator.${one.id}.title`) ?? one.id}</h3>
      <p class="d-rate-main">{lead}</p>
      <RateBar indicator={one} />
      <p class="d-rate-line">{line}</p>
      <p class={`d-rate-line ${one.undecided > 0 ? 'd-warn' : 'd-quiet'}`}>
        {t('rate.undecided')}: <Figure name={`${one.id}.undecided`} value={one.undecided} />
      </p>
      <details class="d-grounds">
        <summary>
          <span class="d-grounds-word">{t('rate.grounds')}</span>
        </summary>
        <Grounds indicator={one} source={props.source} />
      </details>
    </article>
  );
}

/** The rate itself: one number, bounds, or "Chưa có số liệu". */
function Rate({ indicator: one }: { readonly indicator: Indicator }) {
  const { t } = useWords();
  if (one.bounds === null) {
    return <Figure name={`${one.id}.value`} value={one.value} as="percent" />;
  }
  return (
    <span data-figure={`${one.id}.value`} data-value="" class="d-figure" title={t('rate.bounds')}>
      <Figure name={`${one.id}.low`} value={one.bounds[0]} as="percent" />
      {' – '}
      <Figure name={`${one.id}.high`} value={one.bounds[1]} as="percent" />
    </span>
  );
}

/** Yes, not decided, no, as parts of one strip; the words beside say the same. */
function RateBar({ indicator: one }: { readonly indicator: Indicator }) {
  const { t, number } = useWords();
  const no = one.denominator - one.numerator - one.undecided;
  const label = t('rate.bar', {
    yes: number(one.numerator),
    undecided: number(one.undecided),
    no: number(no),
  });
  return (
    <div class="d-bar" role="img" aria-label={label} title={label}>
      {one.numerator > 0 && <span class="d-bar-yes" style={{ flexGrow: one.numerator }} />}
      {one.undecided > 0 && <span class="d-bar-undecided" style={{ flexGrow: one.undecided }} />}
      {(no > 0 || one.denominator === 0) && <span class="d-bar-no" style={{ flexGrow: no || 1 }} />}
    </div>
  );
}

function Grounds(props: { readonly indicator: Indicator; readonly source: 'hub' | 'unit' }) {
  const words = useWords();
  const { t, maybe, moment } = words;
  const { indicator: one } = props;
  const period = parsePeriod(one.period);
  const text = (part: string) => maybe(`indicator.${one.definition}.${part}`) ?? one.definition;
  return (
    <dl class="d-facts">
      <dt>{t('rate.definition')}</dt>
      <dd>{text('definition')}</dd>
      <dt>{t('rate.numerator')}</dt>
      <dd>{text('numerator')}</dd>
      <dt>{t('rate.denominator')}</dt>
      <dd>{text('denominator')}</dd>
      <dt>{t('rate.source')}</dt>
      <dd>
        {text('source')}{' '}
        <span class="d-quiet">
          {t('rate.version')}: <code>{one.version}</code>
        </span>
      </dd>
      <dt>{t('rate.transport')}</dt>
      <dd>
        {transportText(words, one.transport, props.source)}
        <span hidden>
          <Figure name={`${one.id}.transport.complete`} value={one.transport.complete} />
          <Figure name={`${one.id}.transport.devices`} value={one.transport.devices} />
          <Figure name={`${one.id}.transport.missing`} value={one.transport.missing} />
        </span>
      </dd>
      <dt>{t('rate.coverage')}</dt>
      <dd>
        {coverageText(words, one.coverage)}
        <span hidden>
          <Figure name={`${one.id}.coverage.seen`} value={one.coverage.seen} />
          <Figure name={`${one.id}.coverage.official`} value={one.coverage.official} />
        </span>
      </dd>
      <dt>{t('rate.period')}</dt>
      <dd>{period ? `${words.period(period)} (${words.span(period)})` : one.period}</dd>
      <dt>{t('rate.asOf')}</dt>
      <dd>{moment(one.asOf)}</dd>
    </dl>
  );
}
