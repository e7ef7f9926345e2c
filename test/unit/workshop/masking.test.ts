/**
 * Nothing of a citizen leaves the page: pages with marked personal data in every corner go through report, offers, preview
 * and snapshot, and no mark comes out. What is kept must still read the same, or the snapshot would prove nothing.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asSource, newDraft } from '../../../lib/workshop/draft.ts';
import { writePackFile } from '../../../lib/workshop/files.ts';
import { inspect } from '../../../lib/workshop/page/inspect.ts';
import { lexiconOf } from '../../../lib/workshop/page/lexicon.ts';
import { maskValue, newMasker } from '../../../lib/workshop/page/mask.ts';
import { isPlainHeader, isPlainLabel } from '../../../lib/workshop/page/names.ts';
import { offersFor } from '../../../lib/workshop/page/offers.ts';
import { maskPlace } from '../../../lib/workshop/page/place.ts';
import { takeSnapshot } from '../../../lib/workshop/page/snapshot.ts';
import { expectationOf } from '../../../lib/workshop/runner.ts';
import { windowOf } from '../adapters/dom.ts';
import { FIXTURES, fixtureOf, htmlOf, packOf, render } from './room.ts';

const igate2 = packOf('igate2');

/** Made-up personal data with spellings that trip simple rules. */
const SECRETS = [
  'Trần Thị Mật Mã',
  'NGUYỄN VĂN BÍ MẬT',
  'Nguyễn Thành Công',
  'Lò Thị Hẹn',
  '040199001234',
  '0912345678',
  'bimat@thu.vn',
  'thon Bi Mat xa Kin Dao',
  'Trích yếu rất riêng tư',
  '000.00.51.H99-260921-7777',
  '26/09/1981',
] as const;

/** The parts of a mark that may not come out: each word that is long or rare enough to name somebody. */
const marks = SECRETS.flatMap((secret) => [secret, ...secret.split(/\s+/)])
  .filter((part) => part.length >= 5)
  // "Hoàn thành" is a word of the pack: the given name Thành alone tells nothing.
  .filter((part) => !JSON.stringify(igate2).toLowerCase().includes(part.toLowerCase()));

function expectClean(text: string): void {
  const found = marks.filter((mark) => text.toLowerCase().includes(mark.toLowerCase()));
  expect(found).toEqual([]);
}

/** The bundled list with secrets in cells, attributes, comments, scripts, inputs, buttons, headings and a hidden menu. */
function markedPage(): string {
  const [name, caps, tricky, rare, id, phone, mail, address, subject, code, born] = SECRETS;
  const planted = `
    <!-- ${name} ${id} -->
    <script>window.user = '${name}';</script>
    <style>.x::after { content: '${phone}' }</style>
    <div class="user-menu" title="${name}" data-user="${id}"><button class="mat-button">${name}</button><button>${caps}</button>
      <a href="/vi/profile?name=${encodeURIComponent(name)}&id=${id}">${mail}</a></div>
    <h2>${caps}</h2><h3 title="${subject}">${subject}</h3>
    <form action="/save?id=${id}"><label>${name}</label><label for="q">Số điện thoại ${phone}</label>
      <input id="user-${id}" name="${name}" value="${name}" placeholder="${phone}" aria-label="${name}">
      <textarea>${address}</textarea>
      <select><option value="${id}">${name}</option><option selected>${rare}</option></select></form>
    <img src="/photo/${id}.jpg" alt="${name}"><svg><text>${name}</text></svg><iframe srcdoc="${name}"></iframe>
    <custom-card id="TranThiMatMa" class="row-${id} tran-thi-mat-ma css-1a2b3c">${tricky} – ${born}</custom-card>
    <table><thead><tr><th>${caps}</th><th>${name}</th><th>Họ tên ${id}</th></tr></thead>
      <tbody><tr><th scope="row">${rare}</th><td>${address}</td><td onclick="show('${id}')" trich_yeu="${subject}">${code}</td></tr></tbody></table>
    <p style="background:url(/x?${id})">${name}: ${phone}; ${mail}</p>
    <nmc-badge>${name}</nmc-badge>`;
  return htmlOf('igate2', 'list-basic')
    .replaceAll('Trần Thị Mẫu', name)
    .replaceAll('Lê Văn Mẫu', tricky)
    .replaceAll('Phạm Mẫu', `${rare}<br>${phone}`)
    .replace('Thủ tục không mã', `${subject}, ${address}`)
    .replace('<app-list-search><h2>', `${planted}<app-list-search><h2>`);
}

const place = `/vi/dossier/search/66f1c0ffee66f1c0ffee66f1`;
const list = '/vi/dossier/search';

describe('a page full of personal data', () => {
  const { document } = windowOf(markedPage());

  it('gives a report and a preview without any of it', () => {
    const report = inspect(document, list, igate2, null);
    expect(report.reading).toMatchObject({ page: 'list', isRecognised: true, health: 'ok', rows: 3 });
    expect(report.reading!.preview[0]).toMatchObject({
      code: '999.99.99.H99-999999-9999',
      due: '99/99/9999 99:99',
      status: 'processing',
      channel: 'online',
    });
    expectClean(JSON.stringify(report));
    expectClean(JSON.stringify(inspect(document, place, igate2, 'detail')));
    expect(report.headers).toContain('Ngày hẹn trả');
  });

  it('offers nothing that could be a value, wherever one points', () => {
    const page = igate2.pages.find(({ id }) => id === 'list')!;
    const elements = [...document.querySelectorAll('body *')];
    const offered = elements.flatMap((one) => offersFor(one, document, igate2, page, 'due'));
    expect(offered.length).toBeGreaterThan(10);
    expectClean(JSON.stringify(offered));
  });

  it('makes a snapshot, a file and a proposal without any of it', async () => {
    const snapshot = takeSnapshot(document, place, igate2);
    expectClean(snapshot.html);
    expectClean(snapshot.place);
    expect(snapshot.html).not.toMatch(
      /<script|<style|<img|<svg|<iframe|<textarea|<nmc-|<!--|on\w+=|src=|\?/i,
    );
    expect(snapshot.html).not.toMatch(/66f1c0ffee|260921|25\/09\/2026|15\.000/);
    const expected = await expectationOf(igate2, snapshot.place, snapshot.html, render);
    const fixture = { name: 'mau', html: snapshot.html, expected };
    expectClean(writePackFile({ pack: asSource(igate2), note: '', fixtures: [fixture] }));
  });

  it('keeps structure, headers, labels, buttons and what the pack names', () => {
    const { html } = takeSnapshot(document, list, igate2);
    for (const kept of [
      'app-list-search',
      'class="mat-table searchtbl"',
      'mat-column-appointmentDate',
      '>Ngày hẹn trả<',
      '>Trạng thái (9)<',
      '>Tìm kiếm<',
      '>Đang xử lý<',
      'Trực tuyến',
      'style="display:none"',
    ]) {
      expect.soft(html, kept).toContain(kept);
    }
    expect(html).not.toMatch(/mat-input-0|css-1a2b3c|_ngcontent/);
  });
});

/** Pages that are wrong in their numbers: a copy without numbers cannot be. */
const ABOUT_NUMBERS = new Set(['report-wrong-sum', 'totals-doubtful']);
const packs = readdirSync(FIXTURES).filter((id) => packOf(id) !== undefined);

describe.each(packs)('snapshots of %s', (id) => {
  const names = readdirSync(join(FIXTURES, id))
    .filter((name) => name.endsWith('.html'))
    .map((name) => name.slice(0, -5));

  it.each(names.filter((name) => !ABOUT_NUMBERS.has(name)))('%s reads as the page reads', async (name) => {
    const pack = packOf(id);
    const { expected, html } = fixtureOf(id, name);
    const { document } = windowOf(html);
    const snapshot = takeSnapshot(document, expected.place, pack);
    const live = await expectationOf(pack, expected.place, html, render);
    const copy = await expectationOf(pack, snapshot.place, snapshot.html, render);
    expect(copy.pages).toEqual(live.pages);
    expect(copy.health).toBe(live.health);
    const fields = (rows: readonly unknown[] = []) =>
      rows.map((row) => Object.keys({ ...(row as object), ...(row as { facts?: object }).facts }).sort());
    const kept = live.rows?.slice(0, copy.rows?.length);
    if (snapshot.cut === 0) expect(copy.rows?.length).toBe(live.rows?.length);
    expect(fields(copy.rows)).toEqual(fields(kept));
    expect(copy.totals?.length).toBe(live.totals?.length);
    expect(copy.reports?.length).toBe(live.reports?.length);
    const words = (rows: readonly unknown[] = []) =>
      rows.map((row) => {
        const { status, channel, paidBy, fee } =
          (row as { facts?: Record<string, unknown> }).facts ?? (row as Record<string, unknown>);
        return { status, channel, paidBy, fee };
      });
    expect(words(copy.rows)).toEqual(words(kept));
    const codes = (rows: readonly unknown[] = []) =>
      rows.map((row) => (row as { code?: string; id?: string }).code);
    for (const code of codes(live.rows)) if (code) expect(codes(copy.rows)).not.toContain(code);
  });
});

describe('fakes', () => {
  const { text } = newMasker(lexiconOf(packOf('td-antd')));

  it('have the shape of what they stand for and still read as such', () => {
    expect(text('Số 12A, đường Bí Mật')).toBe('xx 99x, xxxxx xx xxx');
    expect(text('000.00.01.H56-260921-0007')).toMatch(/^999\.99\.99\.H99-260101-\d{4}$/);
    expect(text('21/09/2026 08:15')).toMatch(/^\d\d\/0\d\/2026 08:00$/);
    expect(text('31/02/2026')).toBe('99/99/9999');
    expect(text('1.012790.000.00.00.H41 - Chứng thực')).toBe('9.999999.999.99.99.H99 - xxxxx xxxx');
    expect(text('15.000 đ')).toBe('99.999 đ');
    expect(text('0 đ')).toBe('0 đ');
  });

  it('are the same for the same value within one page, and different for different ones', () => {
    const [a, b, again] = ['H56-260921-0007', 'H56-260921-0008', 'H56-260921-0007'].map(text);
    expect(a).toBe(again);
    expect(a).not.toBe(b);
  });

  it('keep the words around a value that the pack looks for', () => {
    expect(text('- Tiếp nhận trực tuyến: 21/09/2026 08:10, hẹn trả: 25/09/2026 17:00')).toMatch(
      /^- Tiếp nhận trực tuyến: \d\d\/\d\d\/2026 08:00, hẹn trả: \d\d\/\d\d\/2026 08:00$/,
    );
    expect(text('Nhà bên: Trần Thị Mẫu')).toBe('xxx xxx: xxxx xxx xxx');
  });

  it('do not take a name for a word', () => {
    expect(text('Đặng Văn Không')).toBe('xxxx xxx xxxxx');
    expect(newMasker(lexiconOf(igate2), true).text('Tú')).toBe('xx');
    expect(text('Trương Văn Sở')).toBe('xxxxxx xxx xx');
  });

  it('of the preview show words of our lists and shapes of all else', () => {
    expect(maskValue('status', 'finished')).toBe('finished');
    expect(maskValue('dossierCode', 'H41.17.3-260921-0001')).toBe('H99.99.9-999999-9999');
    expect(maskValue('agency', 'UBND phường Bí Mật')).toBe('UBND xxxxxx xx xxx');
    expect(maskValue('agency', 'Bí Mật')).toBe('xx xxx');
    expect(maskValue('rowId', 'vb_12345')).toBe('xx_99999');
    expect(maskValue('localTime', null)).toBe('');
  });
});

describe('what counts as a label', () => {
  it.each([
    ['Mốc kết thúc', true, true],
    ['Trạng thái (3)', true, true],
    ['MÃ HỒ SƠ', true, true],
    ['Ngày Hẹn Trả', false, true],
    ['Nguyễn Văn A', false, false],
    ['TRẦN THỊ B', false, false],
    ['Lò Thị Hẹn', false, false],
    ['0912345678', false, false],
    ['nguyenvana', false, true],
    ['a@b.vn', false, false],
    ['', false, false],
  ] as const)('%s', (text, label, header) => {
    expect([isPlainLabel(text), isPlainHeader(text)]).toEqual([label, header]);
  });
});

it('a path keeps the words of the pack and loses its ids', () => {
  expect(maskPlace('/vi/dossier/search/66f1c0ffee66f1c0ffee66f1', igate2)).toBe(
    `/xx/dossier/search/${'9'.repeat(24)}`,
  );
  expect(maskPlace('/ho-so/tran-thi-mat-ma', igate2)).toBe('/xx-xx/xxxx-xxx-xxx-xx');
  expect(newDraft(igate2).changes).toEqual([]);
});
