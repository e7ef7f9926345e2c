/** Telex, key by key: what a person presses and what must stand there. */
import { describe, expect, it } from 'vitest';
import { pressTelex } from '../../../lib/kiosk/comment/telex.ts';

const type = (keys: string, text = '') => [...keys].reduce(pressTelex, text);

describe('telex', () => {
  it.each([
    ['tieesng Vieejt', 'tiếng Việt'],
    ['Nguwowif ddoongs quas', 'Người đống quá'],
    ['nguoiwf', 'người'],
    ['dduowcj', 'được'],
    ['dduojwc', 'được'],
    ['duocwjd', 'được'],
    ['thuowngf', 'thường'],
    ['thuowr', 'thuở'],
    ['ruwowuj', 'rượu'],
    ['huow', 'huơ'],
    ['quow', 'quơ'],
    ['hoaf hoanf', 'hòa hoàn'],
    ['thuys quys', 'thúy quý'],
    ['muar muwa', 'mủa mưa'],
    ['muaw', 'mưa'],
    ['quawn', 'quăn'],
    ['hoawcj', 'hoặc'],
    ['gif giar gieengs', 'gì giả giếng'],
    ['ginf', 'gìn'],
    ['khuyu khuyus', 'khuyu khuýu'],
    ['ngoaif', 'ngoài'],
    ['khuyeens', 'khuyến'],
    ['nghieemf', 'nghiềm'],
    ['tanaf', 'tần'],
    ['w tuw wng', 'ư tư ưng'],
    ['trwowngf', 'trường'],
    ['tuwoiwr tuoiwr', 'tưởi tưởi'],
    ['xin looix, cuwowif', 'xin lỗi, cười'],
    ['yeeu caauf thuwowngf xuyeen', 'yêu cầu thường xuyên'],
    ['CAMR OWN', 'CẢM ƠN'],
    ['DDAWNGF', 'ĐẰNG'],
    ['Ddaay', 'Đây'],
    ['phucj vuj tots', 'phục vụ tót'],
    ['phucj vuj toots.', 'phục vụ tốt.'],
  ])('%s gives %s', (keys, text) => expect(type(keys)).toBe(text));

  it.each([
    ['ass', 'as'],
    ['aaa', 'aa'],
    ['aww', 'aw'],
    ['ddd', 'dd'],
    ['uowww', 'uoww'],
    ['toansz', 'toan'],
    ['toansf', 'toàn'],
    ['az', 'az'],
  ])('takes a mark back: %s gives %s', (keys, text) => expect(type(keys)).toBe(text));

  it.each([
    'first',
    'straw',
    'zalo',
    'http',
    'Facebook',
    'covid',
    'email',
    'iOffice',
    'VNPT',
    '5 km',
    'radio',
  ])('leaves %s as it is', (word) => expect(type(word)).toBe(word));

  it('goes on from text that came otherwise, composed or not', () => {
    expect(type('j', 'me'.normalize('NFD'))).toBe('mẹ');
    expect(type('z', 'mẹ'.normalize('NFD'))).toBe('me');
    expect(type('s', 'xin chào 👍 to')).toBe('xin chào 👍 tó');
    expect(type('s', '1')).toBe('1s');
  });

  it('always leaves composed text', () => {
    for (const keys of ['nguwowif', 'DDUWOWCJ', 'thuowr', 'aaxw']) {
      const text = type(keys);
      expect(text).toBe(text.normalize('NFC'));
    }
  });
});
