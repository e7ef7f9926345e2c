/** Which questionnaire is asked when the hub sends a good one, a broken one, none; and when it comes into force. */
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { entrySchema } from '../../../lib/domain/entry.ts';
import { FACTORS, QUICK } from '../../../lib/domain/questionnaires.ts';
import { createInForce } from '../../../lib/kiosk/in-force.ts';
import { chooseQuestionnaire, faultDraft } from '../../../lib/kiosk/questionnaire-choice.ts';
import { openVault } from '../../../lib/kiosk/vault.ts';

const config = (version: number, questionnaire: unknown) => ({ version, questionnaire });

describe('the questionnaire', () => {
  it('is the quick one before the hub said anything, then the hub’s', async () => {
    const vault = openVault(new IDBFactory());
    expect((await chooseQuestionnaire(null, vault)).questionnaire).toBe(QUICK);
    expect((await chooseQuestionnaire(config(1, null), vault)).questionnaire).toBe(QUICK);
    expect(await chooseQuestionnaire(config(2, FACTORS), vault)).toEqual({
      questionnaire: FACTORS,
      fault: null,
    });
  });

  it('that is malformed leaves the last whole one, also after a restart, and the field is named', async () => {
    const factory = new IDBFactory();
    await chooseQuestionnaire(config(2, FACTORS), openVault(factory));
    const broken = { ...FACTORS, questions: [{ ...FACTORS.questions[0], scale: 6 }] };
    const choice = await chooseQuestionnaire(config(3, broken), openVault(factory));
    expect(choice.questionnaire).toEqual(FACTORS);
    expect(choice.fault).toMatchObject({ field: 'questions.0.scale', config: 3, using: 'factors@1' });
    const none = await chooseQuestionnaire(config(3, 'nonsense'), openVault(new IDBFactory()));
    expect(none.questionnaire).toBe(QUICK);
  });

  it('told of in the journal: one entry by configuration, without its words', async () => {
    const { fault } = await chooseQuestionnaire(config(3, { id: 'bí mật' }), openVault(new IDBFactory()));
    const draft = faultDraft(fault!);
    const line = { v: 1, stream: 1, seq: 1, at: '2026-09-21T01:00:00.000Z', boot: 'b', offset: null };
    expect(entrySchema.safeParse({ ...line, ...draft }).success).toBe(true);
    expect(draft.ref).toBe('questionnaire:3');
    expect(JSON.stringify(draft)).not.toContain('bí mật');
  });
});

describe('what the hub sets', () => {
  const loaded = (phoneUrl: string | undefined, isOutOfService = false) => ({
    questionnaire: () => ({ questionnaire: FACTORS, fault: null }),
    kiosk: () => ({ isOutOfService, idleSeconds: 60, ...(phoneUrl === undefined ? {} : { phoneUrl }) }),
  });

  it('waits until the screen is free', () => {
    const { inForce, take, settle } = createInForce();
    take(loaded(undefined, true), false);
    expect(inForce.get()).toMatchObject({ questionnaire: QUICK, isClosed: false, idleSeconds: null });
    settle();
    expect(inForce.get()).toMatchObject({ questionnaire: FACTORS, isClosed: true, idleSeconds: 60 });
    take(loaded(undefined), true);
    expect(inForce.get().isClosed).toBe(false);
  });

  it('shows a code only for an address that a phone can open', () => {
    const codeFor = (address: string | undefined) => {
      const { inForce, take } = createInForce();
      take(loaded(address), true);
      return inForce.get().phoneUrl;
    };
    expect(codeFor('https://nhip.example.vn/danh-gia/abc')).toBe('https://nhip.example.vn/danh-gia/abc');
    for (const bad of [undefined, '', 'javascript:alert(1)', 'abc']) expect(codeFor(bad)).toBeNull();
  });
});
