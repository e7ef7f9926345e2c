/** Phản ánh, kiến nghị: what it means, the fields with their faults beside them, and the number at the end. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { COMPLAINT_LIMITS, type ComplaintFault, type ComplaintField } from '../../lib/domain/complaint.ts';
import { showDay } from '../../lib/domain/dates.ts';
import type { FormKey, FormTranslate } from '../../lib/i18n/form/index.ts';
import { Step } from './Frame.tsx';

/** What is written so far; the boxes begin without a tick. */
export interface ComplaintValues {
  readonly text: string;
  readonly name: string;
  readonly phone: string;
  readonly aboutHead: boolean;
  readonly consent: boolean;
}
export const NO_COMPLAINT: ComplaintValues = {
  text: '',
  name: '',
  phone: '',
  aboutHead: false,
  consent: false,
};

export interface ComplaintStepProps {
  readonly t: FormTranslate;
  readonly values: ComplaintValues;
  readonly faults: Partial<Record<ComplaintField, ComplaintFault>>;
  readonly trouble: 'offline' | 'busy' | 'many' | 'closed' | null;
  readonly isBusy: boolean;
  readonly onChange: (change: Partial<ComplaintValues>) => void;
  readonly onSend: () => void;
  readonly onBack: () => void;
}

const FAULTS: Readonly<Record<ComplaintField, Partial<Record<ComplaintFault, FormKey>>>> = {
  text: { empty: 'needText', short: 'shortText' },
  name: { empty: 'needName' },
  phone: { empty: 'needPhone', phone: 'wrongPhone' },
  consent: { consent: 'needConsent' },
};
const TROUBLES = {
  offline: 'complaintOffline',
  busy: 'complaintBusy',
  many: 'complaintMany',
  closed: 'complaintClosed',
} as const satisfies Record<string, FormKey>;

export function ComplaintStep(props: ComplaintStepProps) {
  const { t, values, faults, trouble, onChange } = props;
  const wordsOf = (field: ComplaintField) => {
    const fault = faults[field];
    const key = fault === undefined ? undefined : FAULTS[field][fault];
    return key === undefined ? null : t(key);
  };
  const wrong = Object.keys(faults).length;
  return (
    <Step title={t('complaintTitle')} lead={t('complaintLead')} name="complaint">
      <form
        class="f-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!props.isBusy) props.onSend();
        }}
      >
        <Law t={t} />
        <Labelled label={t('text')} fault={wordsOf('text')} name="text">
          {(ids) => (
            <textarea
              {...ids}
              class="f-input"
              name="text"
              rows={5}
              maxLength={COMPLAINT_LIMITS.text}
              value={values.text}
              onInput={(event) => onChange({ text: event.currentTarget.value })}
            />
          )}
        </Labelled>
        <Labelled label={t('name')} fault={wordsOf('name')} name="name">
          {(ids) => (
            <input
              {...ids}
              class="f-input"
              name="name"
              autocomplete="name"
              maxLength={COMPLAINT_LIMITS.name}
              value={values.name}
              onInput={(event) => onChange({ name: event.currentTarget.value })}
            />
          )}
        </Labelled>
        <Labelled label={t('phone')} hint={t('phoneHint')} fault={wordsOf('phone')} name="phone">
          {(ids) => (
            <input
              {...ids}
              class="f-input"
              name="phone"
              type="tel"
              inputMode="tel"
              autocomplete="tel"
              maxLength={COMPLAINT_LIMITS.phone}
              value={values.phone}
              onInput={(event) => onChange({ phone: event.currentTarget.value })}
            />
          )}
        </Labelled>
        <label class="f-box">
          <input
            type="checkbox"
            name="aboutHead"
            checked={values.aboutHead}
            onChange={(event) => onChange({ aboutHead: event.currentTarget.checked })}
          />
          <span>{t('aboutHead')}</span>
        </label>
        <Consent t={t} isGiven={values.consent} fault={wordsOf('consent')} onChange={onChange} />
        <div role="alert" class="f-trouble">
          {wrong > 0 ? t('wrong', { n: wrong }) : trouble !== null ? t(TROUBLES[trouble]) : ''}
        </div>
        <button
          type="submit"
          class="f-button f-primary"
          data-act="sendComplaint"
          aria-disabled={props.isBusy}
        >
          {t(props.isBusy ? 'sending' : trouble === null ? 'sendComplaint' : 'retry')}
        </button>
        <button type="button" class="f-button f-quiet" data-act="back" onClick={props.onBack}>
          ← {t('back')}
        </button>
      </form>
    </Step>
  );
}

function Law({ t }: { readonly t: FormTranslate }) {
  return (
    <details class="f-law" open>
      <summary>{t('lawTitle')}</summary>
      <ul>
        {(['law1', 'law2', 'law3', 'law4'] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
    </details>
  );
}

function Consent(props: {
  readonly t: FormTranslate;
  readonly isGiven: boolean;
  readonly fault: string | null;
  readonly onChange: (change: Partial<ComplaintValues>) => void;
}) {
  const faultId = useId();
  return (
    <div class={props.fault === null ? 'f-field' : 'f-field is-wrong'} data-field="consent">
      <label class="f-box">
        <input
          type="checkbox"
          name="consent"
          checked={props.isGiven}
          aria-invalid={props.fault !== null || undefined}
          aria-describedby={props.fault === null ? undefined : faultId}
          onChange={(event) => props.onChange({ consent: event.currentTarget.checked })}
        />
        <span>{props.t('consent')}</span>
      </label>
      {props.fault !== null && (
        <p class="f-fault" id={faultId}>
          {props.fault}
        </p>
      )}
    </div>
  );
}

function Labelled(props: {
  readonly label: string;
  readonly hint?: string;
  readonly fault: string | null;
  readonly name: ComplaintField;
  readonly children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ComponentChildren;
}) {
  const id = useId();
  const notes = [props.hint === undefined ? '' : `${id}-hint`, props.fault === null ? '' : `${id}-fault`];
  return (
    <div class={props.fault === null ? 'f-field' : 'f-field is-wrong'} data-field={props.name}>
      <label for={id}>{props.label}</label>
      {props.hint && (
        <p class="f-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.children({
        id,
        'aria-describedby': notes.filter(Boolean).join(' ') || undefined,
        'aria-invalid': props.fault === null ? undefined : true,
      })}
      {props.fault !== null && (
        <p class="f-fault" id={`${id}-fault`}>
          {props.fault}
        </p>
      )}
    </div>
  );
}

export function ComplaintDone(props: {
  readonly t: FormTranslate;
  readonly id: string;
  readonly due: string;
  readonly unit: string | null;
  readonly onBack: () => void;
}) {
  const { t } = props;
  return (
    <Step title={t('doneTitle')} name="complaintDone" role="status">
      <p class="f-lead">{t('doneNumber')}</p>
      <p class="f-number">{props.id}</p>
      <p class="f-lead">{t('doneKeep')}</p>
      <p>{t('doneDue', { day: showDay(props.due) })}</p>
      {props.unit !== null && <p>{t('doneUnit', { unit: props.unit })}</p>}
      <button type="button" class="f-button" data-act="leave" onClick={props.onBack}>
        {t('doneBack')}
      </button>
    </Step>
  );
}
