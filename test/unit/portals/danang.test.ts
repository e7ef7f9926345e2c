/** The practice Đà Nẵng eGov: what it prints is what it logs, and only what the server took is an action. */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { system } from '../../browser/day/danang.ts';
import { printed } from '../../portals/calendar.ts';
import { type DanangPortal, startDanang } from '../../portals/danang.ts';
import { addressOf, PATHS } from '../../portals/danang-pages.ts';
import { type DanangDossier, TABS } from '../../portals/danang-records.ts';
import type { LogEntry, PortalOptions, Shown } from '../../portals/types.ts';

let portal: DanangPortal | null = null;
afterEach(async () => {
  await portal?.close();
  portal = null;
});

async function start(options: Partial<PortalOptions> = {}): Promise<DanangPortal> {
  portal = await startDanang(options);
  return portal;
}

async function open(path: string) {
  const html = await (await fetch(portal!.url + path)).text();
  const { document } = new Window();
  document.write(html.replace(/<script type="module".*?<\/script>/s, ''));
  const { render } = JSON.parse(document.getElementById('settings')!.textContent) as { render: string };
  return { html, document, render };
}

const post = (label: string, ids: readonly number[], list: 'desk' | 'officer' = 'desk') =>
  fetch(portal!.url + PATHS[list], { method: 'POST', body: JSON.stringify({ label, ids }) }).then(
    (answer) => answer.json() as Promise<{ ok: boolean }>,
  );
const paint = (render: string, count: number) =>
  fetch(`${portal!.url}/__painted`, {
    method: 'POST',
    body: JSON.stringify({ render, at: Date.now(), rows: Array.from({ length: count }, (_, at) => at) }),
  });
const actions = () => portal!.log().filter((one) => one.kind === 'action');
const find = (is: (one: DanangDossier) => boolean) => portal!.dossiers.find(is)!;

const STATUS: Readonly<Record<string, Shown['status']>> = {
  'Trả kết quả trực tiếp': 9,
  'Xem ý kiến từ chối': 3,
  'Xem thông tin trả kết quả': 10,
  'Chuyển phòng chuyên môn': 2,
};
const DRESSED = { areHeadersRenamed: true, areColumnsShuffled: true, areClassesRebuilt: true };

describe('the two lists', () => {
  it.each([
    ['plain', 3, {}],
    ['dressed', 3, DRESSED],
    ['dressed otherwise', 8, DRESSED],
  ])('print what they log: %s', async (_, seed, dress) => {
    await start({ seed, dossiers: 60, ...dress });
    let seen = 0;
    for (const list of ['desk', 'officer'] as const) {
      for (const tab of TABS) {
        const { document, render } = await open(addressOf({ list, tab, page: 1 }));
        const table = document.querySelector(list === 'desk' ? '.hoso-grid' : '#profileListId')!;
        const heads = [...table.querySelectorAll('th')].map((head) => head.textContent.trim());
        const rows = [...table.querySelectorAll('tbody tr')];
        await paint(render, rows.length);
        const entry = portal!.log().at(-1)! as Extract<LogEntry, { kind: 'rendered' }>;
        for (const [at, shown] of entry.dossiers.entries()) {
          seen += 1;
          const cells = [...rows[at]!.querySelectorAll('td')];
          expect(cells).toHaveLength(heads.length);
          const dueAt = heads.findIndex((head) => /^(Ngày h|H)ẹn trả|Hạn trả/.test(head));
          const codeAt = heads.findIndex((head) => /biên nhận|hồ sơ$/.test(head) && /^(Mã|Số)/.test(head));
          expect(cells[codeAt]!.textContent).toBe(shown.code);
          expect(cells[dueAt]!.textContent).toBe(printed(shown.due ?? null));
          const isGreen = cells[codeAt]!.innerHTML.includes('#009900');
          expect(shown.channel).toBe(isGreen ? 'online' : undefined);
          const icons = [...rows[at]!.querySelectorAll('.egov-icon')].map(
            (icon) => icon.getAttribute('title')!,
          );
          expect(shown.status).toBe(icons.map((title) => STATUS[title]).find(Boolean));
          expect(shown.received).toBeUndefined();
        }
      }
    }
    expect(seen).toBeGreaterThan(30);
  });

  it('log nothing before the page says that its rows stand', async () => {
    await start();
    const { render } = await open(PATHS.desk);
    expect(portal!.log()).toEqual([]);
    await paint(render, 3);
    const [entry] = portal!.log();
    expect(entry).toMatchObject({ kind: 'rendered', view: 'danang:desk' });
    expect((entry as Extract<LogEntry, { kind: 'rendered' }>).dossiers).toHaveLength(3);
  });

  it('hold every dossier in one place of the desk, and a colleague’s under the colleague', async () => {
    await start({ dossiers: 90 });
    for (const one of portal!.dossiers) {
      const answer = await fetch(portal!.url + addressOf(portal!.whereIs(one, 'desk')!));
      expect(await answer.text()).toContain(`>${one.code}</a>`);
    }
    const other = find(({ status, officer }) => status === 4 && officer !== 'Lê Mẫu Hòa');
    const place = portal!.whereIs(other, 'officer')!;
    expect((await open(addressOf(place))).html).toContain(other.code);
    expect((await open(addressOf({ ...place, officer: '0' }))).html).not.toContain(other.code);
    const detail = await open(addressOf({ ...place, dossier: other.id }));
    const buttons = [...detail.document.querySelectorAll('.egov-buttons input')].map((one) =>
      one.getAttribute('value'),
    );
    expect(buttons).toEqual(['Xem tiến trình xử lý', 'Quay lại']);
  });

  it('carry another generated name after a rebuild, and the planted secrets', async () => {
    const names = new Set<string>();
    for (const seed of [1, 2, 3]) {
      await start({ seed, areClassesRebuilt: true, secrets: ['BÍMẬT-1', 'BÍMẬT-2'] });
      const { html } = await open(addressOf({ list: 'desk', tab: 'dangxuly', page: 1 }));
      names.add(/INSTANCE_(\w+?)_"/.exec(html)![1]!);
      expect(html).toContain('BÍMẬT-1');
      expect(JSON.stringify(portal!.log())).not.toContain('BÍMẬT');
      await portal!.close();
    }
    expect(names.size).toBe(3);
  });
});

describe('work', () => {
  it('is an action once the server took it, for the person on duty, and a repeat never', async () => {
    await start();
    portal!.setDuty('An');
    const one = find(({ status, isTroubled }) => status === 1 && !isTroubled);
    expect(await post('Tiếp nhận', [one.id])).toEqual({ ok: true });
    expect(await post('Tiếp nhận', [one.id])).toEqual({ ok: false });
    expect(actions()).toMatchObject([{ action: 'receive', n: 1, codes: [one.code], person: 'An' }]);
    expect(portal!.whereIs(one, 'desk')!.tab).toBe('moi');
  });

  it('fails as a whole for a batch with one that cannot go', async () => {
    await start();
    const good = portal!.dossiers.filter(({ status, isTroubled }) => status === 2 && !isTroubled).slice(0, 3);
    const bad = find(({ status, isTroubled }) => status === 2 && isTroubled);
    expect(
      await post(
        'Chuyển hồ sơ',
        [...good, bad].map(({ id }) => id),
      ),
    ).toEqual({ ok: false });
    expect(actions()).toEqual([]);
    expect(
      await post(
        'Chuyển hồ sơ',
        good.map(({ id }) => id),
      ),
    ).toEqual({ ok: true });
    expect(actions()).toMatchObject([{ action: 'forward', n: 3 }]);
  });

  it.each([
    ['Từ chối', 'desk', 1],
    ['Rút hồ sơ', 'desk', 2],
    ['Dừng xử lý', 'officer', 4],
    ['Lưu tài liệu', 'officer', 4],
  ] as const)('%s succeeds and is no counted action', async (label, list, status) => {
    await start();
    const one = find((each) => each.status === status && !each.isTroubled);
    expect(await post(label, [one.id], list)).toEqual({ ok: true });
    expect(portal!.log()).toMatchObject([{ kind: 'notWork', what: `done:${label}`, codes: [one.code] }]);
  });

  it('collects a fee once', async () => {
    await start();
    const one = find(
      ({ status, fee, isPaid, isTroubled }) => status === 9 && fee > 0 && !isPaid && !isTroubled,
    );
    expect(await post('Thu tiền', [one.id])).toEqual({ ok: true });
    expect(await post('Thu tiền', [one.id])).toEqual({ ok: false });
    expect(actions()).toMatchObject([{ action: 'collectFee' }]);
  });
});

describe('the report', () => {
  it('prints the totals it logs, under a head of two levels, and no sum as a unit', async () => {
    await start();
    const { document, render } = await open(`${PATHS.report}?kyBaoCao=quy&so=3&nam=2026`);
    await paint(render, 1);
    const entry = portal!.log().find((one) => one.kind === 'totals')!;
    const rows = [...document.querySelectorAll('.report-table tbody tr:not(.total)')];
    expect(entry.totals).toHaveLength(rows.length);
    expect(document.querySelector('.egov-period')!.textContent).toBe(
      'Từ ngày 01/07/2026 đến ngày 30/09/2026',
    );
    for (const [at, { unit, from, to, figures }] of entry.totals.entries()) {
      expect([from, to]).toEqual(['2026-07-01', '2026-09-30']);
      const cells = [...rows[at]!.querySelectorAll('td')].map((cell) => cell.textContent.replaceAll('.', ''));
      expect(cells).toHaveLength(15);
      expect(cells[1]).toBe(unit);
      const number = (name: string) => figures[name]!;
      expect(cells.slice(3, 14).map(Number)).toEqual(
        [
          'received',
          'carriedOver',
          'finished',
          'finishedEarly',
          'finishedOnTime',
          'finishedLate',
          'pending',
          'pendingInTime',
          'pendingOverdue',
          'withdrawn',
          'refused',
        ].map(number),
      );
      expect(number('finishedEarly') + number('finishedOnTime') + number('finishedLate')).toBe(
        number('finished'),
      );
      expect(number('pendingInTime') + number('pendingOverdue')).toBe(number('pending'));
    }
  });

  it('says so when there are no data, and logs no totals', async () => {
    await start();
    const { html, render } = await open(`${PATHS.report}?kyBaoCao=nam&nam=2024`);
    await paint(render, 1);
    expect(html).toContain('KHÔNG TÌM THẤY DỮ LIỆU TRONG HỆ THỐNG');
    expect(portal!.log().some(({ kind }) => kind === 'totals')).toBe(false);
  });
});

it('a day holds the wanted actions and non-events', async () => {
  const variant = {
    name: 'plain',
    seed: 5,
    latencyMs: 0,
    isLatencyMixed: false,
    mode: 'xhr',
    dossiers: 520,
  } as const;
  const started = await system.start({
    ...variant,
    areHeadersRenamed: false,
    areColumnsShuffled: false,
    areClassesRebuilt: false,
  });
  try {
    const steps = started.steps({ actions: 150, nonEvents: 100 });
    const count = (kind: string) => steps.filter((step) => step.kind === kind).length;
    expect(count('action')).toBeGreaterThanOrEqual(150);
    expect(count('nonEvent')).toBeGreaterThanOrEqual(100);
    expect(count('view')).toBeGreaterThanOrEqual(56);
  } finally {
    await started.close();
  }
});
