/** What the functions of this room take and answer. */
import type { HubKey } from '../../i18n/hub/index.ts';
import type { Query, Scope } from '../database/db.ts';
import { audit } from '../people/people.ts';
import { sql } from './queries.ts';

/** Who changes something: the person's id for the audit log, and what the person may see. */
export interface Actor {
  readonly id: string;
  readonly scope: Scope;
}

/** The outcome of a change; `code` is a key of the hub's words, `field` what it is about. Out of scope reads as unknown. */
export type Saved<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly code: HubKey;
      readonly field: string;
      readonly values?: Readonly<Record<string, string | number>>;
    };

/** A change that was refused. */
export function refused(
  code: HubKey,
  field: string,
  values: Readonly<Record<string, string | number>> = {},
): Saved<never> {
  return { ok: false, code, field, values };
}

/** Notes a change in the audit log and lets every device hear of it. `now` in milliseconds. */
export async function noteChange(
  query: Query,
  province: string,
  line: { actor: string; action: string; object: string; detail?: Readonly<Record<string, unknown>> },
  now: number,
): Promise<void> {
  await audit(query, province, line);
  await query(sql.raiseConfigVersion, [province, new Date(now).toISOString()]);
}
