/** Citizens' ratings: how often each level was chosen, and visits. Under five answers nothing is shown one by one. */
import type { Figures, RatingCount } from '../../lib/indicators/figures.ts';
import { Empty } from '../shared/Banner.tsx';
import { Figure } from './Figure.tsx';
import { useWords } from './words.ts';

const KNOWN = ['quality', 'attitude'];

export function Ratings(props: { readonly figures: Figures }) {
  const { t } = useWords();
  const { ratings, visits } = props.figures;
  const order = (one: RatingCount) => (KNOWN.indexOf(one.question) + KNOWN.length + 1) % (KNOWN.length + 1);
  const sorted = [...ratings].sort((a, b) => order(a) - order(b));
  return (
    <section class="d-card d-ratings">
      <header class="d-card-head">
        <div>
          <h3>{t('ratings.title')}</h3>
          <p class="d-quiet">{t('ratings.lead')}</p>
        </div>
        <dl class="d-visits">
          <div>
            <dt>{t('visits.completed')}</dt>
            <dd>
              <Figure name="visits.completed" value={visits.completed} />
            </dd>
          </div>
          <div>
            <dt>{t('visits.abandoned')}</dt>
            <dd>
              <Figure name="visits.abandoned" value={visits.abandoned} />
            </dd>
          </div>
        </dl>
      </header>
      {sorted.length === 0 ? (
        <Empty title={t('ratings.none')} name="ratings">
          {t('ratings.noneWhy')}
        </Empty>
      ) : (
        <div class="d-rating-grid">
          {sorted.map((rating) => (
            <Rating key={rating.question} rating={rating} />
          ))}
        </div>
      )}
    </section>
  );
}

function Rating({ rating }: { readonly rating: RatingCount }) {
  const { t, maybe, percent, number } = useWords();
  const { question, levels, answers } = rating;
  const title = maybe(`ratings.${question}`) ?? question;
  return (
    <div class="d-rating" data-question={question}>
      <h4>
        {title}{' '}
        <span class="d-quiet">
          <Figure name={`ratings.${question}.answers`} value={answers} /> {t('ratings.answers')}
        </span>
      </h4>
      {levels === null ? (
        <p class="d-few">
          <strong>{t('ratings.few', { count: number(answers) })}</strong>
          <br />
          {t('ratings.fewWhy')}
        </p>
      ) : (
        <table class="d-levels">
          <caption class="n-hidden">{title}</caption>
          <tbody>
            {levels
              .map((n, index) => ({ n, level: index + 1 }))
              .reverse()
              .map(({ n, level }) => (
                <tr key={level}>
                  <th scope="row" class="d-level-name">
                    {maybe(`ratings.level.${level}`) ?? t('ratings.level', { level })}
                  </th>
                  <td class="d-level-bar" aria-hidden="true">
                    <span class="d-strip">
                      <span
                        class={`d-strip-in d-level-${level}`}
                        style={{ inlineSize: `${(n / Math.max(1, ...levels)) * 100}%` }}
                      />
                    </span>
                  </td>
                  <td class="is-number">
                    <Figure name={`ratings.${question}.${level}`} value={n} />
                  </td>
                  <td class="is-number d-quiet">{percent(answers === 0 ? 0 : n / answers)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
