/** The staff area's own words: notices at the end of the day, slips, facts about time. */
import { describe, expect, it } from 'vitest';
import { readLine } from '../../../lib/domain/entry.ts';
import { staffTexts } from '../../../lib/i18n/kiosk/staff/index.ts';
import { noticesOf } from '../../../lib/kiosk/staff/closing.tsx';
import { showTime } from '../../../lib/kiosk/staff/facts.ts';
import { told } from '../../../lib/kiosk/staff/outcome.ts';
import { ROOM_NAMES } from '../../../lib/kiosk/staff/rooms.ts';
import { slipDraft } from '../../../lib/kiosk/staff/slip.tsx';
import { syncError } from '../../../lib/sync/types.ts';

const t = staffTexts('vi');

describe('what somebody should look at', () => {
  const state = (fault: object | null, silent: number, failures: number) =>
    noticesOf(
      { updates: { failures: () => failures } } as never,
      {
        questionnaire: () => ({ fault }),
        clips: { notices: () => Array.from({ length: silent }) },
      } as never,
      t,
    );

  it('is nothing on a good day', () => {
    expect(state(null, 0, 0)).toEqual([]);
  });

  it('is a faulty questionnaire, silent phrases and updates that fail, each in a sentence', () => {
    const notices = state({ field: 'questions.0.id' }, 3, 2);
    expect(notices).toHaveLength(3);
    expect(notices[0]).toContain('bộ câu hỏi tốt gần nhất');
    expect(notices[1]).toContain('3 câu');
    expect(notices[2]).toContain('2 lần cập nhật');
  });
});

describe('a paper slip', () => {
  it('is a health entry with the number and nothing else; the same number is the same entry', () => {
    const draft = slipDraft('0123-6');
    expect(draft).toEqual({
      kind: 'health',
      ref: 'slip:0123-6',
      body: { topic: 'slip', state: 'handed', detail: { number: '0123-6' } },
    });
    const identity = { v: 1, stream: 1, seq: 1, at: '2026-11-23T02:00:00.000Z', boot: 'b', offset: null };
    expect(readLine(JSON.stringify({ ...draft, ...identity })).ok).toBe(true);
  });
});

describe('the staff area', () => {
  it('names every room in both languages', () => {
    for (const name of ROOM_NAMES) {
      expect(t(`room_${name}`)).not.toBe(staffTexts('en')(`room_${name}`));
    }
  });

  it('shows times in Vietnam, day first', () => {
    expect(showTime('2026-11-22T17:30:00.000Z')).toBe('23/11/2026 00:30');
    expect(showTime(null)).toBeNull();
  });

  it("says the hub's own words where it refused, and what to do for anything else", async () => {
    const refused = syncError('refused', 'x', { code: 'codeUsed', message: 'Mã đã được dùng.' });
    expect(await told(t, () => Promise.reject(refused))).toEqual({
      kind: 'bad',
      text: 'Máy chủ không chấp nhận: Mã đã được dùng.',
    });
    const silent = await told(t, () => Promise.reject(syncError('network', 'x')));
    expect(silent.text).toContain('Không gọi được máy chủ');
  });
});
