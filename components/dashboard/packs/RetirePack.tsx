/** Retiring cannot be undone: says in numbers what stops counting, before it asks. */
import { ConfirmDialog } from '../../shared/Dialog.tsx';
import { failureWords } from '../Failed.tsx';
import type { Failure } from '../model.ts';
import { useWords } from '../words.ts';
import { type PackDetail, refOf } from './model.ts';

const KINDS = ['dossier', 'document', 'action', 'officialTotal'] as const;

export function RetirePack(props: {
  readonly pack: PackDetail;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onRetire: () => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { t, number } = words;
  const entries = props.pack.entries ?? {};
  const voided = KINDS.filter((kind) => (entries[kind] ?? 0) > 0);
  return (
    <ConfirmDialog
      title={t('packs.retireTitle', { pack: refOf(props.pack) })}
      yes={t('packs.retireYes')}
      no={t('app.cancel')}
      isDangerous
      busy={props.busy}
      onNo={props.onClose}
      onYes={props.onRetire}
    >
      <p>
        <strong>{t('packs.retireWhat')}</strong>
      </p>
      {voided.length === 0 ? (
        <p>{t('packs.retireNothing')}</p>
      ) : (
        <ul class="d-do" data-part="voided">
          {voided.map((kind) => (
            <li key={kind}>{t(`packs.voids.${kind}`, { count: number(entries[kind] ?? 0) })}</li>
          ))}
        </ul>
      )}
      <p>{t('packs.retireLater')}</p>
      <p>{t('packs.retireInstead')}</p>
      {props.failure && (
        <p class="n-error" role="alert">
          {failureWords(words, props.failure).text}
        </p>
      )}
    </ConfirmDialog>
  );
}
