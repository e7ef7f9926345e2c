/** The practice portals at HTTP level: what they print is what they log, and only once a page says it stands there. */
import { afterEach, describe, expect, it } from 'vitest';
import { accountOf, startPortals } from '../../portals/index.ts';
import type { Portal, PortalOptions, Portals, Shown } from '../../portals/types.ts';

let portals: Portals | null = null;
afterEach(async () => {
  await portals?.close();
  portals = null;
});

async function start(options: Partial<PortalOptions> = {}): Promise<Portals> {
  portals = await startPortals(options);
  return portals;
}

interface Cells {
  readonly render: string;
  readonly pages: number;
  readonly content?: readonly { cells: readonly { name: string; lines: readonly string[] }[] }[];
  readonly rows?: readonly {
    code: string;
    lines: readonly string[];
    tag: string | null;
    cells: Readonly<Record<string, string>>;
  }[];
}

const get = async <T>(portal: Portal, path: string) => (await (await fetch(portal.url + path)).json()) as T;
const post = (portal: Portal, path: string, body: unknown, method = 'POST') =>
  fetch(portal.url + path, { method, body: JSON.stringify(body) });
const paint = (portal: Portal, render: string, count: number) =>
  post(portal, '/__painted', {
    render,
    at: Date.now(),
    rows: Array.from({ length: count }, (_, index) => index),
  });
const day = (local: string) => `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;

function lastRows(portal: Portal): readonly Shown[] {
  const entry = portal.log().findLast((one) => one.kind === 'rendered');
  return entry?.dossiers ?? [];
}

/** Every fact a log claims must be readable in the text that was sent for that row. */
function expectPrinted(shown: Shown, text: string): void {
  expect(text).toContain(shown.code);
  for (const date of [shown.received, shown.due]) if (date) expect(text).toContain(day(date));
  if (shown.procedure !== undefined) expect(text).toContain(shown.procedure);
  if (shown.agency !== undefined) expect(text).toContain(shown.agency);
  if (shown.status === 9) expect(text).toMatch(/Có kết quả|Đã xử lý xong/);
  if (shown.channel === 'online') expect(text).toMatch(/[Tt]rực tuyến|Nộp qua/);
  if (shown.channel === 'post') expect(text).toMatch(/[Bb]ưu chính công ích/);
  if (shown.fee === false) expect(text).toMatch(/Không thu phí|^(?!.*(?:green|orange)).*$/s);
  if (shown.payment === 'unpaid') expect(text).toMatch(/Chưa thanh toán|orange/);
}

describe('practice iGate 2', () => {
  it('logs nothing before the page says its rows stand in the document', async () => {
    const { igate2 } = await start();
    const list = await get<Cells>(igate2, '/pa/dossier/search?list=search&page=0');
    expect(igate2.log()).toEqual([]);
    await paint(igate2, list.render, 2);
    expect(lastRows(igate2)).toHaveLength(2);
    expect((await paint(igate2, 'r999', 1)).status).toBe(404);
  });

  it.each(['search', 'processing'])('prints what it logs on the %s list', async (list) => {
    const { igate2 } = await start();
    let page = 0;
    let pages = 1;
    for (; page < pages; page += 1) {
      const answer = await get<Cells>(igate2, `/pa/dossier/search?list=${list}&page=${page}`);
      pages = answer.pages;
      await paint(igate2, answer.render, 10);
      lastRows(igate2).forEach((shown, index) => {
        const text = answer.content![index]!.cells.flatMap((cell) => cell.lines).join('\n');
        expectPrinted(shown, text);
        expect(list === 'search' || (shown.channel === undefined && shown.fee === undefined)).toBe(true);
      });
    }
    expect(page).toBeGreaterThan(1);
  });

  it('prints dates of finishing only in the detail', async () => {
    const { igate2 } = await start();
    const one = igate2.dossiers.find((each) => each.tag === 'finished-3')!;
    const detail = await get<{ render: string; pairs: [string, string][] }>(
      igate2,
      `/pa/dossier/${one.id}/--online?from=search`,
    );
    await paint(igate2, detail.render, 1);
    const shown = lastRows(igate2)[0]!;
    expect(shown.finished).toBe(one.finished);
    expect(new Map(detail.pairs).get('Ngày kết thúc xử lý')).toContain(day(one.finished!));
    expect(new Map(detail.pairs).get('Mã hồ sơ quốc gia')).toBe(shown.nationCode);
  });

  it('logs an action once it truly succeeded, for the person on duty, and a repeat never', async () => {
    const all = await start();
    const one = all.igate2.dossiers.find((each) => each.tag === 'new-0')!;
    const bad = all.igate2.dossiers.find((each) => each.tag === 'new-2')!;
    all.setDuty('An');
    expect((await post(all.igate2, `/pa/dossier/${one.id}`, { label: 'Tiếp nhận' })).status).toBe(200);
    expect((await post(all.igate2, `/pa/dossier/${one.id}`, { label: 'Tiếp nhận' })).status).toBe(409);
    expect((await post(all.igate2, `/pa/dossier/${bad.id}`, { label: 'Tiếp nhận' })).status).toBe(409);
    await post(all.igate2, `/pa/dossier/${bad.id}`, {}, 'DELETE');
    const range = { from: '2026-01-01', to: '2099-12-31', asOf: '2099-12-31' };
    expect(accountOf(all, range).actions).toEqual([{ person: 'An', action: 'receive', n: 1, times: 1 }]);
    expect(all.igate2.log().filter((entry) => entry.kind === 'notWork')).toHaveLength(3);
  });

  it('changes its unstable marks with every start', async () => {
    const scopes = new Set<string>();
    for (let turn = 0; turn < 3; turn += 1) {
      const { igate2 } = await start();
      const html = await (await fetch(`${igate2.url}/vi/dossier/search`)).text();
      scopes.add(/_ngcontent-[a-z]{3}-c\d+/.exec(html)![0]);
      await portals!.close();
    }
    expect(scopes.size).toBeGreaterThan(1);
  });
});

describe('practice TD', () => {
  const paths = [
    '/dvc/tiep-nhan-ho-so/cho-tiep-nhan-truc-tuyen',
    '/dvc/tiep-nhan-ho-so/moi-tiep-nhan',
    '/dvc/xu-ly-ho-so/dang-xu-ly',
    '/dvc/tra-ket-qua/cho-tra-truc-tiep',
    '/dvc/tra-ket-qua/cho-tra-truc-tuyen',
    '/dvc/tra-ket-qua/da-tra',
    '/dvc/thu-phi-le-phi/cho-thu-phi',
    '/dvc/thu-phi-le-phi/da-thu-phi',
  ];
  it.each(paths)('prints what it logs on %s', async (path) => {
    const { td } = await start();
    const answer = await get<Cells>(td, `/api/hoso?path=${encodeURIComponent(path)}&page=1`);
    await paint(td, answer.render, 10);
    expect(lastRows(td).length).toBeGreaterThan(0);
    lastRows(td).forEach((shown, index) => {
      const row = answer.rows![index]!;
      expectPrinted(shown, [row.code, ...row.lines, row.tag ?? ''].join('\n'));
      expect(shown.finished ?? shown.returned).toBeUndefined();
      expect(path.includes('dang-xu-ly') && row.lines.join().includes('Trạng thái')).toBe(false);
    });
  });

  const keyOf = (tag: string) => portals!.td.dossiers.find((one) => one.tag === tag)!.key;
  const work = async (name: string, ...tags: string[]) => {
    const answer = await post(portals!.td, `/api/hoso/${name}`, { keys: tags.map(keyOf) });
    return { ok: answer.ok, ...((await answer.json()) as { toasts?: [string, string][] }) };
  };

  it('names N in one toast, and the refused code in a warning', async () => {
    await start();
    const { toasts } = await work('tiep-nhan', 'waiting-0', 'waiting-1', 'waiting-2');
    const refused = portals!.td.dossiers.find((one) => one.tag === 'waiting-2')!;
    expect(toasts![0]).toEqual(['success', 'tiếp nhận thành công 2 hồ sơ']);
    expect(toasts![1]![1]).toContain(refused.code);
    expect(portals!.td.log().flatMap((one) => (one.kind === 'action' ? [one.n] : []))).toEqual([2]);
  });

  it('says the rating succeeded also when the return then fails without a word', async () => {
    await start();
    expect((await work('danh-gia', 'counter-4')).toasts).toEqual([['success', 'Đánh giá thành công!']]);
    const failed = await work('tra-ket-qua', 'counter-4');
    expect(failed.ok).toBe(false);
    expect(failed.toasts).toBeUndefined();
    expect(portals!.td.log().filter((one) => one.kind === 'action')).toEqual([]);
  });

  it('changes the words of one success on purpose, and not the truth', async () => {
    await start({ breakConfirmation: ['td:receive'] });
    const { toasts } = await work('tiep-nhan', 'waiting-0');
    expect(toasts![0]![1]).not.toMatch(/thành công/);
    expect(portals!.td.log().filter((one) => one.kind === 'action')).toHaveLength(1);
  });
});

describe('practice iOffice', () => {
  it("mixes in other people's documents and rows without a role", async () => {
    const { ioffice } = await start();
    const html = await (await fetch(`${ioffice.url}/qlvbdh/main?lang=vi`)).text();
    const found = [...html.matchAll(/<tr id="vb_\d+"[^>]*>/g)].map((one) => one[0]);
    expect(found).toHaveLength(10);
    expect(found.some((row) => row.includes('role_type_code="XLC"'))).toBe(true);
    expect(found.some((row) => row.includes('role_type_code="PH"'))).toBe(true);
    expect(found.some((row) => !/role_type_code="(XLC|PH)"/.test(row))).toBe(true);
    expect(found.some((row) => !row.includes('role_type_code'))).toBe(true);
  });

  it('has 34 headers over 36 cells on the outgoing list', async () => {
    const { ioffice } = await start();
    const html = await (await fetch(`${ioffice.url}/qlvbdh/main?lang=vi&CBAkTA9f5o=m2796`)).text();
    const row = /<tr id="vbdi_900".*?<\/tr>/s.exec(html)![0];
    expect([html.match(/<th>/g)!.length, row.match(/<td[ >]/g)!.length]).toEqual([34, 36]);
  });
});

describe('options', () => {
  it('plants marked personal data in cells, titles, messages and query strings', async () => {
    const secrets = ['MẬT-TÊN-7731', '099007731007', '0900773100'];
    const { igate2, td, ioffice } = await start({ secrets });
    const list = await get<{ content: { href: string; title: string }[] }>(
      igate2,
      '/pa/dossier/search?list=search&page=0',
    );
    for (const secret of secrets) {
      expect(JSON.stringify(list)).toContain(secret);
      expect(
        list.content.some((row) =>
          new URLSearchParams(row.href.split('?')[1])
            .toString()
            .includes(new URLSearchParams({ a: secret }).toString().slice(2)),
        ),
      ).toBe(true);
    }
    const answer = await post(igate2, `/pa/dossier/${igate2.dossiers[0]!.id}`, { label: 'Tiếp nhận' });
    expect(secrets).toContain(((await answer.json()) as { title: string }).title);
    const rows = await get<Cells>(td, `/api/hoso?path=/dvc/tra-ket-qua/da-tra&page=1`);
    const modal = await get<{ title: string }>(td, `/api/hoso/${td.dossiers[0]!.key}`);
    const page = await (await fetch(`${ioffice.url}/qlvbdh/main?lang=vi`)).text();
    for (const text of [JSON.stringify(rows), modal.title, page]) {
      expect(secrets.some((secret) => text.includes(secret))).toBe(true);
    }
  });

  it('renames one header or class on purpose', async () => {
    const { igate2, td, ioffice } = await start({
      breakLocator: ['igate2:code-class', 'igate2:due-header', 'td:due-line', 'ioffice:role-attribute'],
    });
    const list = await get<{ columns: { name: string; header: string }[] }>(
      igate2,
      '/pa/dossier/search?list=search&page=0',
    );
    expect(list.columns.map((one) => one.name)).not.toContain('code');
    expect(list.columns.map((one) => one.header)).not.toContain('Ngày hẹn trả');
    const rows = await get<Cells>(td, '/api/hoso?path=/dvc/tra-ket-qua/da-tra&page=1');
    expect(JSON.stringify(rows)).not.toContain('hẹn trả: ');
    const page = await (await fetch(`${ioffice.url}/qlvbdh/main?lang=vi`)).text();
    expect(page).not.toContain('role_type_code');
  });

  it('repeats itself for one seed and holds enough made-up records', async () => {
    const codes = (all: Portals) => [...all.igate2.dossiers, ...all.td.dossiers].map((one) => one.code);
    const first = codes(await start({ seed: 7 }));
    await portals!.close();
    const again = await start({ seed: 7 });
    expect(codes(again)).toEqual(first);
    expect(new Set(first).size).toBeGreaterThanOrEqual(70);
    expect(first.length).toBeGreaterThan(new Set(first).size);
    expect(again.ioffice.documents.length).toBeGreaterThanOrEqual(25);
  });
});
