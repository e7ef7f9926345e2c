/** The practice national portal in both builds: look-ups are printed as logged and are no work, filings count once taken. */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { system } from '../../browser/day/dvcqg.ts';
import { printed } from '../../portals/calendar.ts';
import { type DvcqgPortal, startDvcqg } from '../../portals/dvcqg.ts';
import { PATH, paymentAddress } from '../../portals/dvcqg-pages.ts';
import type { LogEntry, PortalOptions } from '../../portals/types.ts';

let portal: DvcqgPortal | null = null;
afterEach(async () => {
  await portal?.close();
  portal = null;
});

async function start(options: Partial<PortalOptions> = {}): Promise<DvcqgPortal> {
  portal = await startDvcqg(options);
  return portal;
}

interface Table {
  readonly render: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly pages: number;
}

const rest = async <T>(asked: Readonly<Record<string, string>>): Promise<T> => {
  const params = JSON.stringify({ type: 'ref', provider: 'dvcquocgia', ...asked });
  const answer = await fetch(`${portal!.url}/jsp/rest.jsp`, {
    method: 'POST',
    body: new URLSearchParams({ params }),
  });
  return (await answer.json()) as T;
};

/** One page of a look-up, by whichever way this build has. */
async function lookUp(text: string, page: number): Promise<Table> {
  if (portal!.build === 'react') {
    const found = await rest<Table>({ service: 'tra_cuu_ho_so_service', ma: text, trang: String(page) });
    return { ...found, rows: found.rows.map((row) => row.map((cell) => cell ?? 'Xem')) };
  }
  const html = await (await fetch(`${portal!.url}${PATH.lookup}?ma_ho_so=${text}&trang=${page}`)).text();
  const { document } = new Window();
  document.write(html.replace(/<script type="module".*?<\/script>/s, ''));
  const { render } = JSON.parse(document.getElementById('settings')!.textContent) as { render: string };
  return {
    render,
    heads: [...document.querySelectorAll('#tblHoSo th')].map((head) => head.textContent),
    rows: [...document.querySelectorAll('#tblHoSo tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent),
    ),
    pages: document.querySelectorAll('.page-link').length,
  };
}

const paint = (render: string, count: number) =>
  fetch(`${portal!.url}/__painted`, {
    method: 'POST',
    body: JSON.stringify({ render, at: Date.now(), rows: Array.from({ length: count }, (_, at) => at) }),
  });
const actions = () => portal!.log().filter(({ kind }) => kind === 'action');

describe.each(['reload', 'xhr'] as const)('look-up by %s', (mode) => {
  it.each([false, true])('prints what it logs, dressed: %s', async (isDressed) => {
    await start({
      mode,
      dossiers: 45,
      seed: 4,
      areHeadersRenamed: isDressed,
      areColumnsShuffled: isDressed,
    });
    const seen = new Set<string>();
    for (const text of ['H99', 'G22', 'H41']) {
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const table = await lookUp(text, page);
        pages = table.pages;
        await paint(table.render, table.rows.length);
        const entry = portal!.log().findLast((one) => one.kind === 'rendered')!;
        const at = (names: RegExp) => table.heads.findIndex((head) => names.test(head));
        for (const [index, shown] of entry.dossiers.entries()) {
          seen.add(shown.code);
          const cells = table.rows[index]!;
          expect(cells[at(/^(Mã|Số|Mã số) hồ sơ/)]).toBe(shown.code);
          expect(cells[at(/ẹn trả|Hạn trả/)]).toBe(printed(shown.due!));
          expect(cells[at(/Ngày (tiếp )?nhận/)]).toBe(printed(shown.received ?? null));
          const truth = portal!.dossiers.find(({ code }) => code === shown.code)!;
          expect(shown.status).toBe(truth.status);
          if (!isDressed && truth.status === 10) expect(cells[at(/Tình trạng/)]).toBe('Đã trả kết quả');
        }
      }
    }
    expect(seen.size).toBe(45);
    expect(actions()).toEqual([]);
  });

  it('says when nothing is found', async () => {
    await start({ mode });
    const { render } = await lookUp('H77', 1);
    await paint(render, 1);
    expect(portal!.log().at(-1)).toMatchObject({ kind: 'rendered', dossiers: [] });
  });
});

describe('filing in the JSP build', () => {
  const good = () => portal!.procedures.find(({ fails }) => !fails)!;
  const ask = async (path: string, form?: Readonly<Record<string, string>>) => {
    const answer = await fetch(
      path.startsWith('http') ? path : portal!.url + path,
      form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) },
    );
    return { url: answer.url, html: await answer.text() };
  };
  const toLast = async (ma: string) => {
    let here = await ask(`${PATH.filing}?ma=${ma}`);
    for (let at = 1; at < 3; at += 1) here = await ask(here.url, { chuHoSo: 'An' });
    return here;
  };

  it('counts when the last step was taken, once, whatever is loaded again', async () => {
    await start({ mode: 'reload' });
    const last = await toLast(good().code);
    expect(last.html).toContain('id="next">Nộp hồ sơ');
    expect(actions()).toEqual([]);
    const result = await ask(last.url, {});
    expect(result.html).toContain('<h3>Nộp hồ sơ thành công</h3>');
    await ask(result.url);
    expect((await ask(last.url, {})).html).toContain('Hồ sơ này đã được nộp');
    expect(actions()).toMatchObject([{ action: 'assistFiling', n: 1 }]);
  });

  it('does not count a missing name, a jump to the result, or a refusal', async () => {
    await start({ mode: 'reload' });
    const first = await ask(`${PATH.filing}?ma=${good().code}`);
    expect((await ask(first.url, { chuHoSo: '' })).html).toContain('Vui lòng nhập chủ hồ sơ');
    expect((await ask(first.url.replace('buoc=1', 'buoc=4'))).url).toMatch(/buoc=1$/);
    const refused = await ask((await toLast(portal!.procedures.find(({ fails }) => fails)!.code)).url, {});
    expect(refused.html).toContain('Nộp hồ sơ không thành công');
    expect(actions()).toEqual([]);
  });
});

describe('filing in the newer build', () => {
  it('keeps all panels in the document, three hidden, and counts what the gateway took', async () => {
    await start({ mode: 'xhr' });
    const good = portal!.procedures.find(({ fails }) => !fails)!;
    const html = await (await fetch(`${portal!.url}${PATH.filing}?ma=${good.code}`)).text();
    expect(html.match(/step-panel /g)).toHaveLength(4);
    expect(html.match(/display:none/g)).toHaveLength(3);
    const service = 'nop_ho_so_service';
    expect(await rest({ service, ma: good.code, chuHoSo: '' })).toEqual({ error: 'Vui lòng nhập chủ hồ sơ' });
    const bad = portal!.procedures.find(({ fails }) => fails)!;
    expect(await rest({ service, ma: bad.code, chuHoSo: 'An' })).toHaveProperty('error');
    expect(actions()).toEqual([]);
    expect(await rest<{ html: string }>({ service, ma: good.code, chuHoSo: 'An' })).toMatchObject({
      html: expect.stringContaining('Hồ sơ đang chờ tiếp nhận'),
    });
    expect(actions()).toHaveLength(1);
  });
});

it('payment and log-in carry a dossier code in their address and are nobody’s work', async () => {
  await start();
  const code = portal!.dossiers[0]!.code;
  const address = paymentAddress(code, 15_000);
  expect(decodeURIComponent(address)).toContain(`ma+ho+so+${code}`);
  for (const path of [address, `${PATH.login}?ma_ho_so=${code}`]) {
    expect(await (await fetch(portal!.url + path)).text()).toContain(code);
  }
  expect(portal!.log().map((one: LogEntry) => one.kind)).toEqual(['notWork', 'notWork']);
});

it('a day shows a page for every ten dossiers and holds the wanted filings', async () => {
  const started = await system.start({
    name: 'plain',
    seed: 5,
    latencyMs: 0,
    isLatencyMixed: false,
    mode: 'xhr',
    dossiers: 520,
    areHeadersRenamed: false,
    areColumnsShuffled: false,
    areClassesRebuilt: false,
  });
  try {
    const steps = started.steps({ actions: 150, nonEvents: 100 });
    const count = (kind: string) => steps.filter((step) => step.kind === kind).length;
    expect(count('action')).toBeGreaterThanOrEqual(150);
    expect(count('nonEvent')).toBeGreaterThanOrEqual(100);
    expect(count('view')).toBeGreaterThanOrEqual(52);
  } finally {
    await started.close();
  }
});
