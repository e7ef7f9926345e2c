// @vitest-environment happy-dom
/** The import page over a real reading: what a person sees before anything is written, and what is asked of them. */
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it } from 'vitest';
import { ExportImport } from '../../../components/dashboard/ExportImport.tsx';
import type {
  ExportContext,
  ExportDoor,
  ExportRead,
  ExportWritten,
} from '../../../components/dashboard/export-model.ts';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import { type FromReader, makeReader, type ToReader } from '../../../lib/extension/export-reader.ts';
import { csv, workbook } from '../reports/export-files.ts';

const HEAD = [
  'STT',
  'Mã hồ sơ',
  'Chủ hồ sơ',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Trạng thái',
  'Cơ quan thực hiện',
];
const row = (n: number, received = '05/12/2025') => [
  n,
  `H41.17.3-251205-${String(n).padStart(4, '0')}`,
  'Người Bịa',
  received,
  '15/12/2025',
  'Đang xử lý',
  'UBND xã Mẫu',
];
const SYSTEMS = ['igate2', 'td-antd'].map((id) => ({
  system: `sys-${id}`,
  name: `Hệ thống ${id}`,
  agency: null,
  pack: BUNDLED_PACKS.find((one) => one.id === id)!,
}));
const READY: ExportContext = { state: 'ready', unit: 'Xã Mẫu', systems: SYSTEMS };

let root: HTMLElement;
let writes: unknown[];
afterEach(() => {
  render(null, root);
  root.remove();
});

/** The door without its worker thread: the same reading, in this thread; writing is what the test looks at. */
function doorOf(
  context: ExportContext | null,
  outcome: ExportWritten,
  handed: File | null = null,
): ExportDoor {
  return {
    context: async () => context,
    handed: async () => handed,
    openSetUp: () => undefined,
    open(file) {
      const answers: FromReader[] = [];
      const put = makeReader((message) => void answers.push(message));
      const ask = async (question: ToReader): Promise<ExportRead> => {
        await put(question);
        const answer = answers.splice(0).findLast((one) => one.kind !== 'progress')!;
        if (answer.kind === 'refused') return { ok: false, code: answer.code, row: answer.row };
        if (answer.kind !== 'read') throw new Error(answer.kind);
        return { ok: true, system: answer.system, isSure: answer.isSure, summary: answer.summary };
      };
      const now = Date.parse('2026-01-10T03:00:00Z');
      return {
        result: ask({ kind: 'open', file, changed: file.lastModified, systems: SYSTEMS, now }),
        as: (system) => ask({ kind: 'as', system }),
        async write(choices) {
          writes.push([...choices]);
          return outcome;
        },
        saveReport: async () => undefined,
        close: () => undefined,
      };
    },
  };
}

async function show(door: ExportDoor) {
  writes = [];
  root = document.body.appendChild(document.createElement('div'));
  await act(() => render(<ExportImport door={door} language="vi" />, root));
  await until(() => root.querySelector('[role="status"].n-skeleton') === null);
}
async function until(holds: () => boolean) {
  for (let turn = 0; turn < 400 && !holds(); turn += 1)
    await act(() => new Promise((go) => setTimeout(go, 5)));
  expect(holds()).toBe(true);
}
const file = (bytes: Uint8Array, name = 'ds.xlsx') =>
  new File([bytes as Uint8Array<ArrayBuffer>], name, { lastModified: Date.parse('2026-01-09T03:00:00Z') });
async function drop(one: File) {
  const zone = root.querySelector('[data-drop="export"]')!;
  const event = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), {
    dataTransfer: { files: [one] },
  });
  await act(() => void zone.dispatchEvent(event));
  await until(() => !['drop', 'reading'].includes(root.querySelector('section')!.dataset.export!));
}
const text = () => root.textContent ?? '';
const button = (action: string) => root.querySelector<HTMLButtonElement>(`[data-action="${action}"]`);
const click = (action: string) => act(() => button(action)!.click());
const DONE: ExportWritten = { ok: true, written: 2, known: 1, next: 'hub' };

it('shows system, columns, counts, masked rows, the span and the faults before writing; then what was written', async () => {
  await show(doorOf(READY, DONE));
  await drop(file(await workbook([['DANH SÁCH'], HEAD, row(1), row(2, '31/02/2025'), row(3)])));
  expect(root.querySelector<HTMLSelectElement>('[name="export-system"]')!.value).toBe('0');
  expect(root.querySelector('[data-count="read"]')!.textContent).toContain('3');
  expect(root.querySelector('[data-count="issues"]')!.textContent).toContain('1');
  expect(root.querySelector('[data-export="covered"]')!.textContent).toContain('05/12/2025');
  expect(
    [...root.querySelectorAll('[data-read-as]')].map((one) => (one as HTMLElement).dataset.readAs),
  ).toEqual(['code', 'received', 'due', 'status', 'agency']);
  expect(root.querySelector('[data-export="faults"]')!.textContent).toMatch(
    /Ngày tiếp nhận.*không phải ngày có thật.*4/,
  );
  expect(text()).toContain('H41.17.3-251205-••••');
  expect(text()).not.toContain('H41.17.3-251205-0001');
  expect(text()).not.toContain('Người Bịa');
  expect(writes).toEqual([]);
  await click('write-export');
  await until(() => root.querySelector('[data-banner="export-written"]') !== null);
  expect(writes).toEqual([[]]);
  expect(text()).toContain('Đã ghi 2 mục mới');
  await click('another-export');
  expect(root.querySelector('[data-drop="export"]')).not.toBeNull();
});

it('asks for the period and the unit that a statistics table does not print, and does not write before', async () => {
  await show(doorOf(READY, DONE));
  const table = [
    ['TT', 'Lĩnh vực', 'Đã giải quyết', '', '', ''],
    ['', '', 'Tổng số', 'Trước hạn', 'Đúng hạn', 'Quá hạn'],
    ['', 'Tổng số', '6', '1', '2', '3'],
  ];
  await drop(file(csv(table), 'tk.csv'));
  expect(button('write-export')!.disabled).toBe(true);
  expect(root.querySelector<HTMLSelectElement>('[name="export-system"]')!.value).toBe('');
  const choose = root.querySelector<HTMLSelectElement>('[name="export-system"]')!;
  const enter = (name: string, value: string) => {
    const input = root.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
    input.value = value;
    return act(() => void input.dispatchEvent(new Event('input', { bubbles: true })));
  };
  await enter('export-from', '2025-12-15');
  await enter('export-to', '2025-06-14');
  expect(button('write-export')!.disabled).toBe(true);
  await enter('export-from', '2024-12-15');
  expect(button('write-export')!.disabled).toBe(true);
  await act(() => root.querySelector<HTMLInputElement>('[name="export-own-unit"]')!.click());
  expect(button('write-export')!.disabled).toBe(true);
  choose.value = '0';
  await act(() => void choose.dispatchEvent(new Event('change', { bubbles: true })));
  await until(() => !choose.disabled);
  expect(button('write-export')!.disabled).toBe(false);
  await click('write-export');
  await until(() => writes.length === 1);
  expect(writes).toEqual([[[0, { from: '2024-12-15', to: '2025-06-14', unit: null }]]]);
});

it('says why a file is not read and what to do; another system reads it anew', async () => {
  await show(doorOf(READY, DONE));
  await drop(file(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]), 'cu.xls'));
  expect(root.querySelector('[data-refused="xls"]')!.textContent).toContain('xuất lại dạng .xlsx hoặc .csv');
  await click('another-export');
  await drop(
    file(
      await workbook([
        ['A', 'B'],
        ['x', 'y'],
      ]),
    ),
  );
  expect(root.querySelector('[data-banner="export-unknown"]')).not.toBeNull();
  expect(button('write-export')!.disabled).toBe(true);
  const select = root.querySelector<HTMLSelectElement>('[name="export-system"]')!;
  select.value = '1';
  await act(() => void select.dispatchEvent(new Event('change', { bubbles: true })));
  await until(() => text().includes(SYSTEMS[1]!.pack.name));
});

it('says what is missing first, and takes a file that the popup hands over', async () => {
  await show(doorOf({ ...READY, state: 'notActivated' }, DONE));
  expect(root.querySelector('[data-banner="export-needs-activation"]')!.textContent).toContain('.nmc-unit');
  expect(root.querySelector('[data-drop]')).toBeNull();
  render(null, root);
  await show(doorOf({ ...READY, systems: [] }, DONE));
  expect(root.querySelector('[data-banner="export-needs-system"]')).not.toBeNull();
  render(null, root);
  await show(
    doorOf(
      READY,
      { ok: false, code: 'storageBroken', written: 1 },
      file(csv([HEAD, row(1).map(String)]), 'a.csv'),
    ),
  );
  await until(() => button('write-export') !== null);
  await click('write-export');
  await until(() => root.querySelector('[data-banner="export-failed"]') !== null);
  expect(text()).toContain('không bị ghi hai lần');
});
