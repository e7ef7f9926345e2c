/** The practice national portal's own script: a box for details in both builds, and everything else in the newer one. */
import { h, painted } from './dom.ts';

const settings = JSON.parse(document.getElementById('settings')!.textContent!) as {
  build: 'jsp' | 'react';
  render: string;
  page?: 'lookup' | 'filing';
  /** Generated class of the table. */
  names?: string;
  ma?: string;
  /** What the wizard draws. */
  content?: string;
};

interface Found {
  readonly render: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly page: number;
  readonly pages: number;
}

async function rest<T>(service: string, asked: Readonly<Record<string, string>>): Promise<T> {
  const params = JSON.stringify({ type: 'ref', provider: 'dvcquocgia', service, ...asked });
  const response = await fetch('/jsp/rest.jsp', { method: 'POST', body: new URLSearchParams({ params }) });
  return (await response.json()) as T;
}

function openBox(): void {
  const close = h('button', { type: 'button', class: 'btn-dong', onclick: () => box.remove() }, 'Đóng');
  const box: HTMLElement = h(
    'div',
    { class: 'modal', role: 'dialog' },
    h('h4', {}, 'Quá trình giải quyết'),
    h('p', {}, 'Tiếp nhận hồ sơ: thành công. Nộp hồ sơ thành công.'),
    close,
  );
  document.body.append(box);
}

function lookup(main: Element): void {
  const box = h('input', { type: 'text', 'data-e2e': 'input-ma-ho-so', id: 'maHoSo' }) as HTMLInputElement;
  const holder = h('div', { 'data-e2e': 'result' });
  const go = async (page: number) => {
    const found = await rest<Found>('tra_cuu_ho_so_service', { ma: box.value.trim(), trang: String(page) });
    const rows = found.rows.map((row) =>
      h(
        'tr',
        {},
        row.map((text) =>
          text === null
            ? h('td', {}, h('a', { class: 'xem-chi-tiet', title: 'Xem chi tiết', onclick: openBox }, 'Xem'))
            : h('td', {}, text),
        ),
      ),
    );
    const empty = h('tr', {}, h('td', { colspan: '8' }, 'Không tìm thấy hồ sơ phù hợp'));
    const links = Array.from({ length: found.pages }, (_, at) =>
      h(
        'button',
        {
          type: 'button',
          class: `page-link${at + 1 === found.page ? ' active' : ''}`,
          'data-page': String(at + 1),
          onclick: () => void go(at + 1),
        },
        String(at + 1),
      ),
    );
    holder.replaceChildren(
      h(
        'table',
        { class: `table ${settings.names}`, 'data-e2e': 'table-ho-so' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            found.heads.map((head) => h('th', {}, head)),
          ),
        ),
        h('tbody', {}, rows.length === 0 ? empty : rows),
      ),
      h('div', { class: 'pagination' }, links),
    );
    painted(found.render, rows);
  };
  const button = h(
    'button',
    { type: 'button', id: 'btnTraCuu', 'data-e2e': 'btn-search', onclick: () => void go(1) },
    'Tra cứu',
  );
  main.append(box, button, holder);
}

function filing(main: Element): void {
  main.innerHTML = settings.content!;
  const panels = [...document.querySelectorAll<HTMLElement>('.step-panel')];
  const steps = [...document.querySelectorAll('.step')];
  const show = (step: number) => {
    for (const [at, panel] of panels.entries()) panel.style.display = at + 1 === step ? '' : 'none';
    for (const [at, one] of steps.entries()) one.classList.toggle('active', at + 1 === step);
  };
  const owner = document.querySelector<HTMLInputElement>('[name="chuHoSo"]')!;
  const send = async (panel: HTMLElement) => {
    const error = panel.querySelector('.error')!;
    error.textContent = '';
    const reply = await rest<{ html?: string; error?: string }>('nop_ho_so_service', {
      ma: settings.ma!,
      chuHoSo: owner.value,
    });
    if (reply.html === undefined) error.textContent = reply.error ?? '';
    else {
      panels[3]!.innerHTML = reply.html;
      show(4);
    }
  };
  for (const [at, panel] of panels.entries()) {
    panel.querySelector('[data-e2e="btn-next"]')?.addEventListener('click', () => {
      if (at === 2) void send(panel);
      else if (at === 0 && owner.value.trim() === '') {
        panel.querySelector('.error')!.textContent = 'Vui lòng nhập chủ hồ sơ';
      } else show(at + 2);
    });
  }
}

if (settings.build === 'react') {
  if (settings.page === 'lookup') lookup(document.querySelector('main')!);
  if (settings.page === 'filing') filing(document.querySelector('main')!);
} else {
  for (const link of document.querySelectorAll('.xem-chi-tiet')) link.addEventListener('click', openBox);
  if (settings.render !== '') painted(settings.render, [...document.querySelectorAll('#tblHoSo tbody tr')]);
}
