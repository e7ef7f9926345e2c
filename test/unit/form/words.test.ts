/** Words typed by citizens, phone numbers, days to answer. */
import { describe, expect, it } from 'vitest';
import { complaintDue, complaintFaults, readPhone } from '../../../lib/domain/complaint.ts';
import { cleanLine, cleanText } from '../../../lib/domain/free-text.ts';
import { en } from '../../../lib/i18n/form/en.ts';
import { vi } from '../../../lib/i18n/form/vi.ts';

describe('text', () => {
  it.each([
    ['NFD becomes NFC', 'Chờ'.normalize('NFD'), 'Chờ'.normalize('NFC')],
    ['controls go', 'a\u0000b\u0007c\u007f', 'abc'],
    ['marks of direction and joining go', 'a\u202eb\u200bc\ufeff', 'abc'],
    ['lone surrogates go', 'a\ud83d b', 'a b'],
    ['emoji stay', 'Tốt 👍', 'Tốt 👍'],
    ['line ends are one kind, and few', 'a\r\nb\n\n\n\nc', 'a\nb\n\nc'],
    ['markup is text', '<script>x</script>', '<script>x</script>'],
    ['blanks at the ends go', '  a \n', 'a'],
  ])('%s', (_, given, wanted) => {
    expect(cleanText(given, 500)).toBe(wanted);
  });

  it('is cut at the bound, never inside a character of two halves', () => {
    expect(cleanText('x'.repeat(5_000), 500)).toHaveLength(500);
    expect(cleanText(`${'x'.repeat(499)}👍`, 500)).toBe('x'.repeat(499));
    expect(cleanLine('a\n\tb', 10)).toBe('a b');
  });
});

describe('a complaint', () => {
  it.each([
    ['0912 345 678', '0912345678'],
    ['+84 912.345.678', '0912345678'],
    ['0238 3844 525', '02383844525'],
    ['０９１２３４５６７８', '0912345678'],
    ['912345678', null],
    ['0912-ABC-678', null],
    ['', null],
  ])('phone %j', (given, wanted) => {
    expect(readPhone(given)).toBe(wanted);
  });

  it('names each field that is wrong', () => {
    expect(complaintFaults({ name: '', phone: '', text: '', consent: false })).toEqual({
      name: 'empty',
      phone: 'empty',
      text: 'empty',
      consent: 'consent',
    });
    expect(complaintFaults({ name: 'Ai', phone: '12', text: 'ngắn', consent: true })).toEqual({
      phone: 'phone',
      text: 'short',
    });
    expect(
      complaintFaults({ name: 'Ai', phone: '0912345678', text: 'Một câu đủ dài.', consent: true }),
    ).toEqual({});
  });

  it('is answered by working days: weekends and holidays do not count', () => {
    expect(complaintDue('2026-09-21')).toBe('2026-10-12');
    expect(complaintDue('2026-08-28')).toBe('2026-09-23');
  });
});

describe('dictionaries', () => {
  it('say the same placeholders in both languages', () => {
    const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();
    for (const key of Object.keys(vi) as (keyof typeof vi)[])
      expect(holes(en[key]), key).toEqual(holes(vi[key]));
  });
});
