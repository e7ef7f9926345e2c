/** The sentences of the loudspeaker and their ids. */
import { describe, expect, it } from 'vitest';
import { clipRequestSchema } from '../../../lib/batch/index.ts';
import { type Questionnaire, SCALES } from '../../../lib/domain/questionnaire.ts';
import { FACTORS, QUICK } from '../../../lib/domain/questionnaires.ts';
import { everyPhrase, readAloud } from '../../../lib/kiosk/read-aloud.ts';
import {
  isLanguageCode,
  namedLanguage,
  offeredLanguages,
  writtenLanguage,
} from '../../../lib/kiosk/voice/languages.ts';
import { uiPhrase } from '../../../lib/kiosk/voice/phrases.ts';

const GRADES = [{ vi: 'Kém' }, { vi: 'Được' }, { vi: 'Tốt' }];
const OWN: Questionnaire = {
  ...QUICK,
  id: 'rieng',
  version: 3,
  questions: [
    { ...QUICK.questions[0]!, id: 'a', scale: 3, levels: GRADES },
    { ...QUICK.questions[1]!, id: 'b', scale: 3, levels: [{ vi: 'Tệ' }, GRADES[1]!, GRADES[2]!] },
    {
      ...QUICK.questions[1]!,
      id: 'c',
      scale: 10,
      levels: Array.from({ length: 10 }, (_, n) => ({ vi: `Bậc ${n}` })),
    },
  ],
};
const spoken = (questionnaire: Questionnaire, index: number) =>
  readAloud({ screen: { name: 'question', index } }, { questionnaire }).map(
    ({ id, words }) => `${id} = ${words.vi}`,
  );

describe('phrases', () => {
  it('a question is its title, its text and its levels; the levels of two questions are the same phrases', () => {
    const levels = ['Rất không hài lòng', 'Không hài lòng', 'Bình thường', 'Hài lòng', 'Rất hài lòng'].map(
      (words, index) => `ui.level${index + 1} = ${words}`,
    );
    expect(spoken(QUICK, 0)).toEqual([
      'q.quick@2.quality.title = Chất lượng phục vụ',
      'q.quick@2.quality.text = Ông/Bà có hài lòng với việc giải quyết thủ tục hôm nay không?',
      ...levels,
    ]);
    expect(spoken(QUICK, 1).slice(2)).toEqual(levels);
  });

  it('own words of levels are phrases of the question that had them first', () => {
    expect(spoken(OWN, 0).slice(2)).toEqual([
      'q.rieng@3.a.level1 = Kém',
      'q.rieng@3.a.level2 = Được',
      'q.rieng@3.a.level3 = Tốt',
    ]);
    expect(spoken(OWN, 1).slice(2)).toEqual([
      'q.rieng@3.b.level1 = Tệ',
      'q.rieng@3.a.level2 = Được',
      'q.rieng@3.a.level3 = Tốt',
    ]);
  });

  it('of ten numbers the two ends are said', () => {
    expect(spoken(OWN, 2).slice(2)).toEqual(['q.rieng@3.c.level1 = Bậc 0', 'q.rieng@3.c.level10 = Bậc 9']);
    const plain: Questionnaire = { ...QUICK, questions: [{ ...QUICK.questions[0]!, scale: 10 }] };
    expect(spoken(plain, 0).slice(2)).toEqual(['ui.level1 = Rất không hài lòng', 'ui.level5 = Rất hài lòng']);
  });

  it('a number in a text is part of the id: another number is another sentence', () => {
    expect(uiPhrase('reasonsText', { max: 2 })).toMatchObject({
      id: 'ui.reasonsText.2',
      words: { vi: expect.stringContaining('2 điều'), en: expect.stringContaining('2') },
    });
  });

  it.each([QUICK, FACTORS, OWN])('every phrase of $id is recorded once, under an id the hub takes', (one) => {
    const phrases = everyPhrase(one);
    expect(new Set(phrases.map(({ id }) => id)).size).toBe(phrases.length);
    for (const { id, words } of phrases) {
      const asked = { language: 'blt', phrase: id, mime: 'audio/webm', content: 'AAAA' };
      expect(clipRequestSchema.safeParse(asked).success, id).toBe(true);
      expect(words.vi, id).not.toMatch(/[{}]/);
    }
  });

  it('whatever any screen reads is among what staff record', () => {
    for (const scale of SCALES) {
      const questionnaire: Questionnaire = {
        ...FACTORS,
        questions: FACTORS.questions.map((one) => ({ ...one, scale })),
      };
      const recorded = new Set(everyPhrase(questionnaire).map(({ id }) => id));
      const screens = [
        { name: 'attract' },
        { name: 'guide', topic: 'payment' },
        { name: 'question', index: 4 },
        { name: 'reasons' },
        { name: 'comment' },
        { name: 'thanks', until: 0 },
        { name: 'broken', owed: true, retryAt: 0 },
      ] as const;
      for (const screen of screens) {
        const read = readAloud({ screen }, { questionnaire, isClosed: false, hasPhoneCode: true });
        expect(read.length).toBeGreaterThan(1);
        expect(read.filter(({ id }) => !recorded.has(id))).toEqual([]);
      }
    }
  });
});

describe('languages', () => {
  it('one that has clips only joins the language tool by its name; its screens stay Vietnamese', () => {
    expect(offeredLanguages(['vi', 'kjg', 'blt', 'xyz'])).toEqual([
      { id: 'vi', name: 'Tiếng Việt' },
      { id: 'en', name: 'English' },
      { id: 'blt', name: 'Tiếng Thái' },
      { id: 'kjg', name: 'Tiếng Khơ Mú' },
      { id: 'xyz', name: 'xyz' },
    ]);
    expect([writtenLanguage('blt'), writtenLanguage('en')]).toEqual(['vi', 'en']);
    expect(namedLanguage('hmn').name).toBe('Tiếng Mông');
  });

  it('a code is two or three small letters', () => {
    expect(['blt', 'en', 'b', 'BLT', 'thái', 'blt1', ''].filter(isLanguageCode)).toEqual(['blt', 'en']);
  });
});
