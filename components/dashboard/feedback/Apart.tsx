/** Ratings set apart: each flag in words with the threshold it passed, per counter and days. */
import { showDay } from '../../../lib/domain/dates.ts';
import { groupBy } from '../../../lib/domain/group.ts';
import type { FeedbackFigures, FeedbackGroup, FlagCount } from '../../../lib/indicators/feedback.ts';
import { Figure } from '../Figure.tsx';
import { useWords } from '../words.ts';
import { flagWords } from './flag-words.ts';
import { usePlaces } from './places.ts';

interface Found {
  readonly group: FeedbackGroup;
  readonly count: FlagCount;
}

export function Apart({ figures }: { readonly figures: FeedbackFigures }) {
  const { t } = useWords();
  const flagged = figures.groups.filter(({ isFlagged }) => isFlagged);
  const found = flagged.flatMap((group) =>
    Object.entries(group.flags).map(([flag, count]) => ({ flag, group, count })),
  );
  const byFlag = [...groupBy(found, ({ flag }) => flag)].sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <section class="d-stack" aria-labelledby="f-apart">
      <div class="f-head">
        <h3 id="f-apart">{t('feedback.apart')}</h3>
        <p class="d-note">
          {t('feedback.apartWhat')} {t('feedback.apartFew')}
        </p>
      </div>
      {byFlag.length === 0 ? (
        <p class="d-few">{t('feedback.apartNone')}</p>
      ) : (
        <div class="f-flags">
          {byFlag.map(([flag, all]) => (
            <FlagCard key={flag} flag={flag} found={all} />
          ))}
        </div>
      )}
    </section>
  );
}

function FlagCard({ flag, found }: { readonly flag: string; readonly found: readonly Found[] }) {
  const words = useWords();
  const { t, number } = words;
  // Thresholds may have changed within the period: each set of them has its own sentence.
  const reasons = [...new Set(found.map(({ count }) => flagWords(words, flag, count.limits).why))];
  return (
    <article class="d-card" data-flag={flag}>
      <h4 class="f-flag-head">
        {flagWords(words, flag, {}).name}{' '}
        <span class="d-quiet">
          <Figure name={`feedback.flag.${flag}`} value={found.reduce((sum, one) => sum + one.count.n, 0)} />{' '}
          {t('feedback.flagUnit')}
        </span>
      </h4>
      {reasons.map((why) => (
        <p key={why}>{why}</p>
      ))}
      <details class="d-grounds">
        <summary>{t('feedback.flagWhere')}</summary>
        <ul class="f-why">
          {found.map(({ group, count }) => (
            <Where
              key={group.id}
              group={group}
              count={count}
              text={t('feedback.flagCount', { count: number(count.n) })}
            />
          ))}
        </ul>
      </details>
    </article>
  );
}

function Where({ group, count, text }: Found & { readonly text: string }) {
  const { t, number, span } = useWords();
  const nameOf = usePlaces();
  return (
    <li>
      {nameOf(group, true)}, {span({ from: group.firstDay, to: group.lastDay })}: {text}
      {(count.days ?? []).map(({ day, ratings, returns }) => (
        <span key={day} class="d-sub">
          {t('feedback.flagDay', { day: showDay(day), ratings: number(ratings), returns: number(returns) })}
        </span>
      ))}
    </li>
  );
}
