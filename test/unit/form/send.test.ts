/** What the page makes of the hub's answers, and of what is not the hub's at all. */
import { describe, expect, it } from 'vitest';
import { hubSender } from '../../../lib/form/send.ts';

const ANSWER = {
  token: 't',
  id: 'i',
  questionnaire: 'quick@2',
  language: 'vi',
  answers: {},
  reasons: [],
  comment: '',
};
const COMPLAINT = { token: 't', id: 'i', name: 'n', phone: 'p', text: 'x', consent: 1, aboutHead: false };

function sender(status: number, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return hubSender(
    async () => new Response(text, { status }),
    () => 'vi',
  );
}
const refusal = (code: string, field = '') => ({ error: { code, field, message: '' } });

describe('an answer', () => {
  it.each([
    [201, { kept: true }, 'kept'],
    [201, '<html>', 'busy'],
    [200, { kept: true }, 'busy'],
    [400, refusal('invalid', 'answers'), 'changed'],
    [404, refusal('linkUnknown'), 'closed'],
    [410, refusal('linkUsed'), 'closed'],
    [429, refusal('tooMany'), 'busy'],
    [500, 'down', 'busy'],
  ])('%i %j is %s', async (status, body, outcome) => {
    expect(await sender(status, body).answer(ANSWER)).toBe(outcome);
  });

  it('no line is offline; no cookie goes along', async () => {
    let asked: RequestInit | undefined;
    const cut = hubSender(
      async (_path, init) => {
        asked = init;
        throw new TypeError('failed');
      },
      () => 'vi',
    );
    expect(await cut.answer(ANSWER)).toBe('offline');
    expect(asked?.credentials).toBe('omit');
  });
});

describe('a complaint', () => {
  it.each([
    [201, { id: 'AAAA-3333', due: '2026-10-12' }, { at: 'kept', id: 'AAAA-3333', due: '2026-10-12' }],
    [201, {}, { at: 'busy' }],
    [400, refusal('invalid', 'phone'), { at: 'wrong', field: 'phone' }],
    [410, refusal('linkExpired'), { at: 'closed' }],
    [429, refusal('complaintMany'), { at: 'many' }],
    [429, refusal('tooMany'), { at: 'busy' }],
  ])('%i %j', async (status, body, outcome) => {
    expect(await sender(status, body).complaint(COMPLAINT)).toEqual(outcome);
  });
});
