/**
 * The iGate 2 practice page: routes by pushState, lists, details, row menus, dialogs and snack-bars with the marks of the
 * real Angular page, and its bad habits: unstable attributes, stale components left hidden in the document.
 */
import { ask, h, painted } from './dom.ts';
import { statisticsPage } from './igate-statistics.ts';

interface Row {
  readonly id: string;
  readonly task: number;
  readonly href: string;
  readonly title: string;
  readonly cells: readonly { readonly name: string; readonly lines: readonly string[] }[];
  readonly menu: readonly string[];
}
interface List {
  readonly render: string;
  readonly columns: readonly { readonly name: string; readonly header: string }[];
  readonly content: readonly Row[];
  readonly page: number;
  readonly pages: number;
}
interface Detail {
  readonly task: number;
  readonly render: string;
  readonly heading: string;
  readonly pairs: readonly (readonly [string, string])[];
  readonly buttons: readonly string[];
  readonly title: string;
}
interface Outcome {
  readonly message: string;
  readonly title: string;
  readonly tail: string;
  readonly reason: string;
}
interface Subject {
  readonly id: string;
  readonly task: number;
  readonly code: string;
}

const settings = JSON.parse(document.getElementById('settings')!.textContent!) as {
  scope: string;
  firstInput: number;
  mode: 'reload' | 'xhr';
  /** Generated part of this build's names; '' in the plain build. */
  hash: string;
  period: { readonly from: string; readonly to: string };
};
const root = document.querySelector('app-root')!;
const overlay = document.querySelector('.cdk-overlay-container')!;
let inputs = settings.firstInput;
let turn = 0;

/** An element as Angular leaves it: with the build's own attribute. */
function ng(...parts: Parameters<typeof h>): HTMLElement {
  const element = h(...parts);
  element.setAttribute(settings.scope, '');
  if (settings.hash !== '') element.classList.add(`${element.tagName.toLowerCase()}-${settings.hash}`);
  return element;
}

function button(label: string, kind: string, onclick: () => void): HTMLElement {
  return ng(
    'button',
    { class: `mat-focus-indicator ${kind} mat-button-base ng-star-inserted`, 'mat-flat-button': '', onclick },
    ng('span', { class: 'mat-button-wrapper' }, label),
  );
}

function pane(kind: string, content: Element): () => void {
  const element = h('div', { class: `cdk-overlay-pane ${kind}` }, content);
  overlay.append(element);
  return () => element.remove();
}

function toast(isSuccess: boolean, outcome: Outcome): void {
  const data = ng(
    'div',
    { class: 'data' },
    `${outcome.message} `,
    h('b', {}, outcome.title),
    ` ${outcome.tail}`,
  );
  if (outcome.reason !== '') data.append(h('br'), outcome.reason);
  const close = pane(
    'snack',
    h(
      'snack-bar-container',
      {
        class: `mat-snack-bar-container ${isSuccess ? 'success_notification' : 'error_notification'}`,
        role: 'alert',
      },
      ng('app-custom-snackbar', {}, ng('div', { class: 'snakebar' }, data)),
    ),
  );
  setTimeout(close, 5000);
}

/** The dialog of one piece of work; like the real one it does not lock its button while the answer is awaited. */
function openDialog(label: string, subject: Subject, done: () => void): void {
  const work = async () => {
    const reply = await ask<Outcome>('POST', `/pa/dossier/${subject.id}`, { label, task: subject.task });
    close();
    toast(reply.ok, reply.data);
    if (reply.ok) done();
  };
  const form = h(
    'form',
    { onsubmit: (event) => event.preventDefault() },
    ng(
      'button',
      { class: 'btn-save mat-flat-button', type: 'submit', onclick: () => void work() },
      ng('span', { class: 'mat-button-wrapper' }, 'Đồng ý'),
    ),
    ng('button', { class: 'btn-cancel mat-flat-button', type: 'button', onclick: () => close() }, 'Đóng'),
  );
  const close = pane(
    'dialog',
    h(
      'mat-dialog-container',
      { class: 'mat-dialog-container', role: 'dialog', 'aria-modal': 'true' },
      ng(
        'h3',
        { class: 'dialog-title mat-dialog-title', 'mat-dialog-title': '' },
        `${label} hồ sơ ${subject.code}`,
      ),
      ng('div', { class: 'mat-dialog-content' }, 'Bạn có chắc chắn muốn thực hiện?'),
      form,
    ),
  );
}

function openDelete(subject: Subject, done: () => void): void {
  const reason = ng('input', { class: 'mat-input-element', id: `mat-input-${inputs++}` });
  const tick = ng('input', { class: 'mat-checkbox-input', type: 'checkbox' });
  const apply = async () => {
    const reply = await ask<{ title: string }>('DELETE', `/pa/dossier/${subject.id}/?is-canceled=0`);
    close();
    toast(reply.ok, { message: 'Xóa hồ sơ', title: reply.data.title, tail: 'thành công', reason: '' });
    done();
  };
  const close = pane(
    'dialog',
    h(
      'mat-dialog-container',
      { class: 'mat-dialog-container', role: 'dialog' },
      ng(
        'app-delete-dossier',
        {},
        ng('h3', { class: 'dialog-title' }, `Xóa hồ sơ ${subject.code}`),
        reason,
        tick,
        button('Đồng ý', 'applyBtn', () => void apply()),
        button('Đóng', 'closeBtn', () => close()),
      ),
    ),
  );
}

function openMenu(row: Row, subject: Subject, done: () => void): void {
  const items = row.menu.map((label) =>
    ng(
      'button',
      {
        class: 'mat-focus-indicator mat-menu-item menuAction',
        'mat-menu-item': '',
        role: 'menuitem',
        onclick: () => {
          close();
          if (label === 'Xóa') openDelete(subject, done);
          else openDialog(label, subject, done);
        },
      },
      ng('span', {}, label),
    ),
  );
  const close = pane(
    'menu',
    h('div', { class: 'mat-menu-panel' }, h('div', { class: 'mat-menu-content' }, items)),
  );
}

/** Hides what stood here before; one stale component stays in the document, as the real page leaves it. */
function takePlace(component: HTMLElement): void {
  for (const old of [...root.children]) {
    if (old.tagName === 'APP-MENU') continue;
    if (old.hasAttribute('data-left')) old.remove();
    else {
      old.setAttribute('data-left', '');
      (old as HTMLElement).style.display = 'none';
    }
  }
  root.append(component);
}

function cellOf(cell: Row['cells'][number], row: Row, isCode: boolean): (Node | string)[] {
  const lines = cell.lines.flatMap((line, index) => (index === 0 ? [line] : [h('br'), line]));
  if (!isCode) return lines;
  const link = ng('a', {
    href: row.href,
    title: row.title,
    onclick: (event) => {
      event.preventDefault();
      history.pushState(null, '', row.href);
      show();
    },
  });
  link.append(...lines);
  return [link];
}

function table(list: List, refresh: () => void): { element: HTMLElement; rows: HTMLElement[] } {
  const isCode = (name: string) => name === 'code' || name === 'dossierRef';
  const codeAt = list.columns.findIndex(({ name }) => isCode(name));
  // Where there is no column of codes the name leads to the detail.
  const linkAt = codeAt < 0 ? list.columns.findIndex(({ name }) => name === 'applicant') : codeAt;
  const classes = (kind: string, name: string) =>
    `mat-${kind} cdk-${kind} cdk-column-${name} mat-column-${name} ng-star-inserted`;
  const head = list.columns.map(({ name, header }) =>
    ng('th', { class: classes('header-cell', name), role: 'columnheader' }, header),
  );
  const rows = list.content.map((row) => {
    const subject = { id: row.id, task: row.task, code: row.cells[codeAt]?.lines[0] ?? row.title };
    const cells = row.cells.map((cell, index) => {
      const element = ng('td', { class: classes('cell', cell.name), role: 'gridcell' });
      if (cell.name === 'action') {
        element.append(
          ng(
            'button',
            {
              class: 'mat-icon-button mat-menu-trigger',
              'aria-haspopup': 'true',
              onclick: () => openMenu(row, subject, refresh),
            },
            ng('mat-icon', { class: 'mat-icon material-icons' }, 'more_horiz'),
          ),
        );
      } else element.append(...cellOf(cell, row, index === linkAt));
      return element;
    });
    return ng('tr', { class: 'mat-row cdk-row ng-star-inserted', role: 'row' }, cells);
  });
  const element = ng(
    'table',
    { class: 'mat-table cdk-table searchtbl', role: 'grid' },
    h('thead', {}, ng('tr', { class: 'mat-header-row', role: 'row' }, head)),
    h('tbody', {}, rows),
  );
  return { element, rows };
}

function paginator(list: List, go: (page: number) => void): HTMLElement {
  const step = (kind: string, by: number) => {
    const target = list.page + by;
    const isOff = target < 0 || target >= list.pages;
    return ng(
      'button',
      {
        class: `mat-paginator-navigation-${kind} mat-icon-button`,
        style: 'min-width:2em',
        'aria-label': kind,
        disabled: isOff ? 'disabled' : null,
        onclick: () => go(target),
      },
      kind === 'next' ? '›' : '‹',
    );
  };
  const range = ng('div', { class: 'mat-paginator-range-label' }, `Trang ${list.page + 1} / ${list.pages}`);
  return ng('mat-paginator', { class: 'mat-paginator' }, range, step('previous', -1), step('next', 1));
}

async function fillList(holder: HTMLElement, list: string, code: string, page: number): Promise<void> {
  const mine = ++turn;
  holder.querySelector('.content')?.remove();
  const query = new URLSearchParams({ list, page: String(page), size: '10', spec: 'page', code });
  const { data } = await ask<List>('GET', `/pa/dossier/search?${query}`);
  if (mine !== turn) return;
  const again = () =>
    void (settings.mode === 'reload' ? location.reload() : fillList(holder, list, code, page));
  const content = ng('div', { class: 'content' });
  const { element, rows } = table(data, again);
  if (rows.length > 0) {
    content.append(
      element,
      paginator(data, (target) => void fillList(holder, list, code, target)),
    );
  } else content.append(ng('div', { class: 'ng-star-inserted' }, 'Không có kết quả tìm kiếm'));
  holder.append(content);
  painted(data.render, rows);
  if (settings.hash === '' || rows.length === 0) return;
  // Another build puts its rows up anew a moment later, as change detection does.
  setTimeout(() => {
    if (mine !== turn || !element.isConnected) return;
    const anew = table(data, again);
    element.replaceWith(anew.element);
    painted(data.render, anew.rows);
  }, 120);
}

function showList(list: 'search' | 'processing'): void {
  const box = ng('input', {
    class: 'mat-input-element searchBox',
    id: `mat-input-${inputs++}`,
    placeholder: 'Nhập số hồ sơ',
  }) as HTMLInputElement;
  const holder = ng(list === 'search' ? 'app-list-search' : 'app-list-processing', {});
  holder.append(
    ng('h2', {}, list === 'search' ? 'Tra cứu hồ sơ' : 'Danh sách hồ sơ xử lý'),
    box,
    button('Tìm kiếm', 'searchBtn', () => void fillList(holder, list, box.value, 0)),
  );
  takePlace(holder);
  document.title = 'Hệ thống iGate tỉnh Mẫu';
  void fillList(holder, list, '', 0);
}

async function showDetail(id: string, from: string): Promise<void> {
  const mine = ++turn;
  const { ok, data } = await ask<Detail>('GET', `/pa/dossier/${id}/--online?from=${from}`);
  if (mine !== turn) return;
  const holder = ng('app-dossier-detail', {});
  takePlace(holder);
  if (!ok) {
    holder.append(ng('p', {}, 'Không tìm thấy hồ sơ'));
    return;
  }
  document.title = `Hồ sơ của ${data.title}`;
  const code = data.pairs[0]![1];
  holder.append(
    ng('h2', { class: 'detail-title' }, data.heading),
    ...data.pairs.map(([label, value]) =>
      ng(
        'div',
        { class: 'row dossier-line' },
        ng('span', { class: 'label' }, `${label}:`),
        ng('span', { class: 'value' }, value),
      ),
    ),
    ng(
      'div',
      { class: 'actions' },
      ...data.buttons.map((label) =>
        // This page always loads itself anew at once after a success.
        button(label, 'btn-work', () =>
          openDialog(label, { id, code, task: data.task }, () => location.reload()),
        ),
      ),
    ),
  );
  painted(data.render, [holder]);
}

function show(): void {
  overlay.replaceChildren();
  const detail = /^\/vi\/dossier\/(search|processing)\/([0-9a-f]{24})$/.exec(location.pathname);
  if (detail) void showDetail(detail[2]!, detail[1]!);
  else if (location.pathname.startsWith('/vi/statistics/')) takePlace(statisticsPage(ng, settings.period));
  else if (location.pathname === '/vi/dossier/processing') showList('processing');
  else showList('search');
}

const menu = [
  ['Tra cứu hồ sơ', '/vi/dossier/search'],
  ['Xử lý hồ sơ', '/vi/dossier/processing'],
] as const;
root.append(
  ng(
    'app-menu',
    {},
    ...menu.map(([label, path]) =>
      ng(
        'a',
        {
          class: 'menu-link',
          href: path,
          style: 'margin-right:1em',
          onclick: (event) => {
            event.preventDefault();
            history.pushState(null, '', path);
            show();
          },
        },
        label,
      ),
    ),
  ),
);
addEventListener('popstate', show);
show();
