/** The practice reporting system's own script: paging, formula rows while typing, saving and sending. */
import { ask, h, painted } from './dom.ts';

const settings = JSON.parse(document.getElementById('settings')!.textContent!) as {
  mode: 'reload' | 'xhr';
  render: string;
  id?: number;
  kinds?: readonly { readonly code: string; readonly kind: string; readonly parent: string }[];
};
const holder = document.getElementById('ketQua');

function stands(render: string): void {
  if (render !== '') painted(render, [...document.querySelectorAll('#ketQua tbody tr, .table-form')]);
}

async function goTo(href: string): Promise<void> {
  if (settings.mode === 'reload' || !holder) {
    location.href = href;
    return;
  }
  const { data } = await ask<{ render: string; html: string }>('GET', `${href}&ajax=1`);
  holder.innerHTML = data.html;
  stands(data.render);
}

function toast(text: string): void {
  const box = h('div', { class: 'toast', role: 'alert' }, text);
  document.body.append(box);
  setTimeout(() => box.remove(), 3000);
}

const cells = () => [...document.querySelectorAll<HTMLInputElement>('.cell-value')];

/** Sums of the rows below, column by column, as soon as a number is typed. */
function reckon(): void {
  for (const { code, kind, parent } of settings.kinds ?? []) {
    if (kind === 'entry' || kind === 'heading') continue;
    const above = code === 'TC' || kind === 'average' ? parent : code;
    const below = settings.kinds!.filter((one) => one.kind === 'entry' && one.parent === above);
    for (const cell of cells().filter(({ name }) => name.startsWith(`${code}|`))) {
      const column = cell.name.split('|')[1]!;
      const numbers = below.map((one) =>
        Number(cells().find(({ name }) => name === `${one.code}|${column}`)?.value ?? '0'),
      );
      const sum = numbers.reduce((total, number) => total + number, 0);
      cell.value = String(kind === 'average' ? Math.round(sum / Math.max(1, numbers.length)) : sum);
    }
  }
}

async function send(what: 'luu' | 'gui'): Promise<void> {
  if (what === 'gui' && !confirm('Bạn chắc chắn muốn gửi báo cáo?')) return;
  const values = Object.fromEntries(cells().map(({ name, value }) => [name, value]));
  const { ok, data } = await ask<{ message: string }>('POST', `${location.pathname}${location.search}`, {
    what,
    values,
  });
  if (ok && what === 'gui') location.href = '/vsr/bao-cao/danh-sach';
  else toast(data.message);
}

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('.page-link');
  if (!link) return;
  event.preventDefault();
  void goTo(link.getAttribute('href')!);
});
document.getElementById('frmLoc')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = new FormData(event.target as HTMLFormElement);
  const query = new URLSearchParams([...form].map(([name, value]) => [name, String(value)]));
  void goTo(`/vsr/bao-cao/danh-sach?${query}`);
});
document.addEventListener('input', (event) => {
  if ((event.target as Element).matches('.cell-value')) reckon();
});
document.getElementById('btnLuu')?.addEventListener('click', () => void send('luu'));
document.getElementById('btnGui')?.addEventListener('click', () => void send('gui'));
stands(settings.render);
