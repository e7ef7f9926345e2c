/** The phone's form as a machine: every way through it, and what is handed in at the end. */
import { describe, expect, it } from 'vitest';
import type { LinkKind, LinkState, PublicForm } from '../../../lib/domain/public-form.ts';
import { answerFault } from '../../../lib/domain/public-form.ts';
import type { Questionnaire } from '../../../lib/domain/questionnaire.ts';
import { FACTORS, QUICK } from '../../../lib/domain/questionnaires.ts';
import {
  advance,
  answerOf,
  canComplain,
  type FormEvent,
  type FormFlow,
  openFlow,
} from '../../../lib/form/flow.ts';

function formOf(
  over: { kind?: LinkKind; state?: LinkState; questionnaire?: Questionnaire | null } = {},
): PublicForm {
  const base = {
    state: 'open',
    kind: 'counter',
    token: 'T'.repeat(22),
    unit: 'Đơn vị thử',
    counter: null,
  } as const;
  return { ...base, questionnaire: QUICK, origins: [], ...over };
}

function walk(form: PublicForm, ...events: FormEvent[]): FormFlow {
  return events.reduce((flow, event) => advance(flow, event, form), openFlow(form, 'vi', 'one'));
}
const level = (n: number): FormEvent => ({ type: 'answer', level: n });
const act = (type: 'next' | 'skip' | 'back' | 'again' | 'complain' | 'leave'): FormEvent => ({ type });
const sent = (outcome: 'kept' | 'offline' | 'busy' | 'changed' | 'closed'): FormEvent => ({
  type: 'sent',
  outcome,
});

describe('the way through', () => {
  it('two good answers are sent at once', () => {
    const flow = walk(formOf(), level(5), level(4));
    expect(flow.screen).toEqual({ name: 'sending' });
    expect(answerOf(flow, formOf())).toEqual({
      ...{ token: 'T'.repeat(22), id: 'one', questionnaire: `quick@${QUICK.version}`, language: 'vi' },
      ...{ answers: { quality: 5, attitude: 4 }, reasons: [], comment: '' },
    });
  });

  it('a low answer asks for reasons, at most two, then offers a message', () => {
    const form = formOf();
    const reasons = walk(
      form,
      level(1),
      level(1),
      { type: 'reason', id: 'slow' },
      { type: 'reason', id: 'rude' },
      { type: 'reason', id: 'money' },
    );
    expect(reasons.reasons).toEqual(['slow', 'rude']);
    const comment = advance(reasons, act('next'), form);
    expect(comment.screen.name).toBe('comment');
    const written = advance(comment, { type: 'comment', text: 'x'.repeat(5_000) }, form);
    expect(written.comment).toHaveLength(500);
    expect(advance(written, act('next'), form)).toMatchObject({
      screen: { name: 'sending' },
      comment: written.comment,
    });
    expect(advance(written, act('skip'), form).comment).toBe('');
  });

  it('thanks only by the word of the hub; a failure waits and goes again with the same id', () => {
    const form = formOf();
    const sending = walk(form, level(5), level(5));
    const waiting = advance(sending, sent('offline'), form);
    expect(waiting.screen).toEqual({ name: 'waiting', why: 'offline' });
    const again = advance(waiting, act('again'), form);
    expect([again.screen.name, again.id]).toEqual(['sending', 'one']);
    expect(advance(again, sent('kept'), form).screen.name).toBe('thanks');
    expect(advance(waiting, sent('kept'), form)).toBe(waiting);
    expect(advance(sending, sent('closed'), form).screen.name).toBe('closed');
  });

  it('back takes the answer back, and what followed from it', () => {
    const form = formOf();
    const back = walk(form, level(1), level(1), { type: 'reason', id: 'slow' }, act('back'));
    expect(back).toMatchObject({
      screen: { name: 'question', index: 1 },
      answers: { quality: 1 },
      reasons: [],
    });
    expect(walk(form, act('back')).screen).toEqual({ name: 'question', index: 0 });
    expect(walk(form, level(2), level(5), act('skip'), act('back')).screen.name).toBe('reasons');
  });

  it('levels outside the scale, unknown reasons, events of other steps change nothing', () => {
    const form = formOf();
    const first = openFlow(form, 'vi', 'one');
    for (const event of [level(0), level(6), level(1.5), act('next'), act('again'), sent('kept')]) {
      expect(advance(first, event, form)).toBe(first);
    }
    const reasons = walk(form, level(1), level(1));
    expect(advance(reasons, { type: 'reason', id: 'none' }, form)).toBe(reasons);
  });

  it('what it hands in is what the hub takes, for every path through the shipped questionnaires', () => {
    for (const questionnaire of [QUICK, FACTORS]) {
      const form = formOf({ questionnaire });
      for (const n of [1, 3, 5]) {
        let flow = openFlow(form, 'vi', 'one');
        for (let at = 0; at < 20 && flow.screen.name !== 'sending'; at++) {
          flow = advance(flow, flow.screen.name === 'question' ? level(n) : act('next'), form);
        }
        expect(flow.screen.name).toBe('sending');
        expect(answerFault(questionnaire, flow)).toBeNull();
      }
    }
  });
});

describe('codes and complaints', () => {
  it('a code that is not open shows that and asks nothing', () => {
    for (const state of ['used', 'expired', 'revoked', 'unknown'] as const) {
      const flow = openFlow(formOf({ state }), 'vi', 'one');
      expect(flow.screen.name).toBe('closed');
      expect(canComplain(flow, formOf({ state }))).toBe(state === 'used');
    }
  });

  it('a complaint is offered on a phone, never in the widget, and leads back to where it began', () => {
    const form = formOf();
    const begun = walk(form, level(4), act('complain'));
    expect(begun.screen.name).toBe('complaint');
    expect(advance(begun, act('leave'), form).screen).toEqual({ name: 'question', index: 1 });
    const thanked = walk(form, level(4), level(4), sent('kept'), act('complain'));
    expect(advance(thanked, act('leave'), form).screen.name).toBe('thanks');
    const widget = formOf({ kind: 'widget' });
    expect(walk(widget, level(4), level(4), sent('kept'), act('complain')).screen.name).toBe('thanks');
  });

  it('the next person at a widget begins with nothing of the one before', () => {
    const widget = formOf({ kind: 'widget' });
    const next = walk(
      widget,
      level(1),
      level(1),
      { type: 'reason', id: 'slow' },
      { type: 'fresh', id: 'two' },
    );
    expect(next).toEqual(openFlow(widget, 'vi', 'two'));
  });
});
