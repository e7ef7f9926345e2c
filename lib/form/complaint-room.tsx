/** The complaint while it is written and sent: in this page's memory only, kept through every error. */
import { useEffect, useState } from 'preact/hooks';
import {
  ComplaintDone,
  ComplaintStep,
  type ComplaintStepProps,
  type ComplaintValues,
  NO_COMPLAINT,
} from '../../components/form/Complaint.tsx';
import {
  CONSENT_VERSION,
  type ComplaintFault,
  type ComplaintField,
  complaintFaults,
} from '../domain/complaint.ts';
import type { PublicForm } from '../domain/public-form.ts';
import type { FormTranslate } from '../i18n/form/index.ts';
import { randomId } from './random.ts';
import type { Sender } from './send.ts';

/** What is written and not sent yet, while its writer looks at another step. */
export interface Kept {
  values: ComplaintValues;
  /** The same until a word changes: what was sent but not heard of is not registered twice. */
  id: string;
}

export function nothingKept(): Kept {
  return { values: NO_COMPLAINT, id: randomId() };
}

export function ComplaintRoom(props: {
  readonly form: PublicForm;
  readonly sender: Sender;
  readonly kept: Kept;
  readonly t: FormTranslate;
  readonly onLeave: () => void;
}) {
  const { form, sender, kept, t } = props;
  const [values, setValues] = useState<ComplaintValues>(kept.values);
  const [faults, setFaults] = useState<Partial<Record<ComplaintField, ComplaintFault>>>({});
  const [trouble, setTrouble] = useState<ComplaintStepProps['trouble']>(null);
  const [isBusy, setBusy] = useState(false);
  const [done, setDone] = useState<{ id: string; due: string } | null>(null);
  useGuardedClose(done === null && values !== NO_COMPLAINT);

  const change = (part: Partial<ComplaintValues>) => {
    kept.values = { ...values, ...part };
    kept.id = randomId();
    setValues(kept.values);
    setFaults(Object.fromEntries(Object.entries(faults).filter(([field]) => !(field in part))));
  };
  const sendNow = async () => {
    const found = complaintFaults(values);
    setFaults(found);
    setTrouble(null);
    const [first] = Object.keys(found);
    if (first !== undefined) {
      document.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setBusy(true);
    const { text, name, phone, aboutHead } = values;
    const complaint = { token: form.token, id: kept.id, text, name, phone, aboutHead };
    const outcome = await sender.complaint({ ...complaint, consent: CONSENT_VERSION });
    setBusy(false);
    if (outcome.at === 'kept') {
      Object.assign(kept, nothingKept());
      setDone(outcome);
    } else if (outcome.at === 'wrong') setFaults({ [outcome.field]: faultOf(outcome.field) });
    else setTrouble(outcome.at);
  };

  if (done !== null) return <ComplaintDone t={t} {...done} unit={form.unit} onBack={props.onLeave} />;
  return (
    <ComplaintStep
      t={t}
      values={values}
      faults={faults}
      trouble={trouble}
      isBusy={isBusy}
      onChange={change}
      onSend={() => void sendNow()}
      onBack={props.onLeave}
    />
  );
}

/** The page and the hub check alike; where they differ, the field is named all the same. */
function faultOf(field: string): ComplaintFault {
  return field === 'phone' ? 'phone' : field === 'text' ? 'short' : field === 'consent' ? 'consent' : 'empty';
}

/** Asks before a page with unsent words is closed. */
function useGuardedClose(isUnsent: boolean): void {
  useEffect(() => {
    if (!isUnsent) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isUnsent]);
}
