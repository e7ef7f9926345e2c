/** Where a complaint stands. */
import { useWords } from '../words.ts';
import { type ComplaintRow, isLate } from './model.ts';

/** State in words; late is said, not only coloured. */
export function State({ row, today }: { readonly row: ComplaintRow; readonly today: string }) {
  const { t } = useWords();
  const isDone = row.state === 'answered' || row.state === 'passedOn';
  return (
    <span class="c-states">
      <span class={isDone ? 'n-tag n-tag-good' : 'n-tag'}>{t(`complaints.state.${row.state}`)}</span>
      {isLate(row, today) && <span class="n-tag n-tag-bad">{t('complaints.late')}</span>}
      {row.erasedAt !== null && <span class="n-tag">{t('complaints.erased')}</span>}
    </span>
  );
}
