/** What follows an answer, and what a code that no longer works says. */
import type { ComponentChildren } from 'preact';
import type { LinkState } from '../../lib/domain/public-form.ts';
import type { FormKey, FormTranslate } from '../../lib/i18n/form/index.ts';
import { Step } from './Frame.tsx';

export function Sending({ t }: { readonly t: FormTranslate }) {
  return (
    <Step title={t('sending')} name="sending" role="status">
      <span class="f-wait" aria-hidden="true" />
    </Step>
  );
}

export function Waiting(props: {
  readonly t: FormTranslate;
  readonly why: 'offline' | 'busy';
  readonly onAgain: () => void;
}) {
  const { t, why } = props;
  return (
    <Step title={t('failedTitle')} name="waiting" role="alert">
      <p class="f-lead">{t(why === 'offline' ? 'failedOffline' : 'failedBusy')}</p>
      <p class="f-note">{t('failedKeep')}</p>
      <button type="button" class="f-button f-primary" data-act="again" onClick={props.onAgain}>
        {t('retry')}
      </button>
    </Step>
  );
}

export function Changed({ t, onReload }: { readonly t: FormTranslate; readonly onReload: () => void }) {
  return (
    <Step title={t('changedTitle')} lead={t('changedText')} name="changed" role="alert">
      <button type="button" class="f-button f-primary" data-act="reload" onClick={onReload}>
        {t('reload')}
      </button>
    </Step>
  );
}

export function Thanks({ t, children }: { readonly t: FormTranslate; readonly children: ComponentChildren }) {
  return (
    <Step title={t('thanksTitle')} lead={t('thanksText')} name="thanks" role="status">
      <svg class="f-check" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
        <circle cx="60" cy="60" r="54" />
        <path d="m34 62 18 18 35-40" />
      </svg>
      {children}
    </Step>
  );
}

/** The door to the complaint: apart from the rating, said in the words of its purpose. */
export function ComplainDoor({ t, onOpen }: { readonly t: FormTranslate; readonly onOpen: () => void }) {
  return (
    <div class="f-door">
      <p>{t('thanksAsk')}</p>
      <button type="button" class="f-button" data-act="complain" onClick={onOpen}>
        {t('complain')}
      </button>
    </div>
  );
}

export function Closed(props: {
  readonly t: FormTranslate;
  readonly state: LinkState;
  readonly children: ComponentChildren;
}) {
  const { t } = props;
  const state = props.state === 'open' ? 'revoked' : props.state;
  return (
    <Step
      title={t(`${state}Title` as FormKey)}
      lead={t(`${state}Text` as FormKey)}
      name="closed"
      role="alert"
    >
      <p class="f-note">{t('deadElse')}</p>
      {props.children}
    </Step>
  );
}
