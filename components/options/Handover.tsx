/** Hand-over without network: save the signed files, import the receipt (DESIGN §6). */
import { useState } from 'preact/hooks';
import { problemText } from '../popup/model.ts';
import { receivedText } from '../popup/SyncState.tsx';
import { Banner, type BannerKind, Empty } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { FilePick } from './FilePick.tsx';
import type { Room } from './room.ts';

export function Handover({ t, view, door, onChanged }: Room) {
  const [word, setWord] = useState<{ kind: BannerKind; text: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (view.device === null)
    return (
      <Empty title={t('state.notActivated')} name="handover">
        {t('error.notActivated')}
      </Empty>
    );
  const save = async (scope: 'unsent' | 'everything') => {
    setBusy(true);
    const outcome = await door.handover(scope);
    setBusy(false);
    if (!outcome.ok) return setWord({ kind: 'bad', text: problemText(t, outcome) });
    const n = outcome.files ?? 0;
    setWord(
      n === 0
        ? { kind: 'info', text: t('handover.nothing') }
        : { kind: 'good', text: t('handover.made', { n }) },
    );
  };
  const take = async (file: File | null) => {
    if (file === null) return;
    const outcome = await door.receipt(file);
    await onChanged();
    setWord(
      outcome.ok
        ? { kind: 'good', text: t('handover.receiptDone') }
        : { kind: 'bad', text: problemText(t, outcome) },
    );
  };
  return (
    <section class="o-section" aria-label={t('handover.title')}>
      <h2>{t('handover.title')}</h2>
      <p class="o-lead">{t('handover.lead')}</p>
      {word && <Banner kind={word.kind} title={word.text} name="handover" />}
      <div class="o-card">
        <p>
          <strong>
            {view.summary.receivedThrough === null ? t('handover.noReceipt') : receivedText(t, view)}
          </strong>
          <br />
          {t('handover.unsent', { n: view.summary.unsent })}
        </p>
        <div class="o-buttons">
          <Button kind="primary" busy={isBusy} onClick={() => save('unsent')} action="handover">
            {t('handover.make')}
          </Button>
          <Button busy={isBusy} onClick={() => save('everything')} action="handover-all">
            {t('handover.makeAll')}
          </Button>
        </div>
      </div>
      <div class="o-card">
        <FilePick t={t} label={t('handover.receipt')} name="receipt" accept=".nmc-receipt" onPick={take} />
      </div>
    </section>
  );
}
