/** The practice eGov page's own script: native alert and confirm, busy dialogs, full page loads as success. */
import { ask, h, painted } from './dom.ts';

const settings = JSON.parse(document.getElementById('settings')!.textContent!) as {
  kind: 'desk' | 'officer' | 'detail' | 'report';
  render: string;
  mode: 'reload' | 'xhr';
  back: string;
  /** This build says something else while it works. */
  isReworded: boolean;
};
const list = document.getElementById('dsHoSo');

const ROWS: Readonly<Record<string, string>> = {
  desk: '.hoso-grid tbody tr',
  officer: '#profileListId tbody tr',
  detail: '.egov-detail',
  report: '.report-table tbody tr:not(.total)',
};

function stands(render: string): void {
  if (render !== '') painted(render, [...document.querySelectorAll(ROWS[settings.kind]!)]);
}

function busy(text: string): () => void {
  const dialog = h(
    'div',
    { class: 'ui-dialog ui-widget ui-widget-content', role: 'dialog' },
    h('div', { class: 'ui-dialog-content' }, text),
  );
  document.body.append(dialog);
  return () => dialog.remove();
}

/** Words of the busy dialog, and whether a text must stand in the box first. */
const WORK: Readonly<Record<string, { readonly busy: string; readonly needsText?: boolean }>> = {
  'Tiếp nhận': { busy: 'Đang tiếp nhận hồ sơ ...' },
  'Từ chối': { busy: 'Đang từ chối hồ sơ ...', needsText: true },
  'Chuyển hồ sơ': { busy: 'Đang chuyển hồ sơ ...' },
  'Rút hồ sơ': { busy: 'Đang rút hồ sơ ...' },
  'Trả kết quả': { busy: 'Đang trả kết quả ...' },
  'Thu tiền': { busy: 'Đang thu tiền ...' },
  'Luân chuyển': { busy: 'Đang chuyển hồ sơ ...' },
  'Lưu tài liệu': { busy: 'Đang lưu tài liệu ...' },
  'Dừng xử lý': { busy: 'Đang dừng xử lý hồ sơ ...', needsText: true },
  'Yêu cầu bổ sung': { busy: 'Đang gửi yêu cầu bổ sung ...', needsText: true },
};

async function work(label: string, ids: readonly number[]): Promise<void> {
  const rule = WORK[label]!;
  const text = document.querySelector<HTMLTextAreaElement>('#noiDungYKien')?.value ?? '';
  if (rule.needsText && text.trim() === '') {
    alert('Vui lòng nhập nội dung!');
    return;
  }
  const fee = document.querySelector<HTMLElement>('.egov-detail')?.dataset.fee ?? '';
  const what = label === 'Thu tiền' ? `thu ${fee} đồng` : label.toLowerCase();
  if (!confirm(`Bạn chắc chắn muốn ${what}?`)) return;
  const done = busy(settings.isReworded ? 'Vui lòng chờ ...' : rule.busy);
  const { data } = await ask<{ ok: boolean }>('POST', location.pathname, { label, ids });
  if (!data.ok) {
    done();
    alert('Có lỗi xảy ra trong quá trình xử lý!');
  } else if (label === 'Thu tiền' || label === 'Lưu tài liệu') location.reload();
  else location.href = settings.back;
}

/** Buttons of the detail that only look: a small box in the page. */
function look(label: string): void {
  document.querySelector('.egov-popup')?.remove();
  const close = h('input', { type: 'button', class: 'egov-button', value: 'Đóng' });
  const popup = h(
    'div',
    { class: 'egov-popup ui-dialog' },
    h('h4', {}, label.toUpperCase()),
    h('p', {}, 'Trả kết quả: thành công. Chuyển hồ sơ: thành công.'),
    close,
  );
  close.addEventListener('click', () => popup.remove());
  document.body.append(popup);
}

async function goTo(href: string): Promise<void> {
  if (settings.mode === 'reload' || !list) {
    location.href = href;
    return;
  }
  const { data } = await ask<{ render: string; html: string }>(
    'GET',
    href.replace('p_p_lifecycle=0', 'p_p_lifecycle=2'),
  );
  settings.back = href;
  list.innerHTML = data.html;
  stands(data.render);
}

function withParameter(name: string, value: string): string {
  const url = new URL(settings.back, location.origin);
  for (const key of [...url.searchParams.keys()]) if (key.endsWith('_cur')) url.searchParams.set(key, '1');
  url.searchParams.set(`_ipmslistportlet_WAR_cmonappportlet_${name}`, value);
  return url.pathname + url.search;
}

function press(button: HTMLInputElement): void {
  const label = button.value;
  const detail = document.querySelector<HTMLElement>('.egov-detail');
  if (label === 'Quay lại') location.href = settings.back;
  else if (detail && WORK[label]) void work(label, [Number(detail.dataset.hoso)]);
  else if (detail) look(label);
  else if (button.closest('.egov-toolbar')) {
    const ids = [...document.querySelectorAll('.chkHoso')]
      .filter((box) => (box as HTMLInputElement).checked)
      .map((box) => Number(box.getAttribute('idHoso')));
    if (ids.length === 0) alert('Vui lòng chọn hồ sơ!');
    else void work(label, ids);
  }
}

document.addEventListener('click', (event) => {
  const target = event.target as Element;
  const link = target.closest<HTMLAnchorElement>('.tab-link, .page-link');
  if (link) {
    event.preventDefault();
    void goTo(link.getAttribute('href')!);
    return;
  }
  const icon = target.closest<HTMLElement>('.egov-icon');
  if (icon) location.href = icon.dataset.href!;
  if (target instanceof HTMLInputElement && target.matches('.egov-button[type=button]')) press(target);
  if (target.id === 'checkAllHoso') {
    for (const box of document.querySelectorAll<HTMLInputElement>('.chkHoso')) {
      box.checked = (target as HTMLInputElement).checked;
    }
  }
});
document.querySelector('#sel_can_bo')?.addEventListener('change', (event) => {
  void goTo(withParameter('canBo', (event.target as HTMLSelectElement).value));
});
document.querySelector('#searchIpmsListForm')?.addEventListener('submit', (event) => {
  event.preventDefault();
  void goTo(withParameter('tuKhoa', document.querySelector<HTMLInputElement>('#tuKhoa')!.value));
});
stands(settings.render);
