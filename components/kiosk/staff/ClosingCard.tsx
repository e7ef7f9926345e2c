/** End of the day: what is still owed, who this device is, whether it serves, and what somebody should look at. */
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { Button } from '../../shared/Button.tsx';
import { Row, Unsent } from './StatusCards.tsx';

export interface ClosingCardProps {
  readonly t: StaffTranslate;
  readonly hub: string | null;
  readonly unsent: number | null;
  /** `dd/MM/yyyy HH:mm`, or null. */
  readonly lastReceipt: string | null;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly version: string;
  readonly build: string | null;
  readonly isOutOfService: boolean;
  readonly commissionedAt: string | null;
  /** Sentences for somebody to act on. */
  readonly notices: readonly string[];
  readonly isBusy: boolean;
  readonly onClose: () => void;
}

export function ClosingCard(props: ClosingCardProps) {
  const { t, hub, notices } = props;
  return (
    <section class="s-card s-narrow" data-card="closing">
      <h2>{t('closingTitle')}</h2>
      <p>{t(hub === null ? 'closingTextUnit' : 'closingText')}</p>
      <dl>
        <Unsent t={t} n={props.unsent} />
        <Row name={t(hub === null ? 'syncLastUnit' : 'syncLast')}>{props.lastReceipt ?? t('syncNever')}</Row>
        <Row name={t('closingService')} state={props.isOutOfService ? 'warn' : 'good'}>
          {t(props.isOutOfService ? 'closingOutOfService' : 'closingInService')}
        </Row>
        <Row name={t('closingCommissioned')} state={props.commissionedAt === null ? 'warn' : 'good'}>
          {props.commissionedAt ?? t('closingNotCommissioned')}
        </Row>
        <Row name={t('deviceName')}>{props.deviceName}</Row>
        <Row name={t('deviceId')}>
          <code>{props.deviceId}</code>
        </Row>
        <Row name={t('version')}>
          {props.build === null
            ? t('versionNoWorker', { version: props.version })
            : t('versionOf', { version: props.version, build: props.build })}
        </Row>
      </dl>
      {notices.length > 0 && (
        <div class="s-notices">
          <h3>{t('closingNotices')}</h3>
          <ul>
            {notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        </div>
      )}
      {hub !== null && (
        <div class="s-actions">
          <Button kind="primary" size="large" busy={props.isBusy} action="close-day" onClick={props.onClose}>
            {t('closingRun')}
          </Button>
        </div>
      )}
    </section>
  );
}
