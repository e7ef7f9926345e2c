import { describe, expect, it } from 'vitest';
import { bindingsOf, hostOf, isDeniedHost, patternOf } from '../../../lib/extension/hosts.ts';
import type { Binding } from '../../../lib/extension/messages.ts';
import { READER_FILE, reconcile, type ScriptingPort } from '../../../lib/extension/registrations.ts';

const binding = (origin: string): Binding => ({
  origin,
  tenant: 't',
  family: 'igate2',
  name: 'n',
  source: 'options',
});

/** Chrome's rules in small: an id registered twice throws, an unknown one cannot be unregistered. */
function fakeBrowser(granted: string[]) {
  const registered = new Map<string, readonly string[]>();
  const injected: number[] = [];
  let registrations = 0;
  const port: ScriptingPort = {
    isGranted: async (pattern) => granted.includes(pattern),
    registered: async () => [...registered].map(([id, matches]) => ({ id, matches })),
    unregister: async (ids) => {
      for (const id of ids) if (!registered.delete(id)) throw new Error(`Nonexistent script ID '${id}'`);
    },
    register: async (id, file, matches) => {
      if (registered.has(id)) throw new Error(`Duplicate script ID '${id}'`);
      if (file !== READER_FILE || matches.length === 0) throw new Error('bad registration');
      registered.set(id, matches);
      registrations += 1;
    },
    tabsOn: async (patterns) => patterns.flatMap((pattern) => (pattern.includes('a.gov.vn') ? [1, 2] : [3])),
    inject: async (tab) => {
      if (tab === 2) throw new Error('the tab was closed');
      injected.push(tab);
    },
  };
  return {
    port,
    injected,
    granted,
    matches: () => [...registered.values()].flat(),
    count: () => registrations,
  };
}

describe('reconcile', () => {
  const a = binding('https://a.gov.vn');
  const b = binding('https://b.gov.vn:8443');

  it('registers bound and granted hosts only', async () => {
    const browser = fakeBrowser(['https://a.gov.vn/*']);
    await reconcile(browser.port, async () => [a, b], 'none');
    expect(browser.matches()).toEqual(['https://a.gov.vn/*']);
    expect(browser.injected).toEqual([]);
  });

  it('is idempotent, also when called many times at once', async () => {
    const browser = fakeBrowser(['https://a.gov.vn/*', 'https://b.gov.vn/*']);
    await Promise.all([1, 2, 3, 4].map(() => reconcile(browser.port, async () => [a, b], 'new')));
    expect(browser.count()).toBe(1);
    expect(browser.matches()).toEqual(['https://a.gov.vn/*', 'https://b.gov.vn/*']);
  });

  it('starts the reader in open tabs of new hosts once, and a lost tab stops nobody', async () => {
    const browser = fakeBrowser(['https://a.gov.vn/*']);
    await reconcile(browser.port, async () => [a], 'new');
    expect(browser.injected).toEqual([1]);
    browser.granted.push('https://b.gov.vn/*');
    await reconcile(browser.port, async () => [a, b], 'new');
    expect(browser.injected).toEqual([1, 3]);
    await reconcile(browser.port, async () => [a, b], 'all');
    expect(browser.injected).toEqual([1, 3, 1, 3]);
  });

  it('unregisters when a permission or the last binding goes', async () => {
    const browser = fakeBrowser(['https://a.gov.vn/*', 'https://b.gov.vn/*']);
    await reconcile(browser.port, async () => [a, b], 'none');
    browser.granted.splice(0, 1);
    await reconcile(browser.port, async () => [a, b], 'none');
    expect(browser.matches()).toEqual(['https://b.gov.vn/*']);
    await reconcile(browser.port, async () => [], 'none');
    expect(browser.matches()).toEqual([]);
  });

  it('goes on after a run that failed', async () => {
    const browser = fakeBrowser(['https://a.gov.vn/*']);
    await expect(reconcile(browser.port, () => Promise.reject(new Error('storage')), 'none')).rejects.toThrow(
      'storage',
    );
    await reconcile(browser.port, async () => [a], 'none');
    expect(browser.matches()).toEqual(['https://a.gov.vn/*']);
  });
});

describe('hosts', () => {
  it.each([
    'https://ssodvcmc.hochiminhcity.gov.vn',
    'https://ssodvc.angiang.gov.vn',
    'https://digo-oidc.vnptigate.vn',
    'https://xacthuc.dichvucong.gov.vn',
    'https://dangnhap.nghean.gov.vn',
    'https://quantrithanhtoan.ndc.gov.vn',
    'https://pay.vnpay.vn',
    'https://login.example.gov.vn',
  ])('never %s', (origin) => {
    expect(isDeniedHost(origin)).toBe(true);
    expect(hostOf(origin, 'igate2', 'x')).toBeNull();
    expect(bindingsOf([{ origin, tenant: 't', family: 'f', name: 'n' }], [], [])).toEqual([]);
  });

  it.each([
    'https://motcua.nghean.gov.vn',
    'https://dichvucong.nghean.gov.vn',
    'https://ioffice.nghean.gov.vn',
    'https://motcua.angiang.gov.vn',
    'https://bpmc.mofa.gov.vn',
    'https://sovhttdl.bacninh.gov.vn',
  ])('but %s', (origin) => {
    expect(isDeniedHost(origin)).toBe(false);
    expect(hostOf(origin, 'igate2', 'x')).not.toBeNull();
  });

  it('has one binding per origin: policy before province before own choice', () => {
    const origin = 'https://motcua.nghean.gov.vn';
    const own = { origin, tenant: 'own', family: 'td-antd', name: 'own' };
    const tenant = { id: 'nghe-an', name: 'Nghệ An', family: 'igate2', origins: [origin] };
    expect(bindingsOf([own], [], [])).toMatchObject([{ tenant: 'own', source: 'options' }]);
    expect(bindingsOf([own], [tenant], [])).toMatchObject([{ tenant: 'nghe-an', source: 'province' }]);
    expect(bindingsOf([own], [tenant], [{ ...tenant, id: 'policy' }])).toMatchObject([
      { tenant: 'policy', source: 'policy' },
    ]);
  });

  it('patterns carry no port', () => {
    expect(patternOf('http://127.0.0.1:8080')).toBe('http://127.0.0.1/*');
  });
});
