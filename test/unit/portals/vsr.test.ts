/** The practice reporting system: states and deadlines printed as logged; grids whose head, rows and sums fit together. */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { system } from '../../browser/day/vsr.ts';
import { printed } from '../../portals/calendar.ts';
import type { LogEntry, PortalOptions } from '../../portals/types.ts';
import { PATH, STATE_TEXT, startVsr, type VsrPortal, type VsrReport } from '../../portals/vsr.ts';
import { FORMS, leavesOf } from '../../portals/vsr-forms.ts';

let portal: VsrPortal | null = null;
afterEach(async () => {
  await portal?.close();
  portal = null;
});

async function start(options: Partial<PortalOptions> = {}): Promise<VsrPortal> {
  portal = await startVsr(options);
  return portal;
}

async function open(path: string) {
  const html = await (await fetch(portal!.url + path)).text();
  const { document } = new Window();
  document.write(html.replace(/<script type="module".*?<\/script>/s, ''));
  const { render } = JSON.parse(document.getElementById('settings')!.textContent) as { render: string };
  return { document, render };
}
const paint = (render: string) =>
  fetch(`${portal!.url}/__painted`, {
    method: 'POST',
    body: JSON.stringify({ render, at: Date.now(), rows: [0] }),
  });
const work = async (one: VsrReport, what: 'luu' | 'gui', values: Readonly<Record<string, string>> = {}) =>
  (
    await fetch(`${portal!.url}${PATH.form}?objId=${one.id}`, {
      method: 'POST',
      body: JSON.stringify({ what, values }),
    })
  ).status;

describe('the list', () => {
  it.each([false, true])('prints what it logs, dressed: %s', async (isDressed) => {
    await start({ dossiers: 34, seed: 6, areHeadersRenamed: isDressed, areColumnsShuffled: isDressed });
    const seen = new Set<string>();
    for (let page = 1; page <= 4; page += 1) {
      const { document, render } = await open(`${PATH.list}?trang=${page}`);
      await paint(render);
      const entry = portal!
        .log()
        .find((one, at) => one.kind === 'reports' && at >= 2 * (page - 1)) as Extract<
        LogEntry,
        { kind: 'reports' }
      >;
      const heads = [...document.querySelectorAll('th')].map((head) => head.textContent);
      const rows = [...document.querySelectorAll('#ketQua tbody tr')];
      expect(entry.reports).toHaveLength(rows.length);
      for (const [at, shown] of entry.reports.entries()) {
        const cells = [...rows[at]!.querySelectorAll('td')].map((cell) => cell.textContent);
        const cell = (names: RegExp) => cells[heads.findIndex((head) => names.test(head))];
        seen.add(shown.code);
        expect(cell(/Mã báo cáo/)).toBe(shown.code);
        expect(cell(/Tên báo cáo/)).toBe(shown.name);
        expect(cell(/Hạn gửi/)).toBe(printed(shown.due));
        expect(cell(/Trạng thái|Tình trạng/)).toBe(STATE_TEXT[shown.state]);
      }
    }
    expect(seen.size).toBe(34);
    expect(portal!.reports.some(({ due }) => due === null)).toBe(true);
  });

  it('shows a report as sent only once the server took it', async () => {
    await start();
    const good = portal!.reports.find(({ state, isTroubled }) => state === 'drafting' && !isTroubled)!;
    const bad = portal!.reports.find(({ state, isTroubled }) => state === 'drafting' && isTroubled)!;
    expect(await work(bad, 'gui')).toBe(409);
    expect(await work(good, 'luu')).toBe(200);
    expect(good.state).toBe('drafting');
    expect(await work(good, 'gui')).toBe(200);
    expect([good.state, bad.state]).toEqual(['sent', 'drafting']);
    expect(await work(good, 'luu')).toBe(409);
    expect(portal!.log().every(({ kind }) => kind === 'notWork')).toBe(true);
  });
});

describe('a form', () => {
  it('has a cell under every leaf of its head, inputs where typing is meant, sums of what stands below', async () => {
    await start({ dossiers: 60 });
    for (const form of FORMS) {
      const report = portal!.reports.find((one) => one.form === form && one.state === 'drafting')!;
      const { document } = await open(`${PATH.form}?objId=${report.id}`);
      const fixed = form.hasCodes ? 4 : 3;
      const width = fixed + leavesOf(form.columns).length;
      const head = [...document.querySelectorAll('.table-form thead tr:first-child th')];
      expect(head.reduce((sum, cell) => sum + Number(cell.getAttribute('colspan') ?? '1'), 0)).toBe(width);
      for (const row of form.rows) {
        const line = document.querySelector(`tr[data-ind="${row.code}"]`)!;
        expect(line.querySelectorAll('td')).toHaveLength(width);
        const inputs = [...line.querySelectorAll('input')];
        expect(inputs).toHaveLength(row.kind === 'heading' ? 0 : width - fixed);
        expect(inputs.every((input) => input.hasAttribute('readonly') === (row.kind !== 'entry'))).toBe(true);
      }
    }
    const first = portal!.reports.find((one) => one.form === FORMS[0] && one.state === 'drafting')!;
    const value = (row: string) => Number(first.values.get(`${row}|FN02`));
    expect(value('TC')).toBe(value('I.1') + value('I.2') + value('I.3'));
  });

  it('keeps what was typed and reckons its sums anew', async () => {
    await start({ dossiers: 60 });
    const one = portal!.reports.find(
      ({ form, state, isTroubled }) => form === FORMS[0] && state !== 'sent' && !isTroubled,
    )!;
    await work(one, 'luu', { 'I.1|FN02': '7', 'I.2|FN02': '5', 'TC|FN02': '999' });
    expect(one.values.get('TC|FN02')).toBe('12');
  });
});

it('a day shows a page for every ten reports and no action at all', async () => {
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
    expect([count('action'), count('view')]).toEqual([0, 52]);
    expect(count('nonEvent')).toBeGreaterThanOrEqual(100);
  } finally {
    await started.close();
  }
});
