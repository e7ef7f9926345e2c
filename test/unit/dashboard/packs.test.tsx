// @vitest-environment happy-dom
/** The packs view: health of the pages, proposals, and what the province decides, as people do it. */
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PackDetail, PackHealth, PackRow } from '../../../components/dashboard/packs/model.ts';
import { App } from '../../../lib/dashboard/App.tsx';
import { type Controller, firstPeriod, makeController } from '../../../lib/dashboard/controller.ts';
import type { PackSource } from '../../../lib/dashboard/pack-source.ts';
import type { FiguresSource } from '../../../lib/dashboard/source.ts';
import { makeStore, type Store, startState } from '../../../lib/dashboard/store.ts';
import { type Answer, done, failed, failureOf } from '../../../lib/dashboard/talk.ts';
import type { Unit } from '../../../lib/domain/unit.ts';
import { HEALTH, none, proposal } from './packs.ts';

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
const BUNDLED: PackRow = {
  ...proposal(),
  version: '1.0.0',
  source: 'bundled',
  stage: 'everywhere',
  note: '',
  proposedBy: null,
  proposedAt: null,
  results: null,
  health: { ...none, ok: 3, broken: 2 },
};

let root: HTMLElement;
let store: Store;
let controller: Controller;
let asked: string[];
let pack: PackDetail;

function packSource(change: Partial<PackSource> = {}): PackSource {
  const tell = async (text: string) => {
    asked.push(text);
    return done(null);
  };
  return {
    health: async (id) => {
      asked.push(`health ${id}`);
      return done(HEALTH);
    },
    list: async () => done([BUNDLED, pack]),
    read: async () => done(pack),
    sign: (ref, password, sha256) => {
      pack = { ...pack, signedBy: 'Trần Thị Thử', signedAt: '2026-09-11T08:12:00.000Z' };
      return tell(`sign ${ref} ${password} ${sha256.slice(0, 4)}`);
    },
    stage: (ref, wish) => {
      pack = { ...pack, stage: wish.stage };
      return tell(`stage ${ref} ${JSON.stringify(wish)}`);
    },
    refuse: (ref, reason) => tell(`refuse ${ref} ${reason}`),
    retire: (ref) => tell(`retire ${ref}`),
    ...change,
  };
}

async function open(packs: PackSource | undefined, role = 'provinceAdmin'): Promise<void> {
  location.hash = '#/bo-nhan-dien';
  const refused = async <T,>(): Promise<Answer<T>> => failed(failureOf('refused', 'none'));
  const source = {
    kind: 'hub',
    capabilities: {
      hasLogin: true,
      hasCodes: true,
      hasCatalogueList: true,
      canImportHandover: true,
      acceptsDevices: false,
      hasUnitFile: false,
      hasPacks: packs !== undefined,
    },
    session: async () => done({ id: '1', name: 'Trần Thị Thử', role, unit: '40' }),
    units: async () => done(UNITS),
    figures: refused,
    devices: async () => done([]),
    ...(packs === undefined ? {} : { packs }),
  } as unknown as FiguresSource;
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
        copy={async () => true}
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
const text = (selector: string) => find(selector).textContent ?? '';
const click = (selector: string) => act(() => find(selector).click());
const type = (selector: string, value: string) =>
  act(() => {
    const input = find<HTMLInputElement>(selector);
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
const submit = () =>
  act(() => void find('dialog form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));
const until = (check: () => void) =>
  vi.waitFor(async () => {
    await act(async () => {});
    check();
  }, 5_000);
const openPack = async () => {
  await until(() => find('[data-row="igate2@1.2.0"]'));
  click('[data-row="igate2@1.2.0"] [data-action=open-pack]');
  await until(() => find('[data-part=changes]'));
};

beforeEach(() => {
  root = document.body.appendChild(document.createElement('div'));
  asked = [];
  pack = proposal();
});
afterEach(() => {
  act(() => render(null, root));
  root.remove();
});

describe('health of the pages', () => {
  it('says state, devices, since when and versions, the worst first, and what to do where a page is broken', async () => {
    await open(packSource());
    await until(() => find('[data-row="mc|igate2|list"]'));
    const row = text('[data-row="mc|igate2|list"]');
    for (const part of [
      'Một cửa tỉnh',
      'igate2',
      'list',
      'Không đọc được, đã dừng đếm',
      '2 không đọc được',
      '3 đọc tốt',
      '1.0.0, 1.0.1',
      '31 giờ trước',
    ]) {
      expect(row).toContain(part);
    }
    expect(text('.d-troubles')).toContain('Quầy 1 (Xã Đô Lương)');
    const banner = text('[data-banner=pack-broken]');
    expect(banner).toContain('Thêm lượt bằng tay');
    expect(banner).toContain('Bàn sửa bộ nhận diện');
    expect(text('[data-row="vb|ioffice-dwr|incoming"]')).toContain('Đọc tốt');
    expect(asked).toEqual(['health 40']);
  });

  it('is asked for the unit that is picked', async () => {
    await open(packSource());
    await until(() => find('[data-row="mc|igate2|list"]'));
    act(() => controller.go({ unit: 'a' }));
    await act(() => controller.followHash());
    expect(asked.at(-1)).toBe('health a');
  });

  it('says why it is empty, and what failed; what was known stays when the line is lost', async () => {
    let health: Answer<PackHealth> = done({ ...HEALTH, pages: [] });
    await open(
      packSource({ health: async () => health, list: async () => failed(failureOf('broken', 'http-500')) }),
    );
    await until(() => find('[data-empty=pack-health]'));
    expect(root.querySelector('[data-banner=pack-broken]')).toBeNull();
    expect(text('[data-banner=failure-broken]')).toContain('http-500');
    health = done(HEALTH);
    click('[data-action=retry]');
    await until(() => find('[data-row="mc|igate2|list"]'));
    health = failed(failureOf('offline', 'network'));
    await act(() => controller.reload());
    expect(find('[data-row="mc|igate2|list"]')).toBeTruthy();
  });
});

describe('versions', () => {
  it('are listed with what waits first; the province is told to look', async () => {
    await open(packSource());
    await until(() => find('[data-row="igate2@1.2.0"]'));
    const rows = [...root.querySelectorAll('[data-row^="igate2@"]')].map((row) =>
      row.getAttribute('data-row'),
    );
    expect(rows).toEqual(['igate2@1.2.0', 'igate2@1.0.0']);
    expect(text('[data-row="igate2@1.2.0"]')).toContain('Máy CNTT (Sở KHCN)');
    expect(text('[data-row="igate2@1.0.0"]')).toContain('Đi kèm tiện ích');
    expect(text('[data-banner=pack-waiting]')).toContain('1 bản sửa');
  });

  it('show what changed by field, the fixtures and the history', async () => {
    await open(packSource());
    await openPack();
    expect(text('[data-row="pages[list].fields.due.from.1.header"] del')).toBe('["Ngày hẹn"]');
    expect(text('[data-row="pages[list].fields.due.from.1.header"] ins')).toBe('["Ngày hẹn","Hẹn trả"]');
    expect(text('[data-row="pages[list].coverage"]')).toContain('không có');
    expect(text('[data-part=results]')).toContain('thiếu cột “Ngày hẹn trả”');
    expect(text('[data-part=history]')).toContain('Gửi đề xuất');
    expect(text('.d-main')).toContain('ab'.repeat(32));
    click('[data-action=packs-back]');
    await until(() => find('[data-row="mc|igate2|list"]'));
  });

  it('that the hub finds fault with say so', async () => {
    pack = proposal({ lint: [{ field: 'pages.0.rows.css.0', problem: 'changes with every Angular build' }] });
    await open(packSource());
    await openPack();
    expect(text('[data-banner=pack-lint]')).toContain('pages.0.rows.css.0');
  });
});

describe('decisions', () => {
  it('sign with the password, then try in units and on a share, by mouse', async () => {
    await open(packSource());
    await openPack();
    expect(root.querySelector('[data-action=stage-pack]')).toBeNull();
    click('[data-action=sign-pack]');
    expect(text('dialog')).toContain('3 thay đổi so với phiên bản 1.0.0');
    submit();
    expect(text('dialog')).toContain('Nhập mật khẩu.');
    expect(asked).not.toContainEqual(expect.stringContaining('sign'));
    type('dialog [name=password]', 'mat-khau');
    submit();
    await until(() => expect(root.querySelector('dialog')).toBeNull());
    expect(asked.at(-1)).toBe('sign igate2@1.2.0 mat-khau abab');
    expect(find('[data-banner=packSigned]')).toBeTruthy();
    await until(() => find('[data-action=stage-pack]'));
    expect(root.querySelector('[data-action=sign-pack]')).toBeNull();

    click('[data-action=stage-pack]');
    submit();
    expect(text('dialog')).toContain('Chọn ít nhất một đơn vị');
    click('dialog [data-action=pick-unit]');
    click('dialog [data-unit=a]');
    click('dialog [data-action=pick-unit]');
    click('dialog [data-unit=b]');
    expect([...root.querySelectorAll('[data-chip]')].map((chip) => chip.getAttribute('data-chip'))).toEqual([
      'a',
      'b',
    ]);
    click('[data-chip=a] [data-action=drop-unit]');
    type('dialog [name=percent]', '101');
    submit();
    expect(text('dialog')).toContain('Nhập số từ 0 đến 100.');
    type('dialog [name=percent]', '10');
    submit();
    await until(() => expect(root.querySelector('dialog')).toBeNull());
    expect(asked.at(-1)).toBe('stage igate2@1.2.0 {"stage":"trial","units":["b"],"percent":10}');
    click('[data-action=stage-pack]');
    act(() => {
      find<HTMLInputElement>('dialog [value=everywhere]').click();
    });
    submit();
    await until(() => expect(asked.at(-1)).toBe('stage igate2@1.2.0 {"stage":"everywhere"}'));
  });

  it('a wrong password stays in the dialog with the hub’s words', async () => {
    const failure = { ...failureOf('refused', 'ownPassword'), message: 'Mật khẩu chưa đúng nên chưa ký.' };
    await open(packSource({ sign: async () => failed(failure) }));
    await openPack();
    click('[data-action=sign-pack]');
    type('dialog [name=password]', 'sai');
    submit();
    await until(() => expect(text('dialog')).toContain('Mật khẩu chưa đúng nên chưa ký.'));
    click('dialog [data-action=no]');
    expect(root.querySelector('[data-banner^=failure]')).toBeNull();
  });

  it('warns before a pack is signed whose fixtures fail or were not run', async () => {
    pack = proposal({ results: { passed: 2, failed: 1 } });
    await open(packSource());
    await openPack();
    click('[data-action=sign-pack]');
    expect(text('[data-banner=sign-unproven]')).toContain('Có trang mẫu không đạt');
  });

  it('retiring says in numbers what it voids, and the safe answer is first', async () => {
    await open(packSource());
    await openPack();
    click('[data-action=retire-pack]');
    expect(text('[data-part=voided]')).toContain('1.234 lần đọc hồ sơ');
    expect(text('[data-part=voided]')).toContain('56 lượt xử lý');
    expect(text('dialog')).toContain('Không lấy lại được');
    expect(find('dialog footer button').getAttribute('data-action')).toBe('no');
    click('dialog [data-action=no]');
    expect(asked).not.toContain('retire igate2@1.2.0');
    click('[data-action=retire-pack]');
    click('dialog [data-action=yes]');
    await until(() => expect(asked).toContain('retire igate2@1.2.0'));
  });

  it('refusing needs a reason', async () => {
    await open(packSource());
    await openPack();
    click('[data-action=refuse-pack]');
    submit();
    expect(text('dialog')).toContain('Ghi lý do');
    type('dialog [name=reason]', ' đọc sai cột ');
    submit();
    await until(() => expect(asked.at(-1)).toBe('refuse igate2@1.2.0 đọc sai cột'));
  });
});

describe('who sees it', () => {
  const nav = () => [...root.querySelectorAll('[data-nav]')].map((link) => link.getAttribute('data-nav'));

  it.each(['supervisor', 'unitAdmin', 'auditor'])('a %s reads and decides nothing', async (role) => {
    await open(packSource(), role);
    await openPack();
    expect(nav()).toContain('packs');
    for (const action of ['sign-pack', 'stage-pack', 'refuse-pack', 'retire-pack']) {
      expect(root.querySelector(`[data-action=${action}]`)).toBeNull();
    }
  });

  it('an official and a unit without a hub have no such section', async () => {
    await open(packSource(), 'official');
    expect(nav()).not.toContain('packs');
    await open(undefined);
    expect(nav()).not.toContain('packs');
  });
});
