/** How every source answers, and how those at the hub ask and tell. */
import type { Failure } from '../../components/dashboard/model.ts';

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export function done<T>(value: T): Answer<T> {
  return { ok: true, value };
}

export function failed<T>(failure: Failure): Answer<T> {
  return { ok: false, failure };
}

/** A failure without the hub's words. */
export function failureOf(kind: Failure['kind'], code: string): Failure {
  return { kind, code, field: null, message: '', retryAfter: null };
}

/** For calls a source does not offer: the views hide them, so reaching one is a mistake that is said, not hidden. */
export async function notOffered<T>(): Promise<Answer<T>> {
  return failed(failureOf('refused', 'not-offered'));
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}
interface Call {
  readonly method?: 'POST' | 'PUT';
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}
/** The two ways a hub source talks (`hub-source.ts`). */
export interface HubTalk {
  readonly ask: <T, R>(
    path: string,
    call: Call,
    schema: Schema<T>,
    pick: (body: T) => R,
  ) => Promise<Answer<R>>;
  readonly tell: (path: string, call: Call) => Promise<Answer<null>>;
}
