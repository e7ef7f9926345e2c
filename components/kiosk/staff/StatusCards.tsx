/** What staff look at: is everything sent, is it kept, which version runs. */
import type { ComponentChildren } from 'preact';
import type { StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { Button } from '../../shared/Button.tsx';

interface StaffFacts {
  readonly unit: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly hub: string | null;
  readonly isJournalOk: boolean;
  readonly recorded: number;
  /** Null while the journal cannot be read. */
  readonly unsent: number | null;
  readonly isPersisted: boolean;
  readonly usedMb: number | null;
  readonly quotaMb: number | null;
  readonly version: string;
  readonly build: string | null;
}

/** A name and its value; `state` colours the value. */
export function Row(props: { name: string; state?: 'good' | 'warn' | 'bad'; children: ComponentChildren }) {
  return (
    <div class="s-row">
      <dt>{props.name}</dt>
      <dd data-state={props.state}>{props.children}</dd>
    </div>
  );
}

export function SyncCard(props: {
  t: StaffTranslate;
  facts: StaffFacts;
  /** `dd/MM/yyyy HH:mm` of the last receipt, or null. */
  lastReceipt: string | null;
  busy: string | null;
  onSync: () => void;
}) {
  const { t, facts } = props;
  return (
    <section class="s-card" data-card="sync">
      <h2>{t('syncTitle')}</h2>
      <dl>
        <Unsent t={t} n={facts.unsent} />
        <Row name={t(facts.hub === null ? 'syncLastUnit' : 'syncLast')}>
          {props.lastReceipt ?? t('syncNever')}
        </Row>
        <Row name={t('syncHub')}>{facts.hub ?? t('syncNoHub')}</Row>
      </dl>
      {facts.hub !== null && (
        <div class="s-actions">
          <Button
            kind="primary"
            size="large"
            busy={props.busy === 'sync'}
            action="sync"
            onClick={props.onSync}
          >
            {t('syncNow')}
          </Button>
        </div>
      )}
    </section>
  );
}

export function Unsent({ t, n }: { t: StaffTranslate; n: number | null }) {
  const name = t('syncUnsent');
  if (n === null) {
    return (
      <Row name={name} state="bad">
        {t('syncUnsentUnknown')}
      </Row>
    );
  }
  return (
    <Row name={name} state={n === 0 ? 'good' : 'warn'}>
      {n === 0 ? t('syncUnsentNone') : t('syncUnsentSome', { n })}
    </Row>
  );
}

export function StorageCard(props: { t: StaffTranslate; facts: StaffFacts; onPersist: () => void }) {
  const { t, facts } = props;
  return (
    <section class="s-card" data-card="storage">
      <h2>{t('storageTitle')}</h2>
      <dl>
        <Row name={t('journal')} state={facts.isJournalOk ? 'good' : 'bad'}>
          {facts.isJournalOk ? t('journalOk', { n: facts.recorded }) : t('journalBroken')}
        </Row>
        <Row name={t('persisted')} state={facts.isPersisted ? 'good' : 'warn'}>
          {t(facts.isPersisted ? 'persistedYes' : 'persistedNo')}
        </Row>
        {facts.usedMb !== null && facts.quotaMb !== null && (
          <Row name={t('space')}>{t('spaceOf', { used: facts.usedMb, quota: facts.quotaMb })}</Row>
        )}
      </dl>
      {!facts.isPersisted && (
        <div class="s-actions">
          <Button size="large" action="persist" onClick={props.onPersist}>
            {t('persistAsk')}
          </Button>
        </div>
      )}
    </section>
  );
}

export function DeviceCard(props: {
  t: StaffTranslate;
  facts: StaffFacts;
  idleSeconds: number;
  onIdle: (seconds: number) => void;
  onPin: () => void;
  onUpdate: () => void;
  onActivate: () => void;
}) {
  const { t, facts, idleSeconds } = props;
  return (
    <section class="s-card" data-card="device">
      <h2>{t('deviceTitle')}</h2>
      <dl>
        <Row name={t('unit')}>{facts.unit}</Row>
        <Row name={t('deviceName')}>{facts.deviceName}</Row>
        <Row name={t('deviceId')}>
          <code>{facts.deviceId}</code>
        </Row>
        <Row name={t('version')} state={facts.build === null ? 'warn' : 'good'}>
          {facts.build === null
            ? t('versionNoWorker', { version: facts.version })
            : t('versionOf', { version: facts.version, build: facts.build })}
        </Row>
        <Row name={t('idle')}>
          <span class="s-choices">
            {[20, 30, 45, 60, 90].map((seconds) => (
              <button
                key={seconds}
                type="button"
                aria-pressed={seconds === idleSeconds}
                onClick={() => props.onIdle(seconds)}
              >
                {t('idleSeconds', { n: seconds })}
              </button>
            ))}
          </span>
        </Row>
      </dl>
      <div class="s-actions">
        <Button size="large" action="pin" onClick={props.onPin}>
          {t('pinChange')}
        </Button>
        <Button size="large" action="update" onClick={props.onUpdate}>
          {t('updateCheck')}
        </Button>
        <Button size="large" action="activate-again" onClick={props.onActivate}>
          {t('activateAgain')}
        </Button>
      </div>
    </section>
  );
}
