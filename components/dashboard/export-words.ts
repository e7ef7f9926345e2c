/** How the import page says what a file holds. */
import { dayPart, localTimeOf, showDay } from '../../lib/domain/dates.ts';
import type { Facts } from '../../lib/domain/entry.ts';
import { type ExportKey, type ExportWords, exportWord } from '../../lib/i18n/exports/index.ts';
import { extensionTexts } from '../../lib/i18n/extension/index.ts';

export interface Speech {
  readonly t: ExportWords;
  readonly language: 'vi' | 'en';
  readonly number: (value: number) => string;
}

/** Fields that are a fact of a dossier and a figure of a table under one name. */
const TOTALS: Readonly<Record<string, ExportKey>> = {
  received: 'field.receivedTotal',
  finished: 'field.finishedTotal',
  digitised: 'field.digitisedTotal',
};

/** What a column is read as. */
export function fieldWord({ t }: Speech, field: string | null, kind: string): string {
  if (field === null) return t('columns.none');
  const total = kind === 'totals' ? TOTALS[field] : undefined;
  return total ? t(total) : exportWord(t, 'field', field, 'columns.none');
}

/** The facts of one row, each with its name. */
export function factsText(speech: Speech, facts: Facts): string {
  const x = extensionTexts(speech.language);
  const values = Object.entries(facts).map(([name, value]) => {
    const field = fieldWord(speech, name, 'list');
    if (value === null) return `${field}: –`;
    if (typeof value === 'boolean') return `${field}: ${speech.t(value ? 'yes' : 'no')}`;
    if (typeof value === 'number') return `${field}: ${value}`;
    if (name === 'status') return `${field}: ${x(`status.${value as NonNullable<Facts['status']>}`)}`;
    if (name === 'channel') return `${field}: ${x(`channel.${value as NonNullable<Facts['channel']>}`)}`;
    if (name === 'paidBy') return `${field}: ${x(`payment.${value as NonNullable<Facts['paidBy']>}`)}`;
    return `${field}: ${/^\d{4}-\d\d-\d\d/.test(value as string) ? showDay(dayPart(value as string)) : value}`;
  });
  return values.length === 0 ? speech.t('first.none') : values.join('; ');
}

/** `HH:mm dd/MM/yyyy` of an instant in Asia/Ho_Chi_Minh. */
export function moment(instant: number): string {
  const local = localTimeOf(instant);
  return `${local.slice(11)} ${showDay(dayPart(local))}`;
}
