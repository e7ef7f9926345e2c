/** Talking to the hub: every outcome is a value, nothing throws, nothing is stored. */
import type { PublicAnswer, PublicComplaint } from '../domain/public-form.ts';
import type { Outcome } from './flow.ts';

/** What became of a complaint; `wrong` names a field the hub did not take. */
export type ComplaintOutcome =
  | { readonly at: 'kept'; readonly id: string; readonly due: string }
  | { readonly at: 'offline' | 'busy' | 'many' | 'closed' }
  | { readonly at: 'wrong'; readonly field: string };

export interface Sender {
  answer(answer: PublicAnswer): Promise<Outcome>;
  complaint(complaint: PublicComplaint): Promise<ComplaintOutcome>;
}

const TIMEOUT = 20_000;

/** Sends to the hub this page came from. */
export function hubSender(fetching: typeof fetch, language: () => string): Sender {
  const post = async (path: string, body: unknown) => {
    try {
      const response = await fetching(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': language() },
        body: JSON.stringify(body),
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      return { status: response.status, body: (await response.json().catch(() => null)) as unknown };
    } catch {
      return null;
    }
  };
  return {
    async answer(answer) {
      const found = await post('/v1/public/feedback', answer);
      if (found === null) return 'offline';
      // A 200 that does not say so is a captive portal's page.
      if (found.status === 201 && read(found.body, 'kept') === true) return 'kept';
      if (found.status === 400) return 'changed';
      return found.status === 404 || found.status === 410 ? 'closed' : 'busy';
    },
    async complaint(complaint) {
      const found = await post('/v1/public/complaints', complaint);
      if (found === null) return { at: 'offline' };
      const [id, due] = [read(found.body, 'id'), read(found.body, 'due')];
      if (found.status === 201 && typeof id === 'string' && typeof due === 'string')
        return { at: 'kept', id, due };
      const error = read(found.body, 'error');
      if (found.status === 400) return { at: 'wrong', field: String(read(error, 'field')) };
      if (found.status === 404 || found.status === 410) return { at: 'closed' };
      return { at: read(error, 'code') === 'complaintMany' ? 'many' : 'busy' };
    },
  };
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
