/**
 * Phản ánh, kiến nghị: a complaint that wants an answer (Decree 20/2008/ND-CP, amended by 48/2013 and 92/2017). Given with name
 * and phone on purpose; never joined to a rating. What fields must hold, shared by the citizen's page and the hub.
 */
import type { Day } from './dates.ts';
import { cleanLine, cleanText } from './free-text.ts';
import { ANNOUNCED, addWorkingDays, type Holidays } from './holiday.ts';

/** Bounds in UTF-16 units. */
export const COMPLAINT_LIMITS = { name: 100, phone: 20, text: 2_000, answer: 4_000 } as const;

/** `passedOn`: it belongs to another agency and went there (Decree 20/2008 Art. 9: within 5 working days). */
export const COMPLAINT_STATES = ['new', 'working', 'answered', 'passedOn'] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

/**
 * Version of the words of consent (`lib/i18n/form`). A change of their meaning needs the next number: a complaint keeps the
 * number its writer agreed to (Law 91/2025/QH15 Art. 9: verifiable, per purpose, never by silence).
 */
export const CONSENT_VERSION = 1;

/** Working days to answer. A promise of this product, not a rule found in a text: an office that must be faster is. */
export const ANSWER_DAYS = 15;

/** The last day to answer what came in on `received`. */
export function complaintDue(received: Day, holidays: Holidays = ANNOUNCED): Day {
  return addWorkingDays(received, ANSWER_DAYS, holidays);
}

/** A Vietnamese phone number as people write it (blanks, dots, dashes, +84), as digits; null when it is none. */
export function readPhone(text: string): string | null {
  const digits = text
    .normalize('NFKC')
    .replace(/[\s.()\u2010-\u2015-]/g, '')
    .replace(/^\+84|^0084/, '0');
  return /^0\d{8,10}$/.test(digits) ? digits : null;
}

/** What a citizen wrote. */
export interface ComplaintDraft {
  readonly name: string;
  readonly phone: string;
  readonly text: string;
  /** The box was ticked. */
  readonly consent: boolean;
}
export type ComplaintField = keyof ComplaintDraft;
export type ComplaintFault = 'empty' | 'short' | 'phone' | 'consent';

/** What is wrong, by field; empty when it can be sent. */
export function complaintFaults(draft: ComplaintDraft): Partial<Record<ComplaintField, ComplaintFault>> {
  const { name, text } = cleanComplaint(draft);
  const faults: Partial<Record<ComplaintField, ComplaintFault>> = {};
  if (text === '') faults.text = 'empty';
  else if (text.length < 10) faults.text = 'short';
  if (name.length < 2) faults.name = 'empty';
  if (draft.phone.trim() === '') faults.phone = 'empty';
  else if (readPhone(draft.phone) === null) faults.phone = 'phone';
  if (!draft.consent) faults.consent = 'consent';
  return faults;
}

/** The draft's texts as they are kept. */
export function cleanComplaint({ name, phone, text }: Omit<ComplaintDraft, 'consent'>) {
  return {
    name: cleanLine(name, COMPLAINT_LIMITS.name),
    phone: readPhone(phone) ?? cleanLine(phone, COMPLAINT_LIMITS.phone),
    text: cleanText(text, COMPLAINT_LIMITS.text),
  };
}
