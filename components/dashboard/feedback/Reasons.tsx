/** Reasons by how often they were chosen, ratings by source, and the closed groups everything stands on. */
import { showDay } from '../../../lib/domain/dates.ts';
import { type Questionnaire, wordsIn } from '../../../lib/domain/questionnaire.ts';
import { type FeedbackCell, type FeedbackGroup, MOST_ROWS } from '../../../lib/indicators/feedback.ts';
import { Table } from '../../shared/Table.tsx';
import { Figure } from '../Figure.tsx';
import { useWords } from '../words.ts';
import { usePlaces } from './places.ts';
import { reasonSums, sourceSums } from './sums.ts';

export function Reasons(props: {
  readonly cells: readonly FeedbackCell[];
  readonly questionnaires: readonly Questionnaire[];
}) {
  const { t, language } = useWords();
  const sums = reasonSums(props.cells, props.questionnaires);
  const most = Math.max(1, ...sums.map(({ count }) => count));
  return (
    <section class="d-card">
      <h3>{t('feedback.reasons')}</h3>
      {sums.length === 0 ? (
        <p class="d-quiet">{t('feedback.reasonsNone')}</p>
      ) : (
        <dl class="d-counts">
          {sums.map(({ id, count, words }) => (
            <div key={id} class="d-count" data-reason={id}>
              <dt>{words === null ? id : wordsIn(words, language)}</dt>
              <dd>
                <Figure name={`feedback.reason.${id}`} value={count} />
              </dd>
              <dd class="d-strip" aria-hidden="true">
                <span class="d-strip-in d-tone-bad" style={{ inlineSize: `${(count / most) * 100}%` }} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p class="d-note">{t('feedback.reasonsWhat')}</p>
    </section>
  );
}

export function Sources({ cells }: { readonly cells: readonly FeedbackCell[] }) {
  const { t, number } = useWords();
  return (
    <section class="d-card">
      <h3>{t('feedback.sources')}</h3>
      <table class="d-mini">
        <thead>
          <tr>
            <th scope="col">{t('feedback.source')}</th>
            <th scope="col" class="is-number">
              {t('feedback.size')}
            </th>
            <th scope="col" class="is-number">
              {t('feedback.groups')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sourceSums(cells).map(({ source, n, groups }) => (
            <tr key={source}>
              <th scope="row">{t(`feedback.source.${source}`)}</th>
              <td class="is-number">
                <Figure name={`feedback.source.${source}`} value={n} />
              </td>
              <td class="is-number">{number(groups)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Every closed group, folded away: the ground under each number above. */
export function Groups({ groups }: { readonly groups: readonly FeedbackGroup[] }) {
  const { t, number, span } = useWords();
  const nameOf = usePlaces();
  if (groups.length === 0) return null;
  return (
    <details class="d-grounds f-groups">
      <summary>
        {t('feedback.grounds')}: {t('feedback.groupsOf', { count: number(groups.length) })}
      </summary>
      <p class="d-note">{t('feedback.groupsNote', { most: number(MOST_ROWS) })}</p>
      <Table
        caption={t('feedback.groups')}
        hideCaption
        rows={groups}
        rowKey={({ id }) => `group-${id}`}
        columns={[
          {
            id: 'place',
            head: t('feedback.counter'),
            isRowHead: true,
            cell: (one: FeedbackGroup) => (
              <>
                {nameOf(one)}
                <span class="d-sub">{one.unitName}</span>
              </>
            ),
          },
          {
            id: 'source',
            head: t('feedback.source'),
            cell: (one: FeedbackGroup) => (
              <>
                {t(`feedback.source.${one.source}`)}
                {one.isFlagged && <span class="d-sub">{t('feedback.ofFlagged')}</span>}
              </>
            ),
          },
          {
            id: 'days',
            head: t('feedback.days'),
            cell: (one: FeedbackGroup) => span({ from: one.firstDay, to: one.lastDay }),
          },
          { id: 'n', head: t('feedback.size'), isNumber: true, cell: (one: FeedbackGroup) => number(one.n) },
          {
            id: 'opened',
            head: t('feedback.openedOn'),
            cell: (one: FeedbackGroup) => showDay(one.releasedOn),
          },
        ]}
      />
    </details>
  );
}
