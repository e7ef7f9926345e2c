// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../../lib/dashboard/App.tsx';
import { type Controller, firstPeriod, makeController } from '../../../lib/dashboard/controller.ts';
import type { FiguresSource } from '../../../lib/dashboard/source.ts';
import { makeStore, type Store, startState } from '../../../lib/dashboard/store.ts';
import { type Answer, done, failed, failureOf } from '../../../lib/dashboard/talk.ts';
import type { Unit } from '../../../lib/domain/unit.ts';
import { sampleFigures } from './sample.ts';

const NOW = Date.parse('2026-09-11T08:12:00Z');
const unit = (id: string, parent: string | null, name: string): Unit => ({
  id,
  parent,
  name,
  kind: 'commune',
  agencyCodes: [],
  aliases: [],
  validFrom: null,
  validTo: null,
});
const UNITS = [
  unit('40', null, 'Tỉnh Thử'),
  unit('a', '40', 'Xã Đô Lương'),
  unit('b', '40', 'Phường Vinh Hưng'),
];
const USER = { id: '1', name: 'Trần Thị Thử', role: 'provinceAdmin', unit: '40' };
const DEVICE = {
  id: 'd1',
  kind: 'extension',
  name: 'Quầy 1',
  unit: { id: 'a', name: 'Xã Đô Lương' },
  status: 'active',
  streams: [{ stream: 1, through: 8, declaredHead: 10, gaps: [[9, 10]], quarantined: 0 }],
  heardAt: '2026-09-11T08:02:00Z',
  alarms: [],
} as const;

/** A source that answers from memory: what the test says is what the views get. */
function memorySource(change: Partial<FiguresSource> = {}): FiguresSource {
  const none = async <T,>(): Promise<Answer<T>> => failed(failureOf('refused', 'none'));
  return {
    kind: 'hub',
    capabilities: {
      hasLogin: true,
      hasCodes: true,
      hasCatalogueList: true,
      canImportHandover: true,
      acceptsDevices: false,
      hasUnitFile: false,
    },
    session: async () => done(USER),
    login: none,
    logout: async () => done(null),
    units: async () => done(UNITS),
    figures: async (id, period) =>
      done(sampleFigures({ unit: { id, name: id }, period: { ...sampleFigures().period, id: period } })),
    devices: async () => done([DEVICE]),
    revoke: async () => done(null),
    acceptDevice: none,
    activationCodes: async () => done([]),
    makeCode: async () => done({ code: '7K3QM-2WXR9', expires: '2026-09-14T08:12:00Z' }),
    importUnits: none,
    catalogue: async () => done([]),
    importCatalogue: none,
    importHandover: async ({ name }) => ({ at: 'refused', name, failure: failureOf('refused', 'none') }),
    createUnit: none,
    unitFile: none,
    ...change,
  };
}

let root: HTMLElement;
let store: Store;
let controller: Controller;
const copied: string[] = [];

async function open(source: FiguresSource, hash = ''): Promise<void> {
  location.hash = hash;
  store = makeStore(startState('vi', firstPeriod(NOW)));
  controller = makeController(source, store, {
    clock: () => NOW,
    readHash: () => location.hash,
    writeHash(next) {
      location.hash = next;
    },
    saveFile: () => {},
    rememberLanguage: () => {},
    figuresToXlsx: async () => new Blob([]),
  });
  act(() =>
    render(
      <App
        source={source}
        store={store}
        controller={controller}
        clock={() => NOW}
        isSecure
        print={() => {}}
        copy={async (text) => copied.push(text) > 0}
      />,
      root,
    ),
  );
  await act(() => controller.start());
}

const find = <E extends HTMLElement>(selector: string) => {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`nothing on screen for ${selector}`);
  return found;
};
const click = (selector: string) => act(() => find(selector).click());
const type = (selector: string, text: string) =>
  act(() => {
    const input = find<HTMLInputElement>(selector);
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
const press = (selector: string, key: string) =>
  act(() => {
    find(selector).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
const submit = () =>
  act(() => void find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));
/** Waits until the expectation holds, with Preact's work done in between. */
const until = (check: () => void) =>
  vi.waitFor(async () => {
    await act(async () => {});
    check();
  }, 5_000);

beforeEach(() => {
  root = document.body.appendChild(document.createElement('div'));
  copied.length = 0;
});
afterEach(() => {
  act(() => render(null, root));
  root.remove();
});

describe('log-in', () => {
  const out = { session: async () => done(null) };

  it('asks for both halves before it asks the hub', async () => {
    const login = vi.fn();
    await open(memorySource({ ...out, login }));
    submit();
    expect(root.textContent).toContain('Nhập tên đăng nhập.');
    expect(root.textContent).toContain('Nhập mật khẩu.');
    expect(login).not.toHaveBeenCalled();
  });

  it('says what is wrong without saying which half, keeps the name, and opens on success', async () => {
    let answer: Answer<typeof USER> = failed(failureOf('signedOut', 'wrongPassword'));
    await open(memorySource({ ...out, login: async () => answer }));
    type('[name=name]', ' tam.ntm ');
    type('[name=password]', 'sai');
    submit();
    await until(() => find('[data-banner=wrong]'));
    expect(find<HTMLInputElement>('[name=name]').value).toBe(' tam.ntm ');
    answer = done(USER);
    submit();
    await until(() => find('[data-figure="onTime.value"]'));
  });

  it('tells how long a locked account must wait', async () => {
    const failure = { ...failureOf('busy', 'tooMany'), retryAfter: 840 };
    await open(memorySource({ ...out, login: async () => failed(failure) }));
    type('[name=name]', 'a');
    type('[name=password]', 'b');
    submit();
    await until(() => expect(find('[data-banner=locked]').textContent).toContain('14 phút'));
  });

  it('warns of Caps Lock', async () => {
    await open(memorySource(out));
    const event = new KeyboardEvent('keydown', { key: 'A', bubbles: true });
    Object.defineProperty(event, 'getModifierState', { value: (name: string) => name === 'CapsLock' });
    act(() => void find('[name=password]').dispatchEvent(event));
    expect(find('.n-caps').textContent).toContain('Caps Lock');
  });
});

describe('unit picker', () => {
  it('finds and picks a unit by keyboard alone', async () => {
    await open(memorySource());
    click('[data-action=pick-unit]');
    const input = '[role=combobox]';
    expect(root.querySelectorAll('[role=treeitem]')).toHaveLength(3);
    type(input, 'do luong');
    expect([...root.querySelectorAll('[role=treeitem]')].map((row) => row.getAttribute('data-unit'))).toEqual(
      ['a'],
    );
    press(input, 'Enter');
    expect(location.hash).toContain('don-vi=a');
    await act(() => controller.followHash());
    expect(find('.d-pick-name').textContent).toBe('Xã Đô Lương');
    expect(root.querySelector('[role=tree]')).toBeNull();
  });

  it('moves with arrows, closes branches, and leaves with Escape', async () => {
    await open(memorySource());
    click('[data-action=pick-unit]');
    const active = () => find('.is-active').getAttribute('data-unit');
    expect(active()).toBe('40');
    press('[role=combobox]', 'ArrowDown');
    expect(active()).toBe('a');
    press('[role=combobox]', 'ArrowLeft');
    expect(active()).toBe('40');
    press('[role=combobox]', 'ArrowLeft');
    expect(root.querySelectorAll('[role=treeitem]')).toHaveLength(1);
    expect(find('[role=treeitem]').getAttribute('aria-expanded')).toBe('false');
    press('[role=combobox]', 'Escape');
    expect(root.querySelector('[role=tree]')).toBeNull();
  });
});

describe('period picker', () => {
  it('keeps the same month when the system changes', async () => {
    await open(memorySource());
    act(() => {
      const radio = find<HTMLInputElement>('input[value=calendar]');
      radio.checked = true;
      radio.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(location.hash).toContain('ky=calendar:2026-M09');
  });
});

describe('devices', () => {
  it('show what is missing and revoke only after a yes', async () => {
    const revoke = vi.fn(async () => done(null));
    await open(memorySource({ revoke }), '#/thiet-bi');
    await until(() => expect(find('[data-row=d1]').textContent).toContain('2 bản ghi'));
    click('[data-action=revoke]');
    expect(find('dialog').textContent).toContain('Quầy 1');
    click('dialog [data-action=no]');
    expect(root.querySelector('dialog')).toBeNull();
    expect(revoke).not.toHaveBeenCalled();
    click('[data-action=revoke]');
    click('dialog [data-action=yes]');
    await until(() => find('[data-banner=revoked]'));
    expect(revoke).toHaveBeenCalledExactlyOnceWith('d1');
  });

  it('say what to do where there are none', async () => {
    await open(memorySource({ devices: async () => done([]) }), '#/thiet-bi');
    await until(() => expect(find('[data-empty=devices]').textContent).toContain('Kích hoạt máy'));
  });
});

describe('activation codes', () => {
  it('show a new code once, copy it, and hide it for good', async () => {
    await open(memorySource(), '#/quan-tri/kich-hoat');
    await until(() => find('[data-action=make-code]'));
    submit();
    expect(root.textContent).toContain('Nhập tên máy');
    type('[name=device-name]', 'Quầy 5');
    submit();
    await until(() => expect(find('[data-code]').textContent).toBe('7K3QM-2WXR9'));
    click('[data-action=copy-code]');
    await until(() => expect(copied).toEqual(['7K3QM-2WXR9']));
    click('[data-action=hide-code]');
    expect(root.textContent).not.toContain('7K3QM-2WXR9');
  });
});

describe('what is offered', () => {
  it('follows the role', async () => {
    await open(memorySource({ session: async () => done({ ...USER, role: 'supervisor' }) }));
    const items = [...root.querySelectorAll<HTMLElement>('[data-nav]')].map((item) => item.dataset.nav);
    expect(items).toEqual(['figures', 'devices', 'handover', 'codes', 'units', 'catalogue']);
    expect(root.querySelector('[aria-current=page]')?.getAttribute('data-nav')).toBe('figures');
  });

  it('speaks English after one press', async () => {
    await open(memorySource());
    click('[data-action=language]');
    expect(document.documentElement.lang).toBe('en');
    expect(find('[data-nav=devices]').textContent).toBe('Devices');
  });

  it('says offline once, above the old figures', async () => {
    let isDown = false;
    const source = memorySource();
    await open({
      ...source,
      figures: (id, period) =>
        isDown ? Promise.resolve(failed(failureOf('offline', 'network'))) : source.figures(id, period),
    });
    isDown = true;
    await act(() => controller.reload());
    expect(root.querySelectorAll('[data-banner]')).toHaveLength(1);
    find('[data-banner=offline]');
    find('[data-figure="onTime.value"]');
  });
});
