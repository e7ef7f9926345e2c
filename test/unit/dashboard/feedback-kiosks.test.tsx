// @vitest-environment happy-dom
/** The view of the feedback devices: what needs a visit, counters and placement, questionnaires, voices, thresholds. */
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { factsOf, needsVisit } from '../../../components/dashboard/kiosks/model.ts';
import { draftOf, hoursFault, rulesFrom } from '../../../components/dashboard/kiosks/rules-form.ts';
import { done, failed, failureOf } from '../../../lib/dashboard/talk.ts';
import { FACTORS } from '../../../lib/domain/questionnaires.ts';
import { closePage, memoryPort, NOW, onPage, openPage, type Page } from './feedback-page.tsx';
import { KIOSKS, SETTING } from './feedback-sample.ts';

const HASH = '#/thiet-bi-danh-gia?don-vi=a';
let page: Page | null = null;
const { find, all, text, click, type, choose, submit, until } = onPage(() => page!);
afterEach(() => {
  if (page) closePage(page);
  page = null;
});

const opened = async (part: string | null, how: Parameters<typeof openPage>[1] = {}) => {
  page = await openPage(HASH, how);
  await until(() => find('[data-row="k1"]'));
  if (part !== null) await click(`input[name=kiosk-part][value=${part}]`);
};

describe('what a kiosk says of itself', () => {
  it('is read from its latest words; old troubles are forgotten, unknown stays unknown', () => {
    expect(factsOf(KIOSKS[0]!, NOW)).toMatchObject({
      isCommissioned: true,
      isPersisted: true,
      version: '1.4.0',
      troubles: [],
    });
    expect(factsOf(KIOSKS[1]!, NOW)).toMatchObject({
      isCommissioned: false,
      isPersisted: false,
      troubles: ['questionnaire.malformed'],
    });
    expect(factsOf({ words: [] }, NOW)).toMatchObject({
      isCommissioned: null,
      isPersisted: null,
      version: null,
    });
    const update = { topic: 'update', state: 'version', at: new Date(NOW).toISOString(), detail: {} };
    expect(factsOf({ words: [update] }, NOW).isCommissioned).toBeNull();
  });

  it('decides who needs a visit: silence and no counter too, a revoked one never', () => {
    const good = KIOSKS[0]!;
    expect(needsVisit(good, NOW, true)).toBe(false);
    expect(needsVisit({ ...good, heardAt: '2026-09-10T08:00:00.000Z' }, NOW, true)).toBe(true);
    expect(needsVisit({ ...good, counter: null }, NOW, true)).toBe(true);
    expect(needsVisit({ ...good, counter: null }, NOW, false)).toBe(false);
    expect(needsVisit({ ...KIOSKS[1]!, status: 'revoked' }, NOW, true)).toBe(false);
  });
});

describe('devices', () => {
  it('show state, version, last heard, unsent and counter, those that need a visit first', async () => {
    await opened(null);
    expect(all('[data-row^="k"]').map((row) => row.dataset.row)).toEqual(['k2', 'k1']);
    for (const part of [
      'Chưa kiểm tra',
      'chưa cam kết',
      '7 bản ghi',
      'Chưa đặt quầy',
      'Phiếu hỏi mới hỏng',
    ]) {
      expect(text('[data-row=k2]')).toContain(part);
    }
    for (const part of ['Đã kiểm tra đủ', '1.4.0', 'Quầy 1', '10 phút trước']) {
      expect(text('[data-row=k1]')).toContain(part);
    }
    expect(text('[data-banner=kiosk-attention]')).toContain('1 thiết bị cần xem');
  });

  it('are taken out of service after a question, and back', async () => {
    await opened(null);
    expect(text('[data-service=on]')).toContain('Mặc định');
    click('[data-action=stop-service]');
    expect(text('dialog')).toContain('Xã Đô Lương');
    expect(find('dialog footer button').getAttribute('data-action')).toBe('no');
    click('dialog [data-action=yes]');
    await until(() => expect(page!.told).toContain('saveSetting "a" {"isOutOfService":true}'));
    await until(() => find('[data-banner=kiosksSaved]'));
    closePage(page!);
    const off = { ...SETTING.inForce, isOutOfService: { value: true, from: { id: '40', name: 'Tỉnh Thử' } } };
    const told: string[] = [];
    const port = memoryPort(told, {}, { setting: async () => done({ ...SETTING, inForce: off }) });
    await opened(null, { port, told });
    expect(text('[data-service=off]')).toContain('Theo Tỉnh Thử');
    click('[data-action=start-service]');
    await until(() => expect(told).toContain('saveSetting "a" {"isOutOfService":false}'));
  });

  it('of a unit without a hub: the list, and what cannot be known', async () => {
    const { hub: _, ...port } = memoryPort([]);
    await opened(null, { kind: 'unit', port });
    expect(text('[data-banner=no-hub]')).toContain('không có máy chủ');
    expect(all('[name=kiosk-part]')).toEqual([]);
    expect(all('[data-action=stop-service]')).toEqual([]);
  });

  it('fail part by part', async () => {
    const port = memoryPort([], {}, { setting: async () => failed(failureOf('broken', 'http-500')) });
    await opened(null, { port });
    expect(text('[data-banner=failure-broken]')).toContain('http-500');
    expect(find('[data-row=k1]')).toBeTruthy();
  });
});

describe('counters', () => {
  it('are added, renamed, closed after a question, opened again', async () => {
    await opened('counters');
    submit('form.q-add');
    expect(text('form.q-add')).toContain('Nhập tên quầy.');
    type('[name=counter-name]', ' Quầy 3 ');
    submit('form.q-add');
    await until(() => expect(page!.told).toContain('addCounter "a" "Quầy 3"'));
    await until(() => expect(find<HTMLInputElement>('[name=counter-name]').value).toBe(''));
    click('[data-row=q1] [data-action=rename-counter]');
    type('dialog [name=counter-rename]', 'Quầy Đất đai');
    submit('dialog form');
    await until(() =>
      expect(page!.told).toContain('saveCounter "q1" {"name":"Quầy Đất đai","isActive":true}'),
    );
    await until(() => expect(all('dialog')).toEqual([]));
    click('[data-row=q1] [data-action=close-counter]');
    click('dialog [data-action=yes]');
    await until(() => expect(page!.told).toContain('saveCounter "q1" {"name":"Quầy 1","isActive":false}'));
    click('[data-row=q2] [data-action=open-counter]');
    await until(() => expect(page!.told).toContain('saveCounter "q2" {"name":"Quầy 2","isActive":true}'));
  });

  it('a refused name stays in its dialog with the hub’s words', async () => {
    const failure = { ...failureOf('refused', 'invalid'), message: 'Tên quầy chưa đúng.' };
    const port = memoryPort([], {}, { saveCounter: async () => failed(failure) });
    await opened('counters', { port });
    click('[data-row=q1] [data-action=rename-counter]');
    submit('dialog form');
    await until(() => expect(text('dialog')).toContain('Tên quầy chưa đúng.'));
  });

  it('hold kiosks and officials’ PCs', async () => {
    await opened('counters');
    await until(() => find('[data-row=place-d1]'));
    expect(find<HTMLSelectElement>('select[name=place-k1]').value).toBe('q1');
    const offered = [...find('select[name=place-d1]').querySelectorAll('option')].map((one) => one.value);
    expect(offered).toEqual(['', 'q1']);
    choose('select[name=place-d1]', 'q1');
    await until(() => expect(page!.told).toContain('place "d1" "q1"'));
    choose('select[name=place-k1]', '');
    await until(() => expect(page!.told).toContain('place "k1" null'));
  });
});

describe('questionnaires', () => {
  const drop = async (content: string) => {
    const input = find<HTMLInputElement>('input[type=file]');
    const file = new File([content], 'phieu.json', { type: 'application/json' });
    Object.defineProperty(input, 'files', { value: [file], configurable: true });
    await act(async () => void input.dispatchEvent(new Event('change', { bubbles: true })));
  };

  it('say which is in force and why; another is put in force, or the unit above decides', async () => {
    await opened('questionnaires');
    expect(text('[data-in-force="quick@2"]')).toContain('theo Tỉnh Thử');
    choose('select[name=in-force]', 'factors@1');
    submit('form.q-add');
    await until(() => expect(page!.told).toContain('saveSetting "a" {"questionnaire":"factors@1"}'));
  });

  it('are previewed screen by screen and taken away as JSON', async () => {
    await opened('questionnaires');
    click('[data-row="factors@1"] [data-action=preview]');
    expect(all('dialog [data-screen]').map((one) => one.dataset.screen)).toEqual([
      ...FACTORS.questions.map(({ id }) => id),
      'reasons',
      'comment',
    ]);
    expect(text('dialog [data-screen=access]')).toContain('Rất không hài lòng');
    expect(text('dialog [data-screen=access]')).toContain('từ mức 2 trở xuống');
    expect(text('dialog [data-screen=comment]')).toContain('Luôn mời');
    act(() => find('dialog .n-dialog-head button').click());
    click('[data-row="factors@1"] [data-action=download]');
    await until(() => expect(page!.saved).toHaveLength(1));
    expect(page!.saved[0]!.name).toBe('phieu-hoi_factors_v1.json');
    expect(JSON.parse(page!.saved[0]!.text)).toEqual(FACTORS);
  });

  it('from a file: the field that is wrong is named, a right one is previewed before it is stored', async () => {
    await opened('questionnaires');
    await drop('{"id":');
    await until(() => expect(text('[data-banner=questionnaire-wrong]')).toContain('JSON'));
    const twice = { ...FACTORS, questions: [FACTORS.questions[0], FACTORS.questions[0]] };
    await drop(JSON.stringify(twice));
    await until(() => expect(text('[data-banner=questionnaire-wrong]')).toContain('questions.1.id'));
    expect(text('[data-banner=questionnaire-wrong]')).toContain('đã dùng ở chỗ khác');
    expect(all('[data-action=save-questionnaire]')).toEqual([]);
    await drop(JSON.stringify({ ...FACTORS, id: 'tinh-thu' }));
    await until(() => expect(text('[data-part=checked]')).toContain('tinh-thu@1, 5 câu hỏi'));
    click('[data-action=save-questionnaire]');
    await until(() => expect(page!.told.at(-1)).toMatch(/^addQuestionnaire \{"id":"tinh-thu"/));
  });
});

describe('voices', () => {
  it('say what each language has and lacks; the province shares and withdraws', async () => {
    await opened('clips');
    await until(() => find('[data-language=hmn]'));
    expect(text('[data-language=hmn]')).toMatch(/Tiếng MôngĐã chia sẻ 1\/\d+ câu/);
    expect(text('[data-language=hmn] details')).toContain('Chất lượng phục vụ');
    expect(text('[data-language=hmn] details')).not.toContain('Mời Ông/Bà đánh giá phục vụ');
    const row = `[data-row="${'aa'.repeat(8)}"]`;
    expect(text(row)).toContain('Chất lượng phục vụ');
    expect(find(`${row} audio`).getAttribute('src')).toBe(`/v1/clips/${'aa'.repeat(32)}`);
    click(`${row} [data-action=share-clip]`);
    await until(() => expect(page!.told).toContain(`decideClip "${'aa'.repeat(32)}" "share"`));
    click(`[data-row="${'bb'.repeat(8)}"] [data-action=withdraw-clip]`);
    await until(() => expect(page!.told).toContain(`decideClip "${'bb'.repeat(32)}" "withdraw"`));
  });
});

describe('thresholds', () => {
  it('show what is in force and whose word it is; own values are checked before they are sent', async () => {
    await opened('rules');
    await until(() => find('[data-rule=series]'));
    expect(text('[data-rule=moreThanReturns]')).toContain('120');
    expect(text('[data-rule=moreThanReturns]')).toContain('Theo Tỉnh Thử');
    expect(text('[data-rule=series]')).toContain('Đặt tại đơn vị này');
    expect(text('[data-rule=openingHours]')).toContain('T2–T7 06:30–18:30');
    expect(text('[data-rule=idleSeconds]')).toContain('theo cài đặt của thiết bị');
    click('[name=own-interval]');
    type('[name="interval.perQuarter"]', '1');
    submit('form');
    expect(text('[data-rule=interval]')).toContain('Nhập số nguyên từ 2 đến 200.');
    expect(page!.told).not.toContainEqual(expect.stringContaining('saveSetting'));
    type('[name="interval.perQuarter"]', '12');
    click('[name=own-series]');
    submit('form');
    await until(() =>
      expect(page!.told).toContain('saveSetting "a" {"rules":{"interval":{"perQuarter":12}}}'),
    );
  });

  it('opening hours need a day, two times and their order', () => {
    expect(hoursFault({ days: [], from: '07:00', to: '17:00' })).toBe('day');
    expect(hoursFault({ days: [1], from: '7:00', to: '17:00' })).toBe('time');
    expect(hoursFault({ days: [1], from: '17:00', to: '07:00' })).toBe('order');
    expect(hoursFault({ days: [1], from: '17:00', to: '24:00' })).toBeNull();
    const draft = draftOf(SETTING);
    const hours = [{ days: [3, 1], from: '07:00', to: '11:30' }];
    expect(rulesFrom({ ...draft, own: ['openingHours'], hours })).toEqual({
      openingHours: [{ days: [1, 3], from: '07:00', to: '11:30' }],
    });
    expect(rulesFrom({ ...draft, own: ['openingHours'], hours: [{ ...hours[0]!, days: [] }] })).toBeNull();
    expect(rulesFrom(draft)).toEqual(SETTING.own.rules);
  });
});

describe('who may change', () => {
  const actions = ['stop-service', 'add-counter', 'save-in-force', 'save-questionnaire', 'save-rules'];
  const onScreen = () => all('[data-action]').map((one) => one.dataset.action ?? '');

  it.each(['supervisor', 'auditor'])('a %s reads everything and changes nothing', async (role) => {
    await opened(null, { role });
    for (const part of ['devices', 'counters', 'questionnaires', 'clips', 'rules']) {
      await click(`input[name=kiosk-part][value=${part}]`);
      expect(onScreen().filter((one) => actions.includes(one) || one.endsWith('-clip'))).toEqual([]);
    }
    await click('input[name=kiosk-part][value=counters]');
    expect(find<HTMLSelectElement>('select[name=place-d1]').disabled).toBe(true);
  });

  it('a unit’s administrator changes the unit, not forms and voices of the province', async () => {
    await opened('questionnaires', { role: 'unitAdmin' });
    expect(onScreen()).toContain('save-in-force');
    expect(all('input[type=file]')).toEqual([]);
    await click('input[name=kiosk-part][value=clips]');
    expect(onScreen().filter((one) => one.endsWith('-clip'))).toEqual([]);
  });
});
