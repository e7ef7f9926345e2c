/** The classic iOffice page's own script: global functions called from onclick, DWR calls, native alert and confirm. */
import { painted } from './dom.ts';

const settings = JSON.parse(document.getElementById('settings')!.textContent!) as {
  render: string;
  mode: 'reload' | 'xhr';
  /** Generated part of this build's names; '' in the plain build. */
  hash: string;
};
const list = document.getElementById('div_data_list')!;
let role = '';

const ROWS = '#dt_basic tbody tr, #tabale_dsvb tbody tr';

function beacon(render: string): void {
  if (render === '') return;
  painted(render, [...list.querySelectorAll(ROWS)]);
  if (settings.hash === '') return;
  // Another build fills its list a second time, as a count call comes back later than the rows.
  const { innerHTML } = list;
  setTimeout(() => {
    if (list.innerHTML !== innerHTML) return;
    list.innerHTML = innerHTML;
    painted(render, [...list.querySelectorAll(ROWS)]);
  }, 120);
}

async function dwr(script: string, method: string, parameters: readonly string[]): Promise<string> {
  const body = [
    'callCount=1',
    `c0-scriptName=${script}`,
    `c0-methodName=${method}`,
    ...parameters.map((value, index) => `c0-param${index}=string:${value}`),
  ].join('\n');
  const response = await fetch(`/qlvbdh/dwr/exec/${script}.${method}.dwr`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain' },
  });
  return response.text();
}

async function goto(number: number): Promise<void> {
  if (settings.mode === 'reload') {
    location.href = `/qlvbdh/main?lang=vi&p=${number}&r=${role}`;
    return;
  }
  const text = await dwr('NEORemoting', 'getRSet', [`vanban_den page=${number} role=${role}`]);
  const data = JSON.parse(text) as { render: string; html: string };
  list.innerHTML = data.html;
  beacon(data.render);
}

async function finish(ids: readonly string[], question: string): Promise<void> {
  if (!confirm(question)) return;
  const reply = await dwr('DataRemoting', 'ketThuc', ids);
  if (reply.includes('Exception')) alert('Kết thúc văn bản không thành công');
  else location.reload();
}

Object.assign(globalThis, {
  page: {
    gotoPage: (number: number) => void goto(number),
    role: (wanted: string) => {
      role = wanted;
      void goto(1);
    },
  },
  ketThuc: (id: number) => void finish([String(id)], 'Bạn có chắc chắn muốn kết thúc văn bản này?'),
  ketThucHangLoat: () => {
    const ids = [...document.querySelectorAll<HTMLInputElement>('.chk_vb:checked')].map((box) => box.value);
    if (ids.length === 0) alert('Vui lòng chọn văn bản!');
    else void finish(ids, `Bạn có chắc chắn muốn kết thúc ${ids.length} văn bản?`);
  },
  showDocDetail: () => {},
});
beacon(settings.render);
