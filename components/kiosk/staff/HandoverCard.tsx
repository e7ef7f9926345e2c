/** Hand-over by stick: the files, what to do with them, and the way back for the receipt. */
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { Button } from '../../shared/Button.tsx';

export interface HandoverCardProps {
  readonly t: StaffTranslate;
  /** Address of the hub, or null for a unit without one: the steps differ. */
  readonly hub: string | null;
  /** Names of the files made last. */
  readonly files: readonly string[];
  readonly busy: string | null;
  readonly onUnsent: () => void;
  readonly onEverything: () => void;
  readonly onSave: (name: string) => void;
  readonly onReceipt: (file: File) => void;
  /** Null where there are no comments to hand over. */
  readonly onComments: (() => void) | null;
}

export function HandoverCard(props: HandoverCardProps) {
  const { t, files, busy } = props;
  return (
    <section class="s-card" data-card="handover">
      <h2>{t('handoverTitle')}</h2>
      <p>{t('handoverText')}</p>
      <div class="s-actions">
        <Button size="large" busy={busy === 'handover'} action="handover" onClick={props.onUnsent}>
          {t('handover')}
        </Button>
        <Button
          size="large"
          busy={busy === 'handover-all'}
          action="handover-all"
          onClick={props.onEverything}
        >
          {t('handoverAll')}
        </Button>
        {props.onComments && (
          <Button
            size="large"
            busy={busy === 'comments'}
            action="handover-comments"
            onClick={props.onComments}
          >
            {t('commentsFile')}
          </Button>
        )}
        <label class="n-button n-button-plain n-button-large s-file">
          {t('receipt')}
          <input
            type="file"
            name="receipt"
            accept=".nmc-receipt"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = '';
              if (file) props.onReceipt(file);
            }}
          />
        </label>
      </div>
      {files.length > 0 && <Made {...props} />}
    </section>
  );
}

/** The files just made. A browser may hold back all but the first download, so each can be saved by itself. */
function Made({ t, hub, files, onSave }: HandoverCardProps) {
  return (
    <>
      <h3>{t('handoverFiles', { n: files.length })}</h3>
      <ul class="s-made">
        {files.map((name) => (
          <li key={name}>
            <code>{name}</code>
            <Button action="handover-one" onClick={() => onSave(name)}>
              {t('handoverAgain')}
            </Button>
          </li>
        ))}
      </ul>
      <h3>{t('handoverNext')}</h3>
      <ol class="s-steps">
        <li>{t('handoverStep1')}</li>
        <li>{hub === null ? t('handoverStep2Unit') : t('handoverStep2Hub', { hub })}</li>
        <li>{t('handoverStep3')}</li>
      </ol>
    </>
  );
}
