// @vitest-environment happy-dom
/** The options page's list of hosts: known systems fill the form, and who confirmed a host is said. */
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Hosts } from '../../../components/options/Hosts.tsx';
import { Packs } from '../../../components/options/Packs.tsx';
import type { Room } from '../../../components/options/room.ts';
import type { OptionsDoor, View } from '../../../components/popup/model.ts';
import { Unconfirmed } from '../../../components/popup/Unconfirmed.tsx';
import { findSuggestions } from '../../../lib/adapters/tenants/index.ts';
import { extensionTexts } from '../../../lib/i18n/extension/index.ts';

const t = extensionTexts('vi');
const family = (id: string, more: object = {}) => ({ id, name: `Bộ ${id}`, version: '0.1.0', ...more });
const host = (name: string, more: object) => ({
  origin: `https://${name}.example.gov.vn`,
  tenant: name,
  family: 'igate2',
  name,
  source: 'province',
  isGranted: true,
  ...more,
});
const added: string[][] = [];
const door = {
  findHosts: (text: string) =>
    findSuggestions(text).map(({ origin, tenant }) => ({
      origin,
      name: tenant.name,
      family: tenant.family,
      families: tenant.families ?? [],
    })),
  addHost: async (...asked: string[]) => {
    added.push(asked);
    return { ok: true };
  },
} as unknown as OptionsDoor;
let root: HTMLElement;

function show(hosts: readonly object[], families = [family('igate2'), family('igate1')]) {
  const view = {
    hosts,
    families,
    notice: { version: 1, acceptedAt: '2026-01-01T00:00:00.000Z' },
    device: { id: 'd', name: 'Quầy 1', unit: 'Xã Mẫu', hub: null },
    summary: { packs: [] },
  } as unknown as View;
  const room: Room = { t, view, door, onChanged: async () => {} };
  act(() => {
    render(
      <>
        <Hosts {...room} />
        <Packs {...room} />
        <Unconfirmed t={t} view={view} />
      </>,
      root,
    );
  });
}
const input = (name: string) => root.querySelector<HTMLInputElement>(`[data-field="${name}"] input`)!;
const type = (name: string, text: string) =>
  act(() => {
    input(name).value = text;
    input(name).dispatchEvent(new Event('input', { bubbles: true }));
  });

beforeEach(() => {
  root = document.createElement('main');
  document.body.append(root);
});
afterEach(() => {
  act(() => render(null, root));
  root.remove();
  added.length = 0;
});

describe('known systems', () => {
  it('are found while typing; choosing one fills the form and adds nothing', async () => {
    show([]);
    type('find-host', 'nghệ an');
    const found = root.querySelectorAll<HTMLButtonElement>('[data-origin]');
    expect([...found].map((one) => one.dataset.origin)).toEqual(['https://dichvucong.nghean.gov.vn']);
    act(() => found[0]!.click());
    expect(input('origin').value).toBe('https://dichvucong.nghean.gov.vn');
    expect(input('host-name').value).toBe('Cổng dịch vụ công tỉnh Nghệ An');
    expect(root.querySelector<HTMLSelectElement>('[data-field="family"] select')!.value).toBe('igate1');
    expect(root.textContent).toContain('Bộ igate2');
    expect(root.querySelectorAll('[data-origin]')).toHaveLength(0);
    expect(added).toEqual([]);
    await act(async () => root.querySelector<HTMLButtonElement>('[data-action="add-host"]')!.click());
    expect(added).toEqual([['https://dichvucong.nghean.gov.vn', 'igate1', 'Cổng dịch vụ công tỉnh Nghệ An']]);
  });

  it('says when there is none', () => {
    show([]);
    type('find-host', 'không có ở đâu');
    expect(root.textContent).toContain(t('hosts.findNone'));
    type('find-host', 'k');
    expect(root.textContent).not.toContain(t('hosts.findNone'));
  });
});

describe('who confirmed a host', () => {
  it('is said of what the person added and of what the province has not confirmed, and of nothing else', () => {
    show([
      host('own', { source: 'options' }),
      host('open', { status: 'unverified', families: ['igate1'] }),
      host('done', { status: 'verified' }),
      host('older-hub', {}),
      host('not-granted', { source: 'options', isGranted: false }),
    ]);
    const marked = [...root.querySelectorAll<HTMLElement>('[data-unconfirmed]')];
    expect(marked.map((one) => one.dataset.unconfirmed)).toEqual([
      'https://own.example.gov.vn',
      'https://open.example.gov.vn',
      'https://not-granted.example.gov.vn',
    ]);
    expect(root.textContent).toContain('và Bộ igate1');
    expect(root.querySelector('[data-note="unconfirmed"]')!.textContent).toContain('own, open.');
  });

  it('nothing is said where all are confirmed', () => {
    show([host('done', { status: 'verified' })]);
    expect(root.textContent).not.toContain(t('hosts.unconfirmedHint'));
    expect(root.querySelector('[data-note="unconfirmed"]')).toBeNull();
  });
});

it('a pack that only recognises its pages says so', () => {
  show(
    [host('a', { family: 'voffice', families: ['igate2'] })],
    [
      family('voffice', { reads: 0, counts: 0 }),
      family('igate2', { reads: 3, counts: 9 }),
      family('td-antd'),
    ],
  );
  expect([...root.querySelectorAll<HTMLElement>('[data-only-recognises]')].map((one) => one.dataset)).toEqual(
    [{ onlyRecognises: 'voffice' }],
  );
  const listed = root.querySelector('section[aria-label="Bộ nhận diện trang"]')!.textContent;
  expect(listed).toContain('Bộ igate2');
  expect(listed).not.toContain('Bộ td-antd');
});
