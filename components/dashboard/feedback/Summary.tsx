/** How many ratings are released, wait, and stand apart; and why anything waits at all. */
import { showDay } from '../../../lib/domain/dates.ts';
import { SMALLEST_GROUP } from '../../../lib/domain/release.ts';
import type { FeedbackFigures } from '../../../lib/indicators/feedback.ts';
import { Figure } from '../Figure.tsx';
import { useWords } from '../words.ts';

export function Summary({ figures }: { readonly figures: FeedbackFigures }) {
  const { t, number, moment } = useWords();
  const { waitingAtLeast: waiting } = figures;
  return (
    <section class="d-card f-summary" aria-label={t('feedback.title')}>
      <dl class="f-counts">
        <div>
          <dt>{t('feedback.released')}</dt>
          <dd>
            <Figure name="feedback.released" value={figures.released} />
            <small>{t('feedback.releasedWhat')}</small>
          </dd>
        </div>
        <div>
          <dt>{t('feedback.waiting')}</dt>
          <dd>
            <span class="d-figure" data-figure="feedback.waitingAtLeast" data-value={String(waiting)}>
              {waiting === 0
                ? t('feedback.waitingNone', { step: SMALLEST_GROUP })
                : t('feedback.waitingAtLeast', { count: number(waiting) })}
            </span>
            <small>{t('feedback.waitingWhat')}</small>
          </dd>
        </div>
        <div>
          <dt>{t('feedback.flagged')}</dt>
          <dd>
            <Figure name="feedback.flagged" value={figures.flagged} />
            <small>{t('feedback.flaggedWhat')}</small>
          </dd>
        </div>
      </dl>
      <details class="d-grounds">
        <summary>{t('feedback.why')}</summary>
        <ul class="f-why">
          <li>{t('feedback.why.five')}</li>
          <li>{t('feedback.why.day')}</li>
          <li>{t('feedback.why.closed')}</li>
          <li>{t('feedback.why.round')}</li>
          <li>{t('feedback.periodRule')}</li>
        </ul>
      </details>
      <p class="d-note">
        {figures.closedThrough === null
          ? t('feedback.throughNone')
          : t('feedback.through', { day: showDay(figures.closedThrough) })}{' '}
        {t('feedback.asOf', { moment: moment(figures.asOf) })}
      </p>
    </section>
  );
}
