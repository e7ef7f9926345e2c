/** Refusals: thrown anywhere below a route, answered as a `Problem` in the reader's language. */
import type { Problem } from '../../batch/protocol.ts';
import type { HubKey } from '../../i18n/hub/index.ts';
import type { HubContext } from './context.ts';

export interface Refusal extends Error {
  readonly name: 'Refusal';
  readonly status: number;
  readonly key: HubKey;
  readonly code: string;
  readonly field: string | undefined;
  readonly values: Readonly<Record<string, string | number>>;
  /** Seconds for Retry-After. */
  readonly retryAfter: number | undefined;
}

/** Makes a refusal; its stable code is the key of its words unless another is given. */
export function refuse(
  status: number,
  key: HubKey,
  more: {
    code?: string;
    field?: string;
    values?: Readonly<Record<string, string | number>>;
    retryAfter?: number;
  } = {},
): Refusal {
  return Object.assign(new Error(key), {
    name: 'Refusal' as const,
    status,
    key,
    code: more.code ?? key,
    field: more.field,
    values: more.values ?? {},
    retryAfter: more.retryAfter,
  });
}

/** True for what {@link refuse} made. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === 'Refusal' && 'key' in error;
}

/** The answer of a refusal. */
export function answerRefusal(c: HubContext, refusal: Refusal): Response {
  const { status, key, code, field, values, retryAfter } = refusal;
  const message = c.var.words(key, { ...values, ...(field === undefined ? {} : { field }) });
  const body: Problem = { error: { code, ...(field === undefined ? {} : { field }), message } };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
  });
}
