/** What is built, read as a reviewer would: permissions, reachable files, sizes, code that could come from elsewhere. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildExtension, filesUnder, READER, READER_LIMIT, readText } from '../../lib/build/extension.ts';
import { newerInScripts, newerInStyles } from '../../lib/build/floor.ts';
import { FLOOR, type Flavour, GECKO_ID, type Target, TEST_ID } from '../../lib/build/manifest.ts';
import { readTenants, requiredHosts } from '../../lib/build/tenants.ts';
import { packFolder } from '../../lib/build/zip.ts';

/** Names newer than the floor that the library asks for before it uses them, or that do nothing where they are unknown. */
const ASKED_FIRST = [
  'toHex',
  'fromHex',
  'toBase64',
  'fromBase64',
  'setImmediate',
  'moveBefore',
  'createPolicy',
];
const HARMLESS_STYLES = ['size', 'text-wrap'];
/** What shows in the built scripts that a permission is used. */
const USED: Readonly<Record<string, RegExp>> = {
  alarms: /\.alarms\.create\(/,
  idle: /\.idle\.(?:onStateChanged|setDetectionInterval|queryState)/,
  scripting: /\.scripting\.(?:registerContentScripts|executeScript)/,
  storage: /\.storage\.(?:local|session|managed)/,
  unlimitedStorage: /chromeTransactionDurability/,
  sidePanel: /\.sidePanel\b/,
};
const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

const OPTIONAL_HOSTS = ['http://127.0.0.1/*', 'http://localhost/*', 'https://*/*'];
const LOCAL_HOSTS = ['http://127.0.0.1/*', 'http://localhost/*'];
const KNOWN_KEYS = [
  'action',
  'background',
  'browser_specific_settings',
  'content_security_policy',
  'description',
  'host_permissions',
  'icons',
  'incognito',
  'key',
  'manifest_version',
  'minimum_chrome_version',
  'name',
  'optional_host_permissions',
  'options_ui',
  'permissions',
  'short_name',
  'sidebar_action',
  'storage',
  'version',
];

interface Manifest {
  readonly manifest_version: number;
  readonly permissions: string[];
  readonly host_permissions?: string[];
  readonly optional_host_permissions: string[];
  readonly content_security_policy: { readonly extension_pages: string };
  readonly minimum_chrome_version?: string;
  readonly browser_specific_settings?: {
    readonly gecko: {
      readonly id: string;
      readonly strict_min_version: string;
      readonly data_collection_permissions: { readonly required: string[] };
    };
  };
  readonly background: { readonly service_worker?: string; readonly scripts?: string[] };
  readonly storage?: { readonly managed_schema: string };
  readonly key?: string;
}

const cases: [Target, Flavour][] = [
  ['chrome', 'generic'],
  ['firefox', 'generic'],
  ['chrome', 'test'],
  ['firefox', 'test'],
  ['chrome', 'tenant'],
  ['firefox', 'tenant'],
];
/** A tenant of the house's own list: its hosts are required in the package made for it. */
const TENANT = join(import.meta.dirname, '../../lib/adapters/tenants/nghe-an.json');

describe.each(cases)('%s, %s', (browser, flavour) => {
  let folder: string;
  let files: string[];
  let manifest: Manifest;
  let scripts: { name: string; code: string }[];

  beforeAll(async () => {
    ({ folder } = await buildExtension(browser, flavour, flavour === 'tenant' ? TENANT : ''));
    files = await filesUnder(folder);
    manifest = JSON.parse(await readText(folder, 'manifest.json')) as Manifest;
    scripts = await Promise.all(
      files
        .filter((name) => name.endsWith('.js'))
        .map(async (name) => ({ name, code: await readText(folder, name) })),
    );
  });

  it('asks for exactly what the README says and it uses; hosts are required by tenant builds only', () => {
    expect(manifest.manifest_version).toBe(3);
    const { permissions, hosts } = table(browser, flavour);
    expect([...manifest.permissions].sort()).toEqual(permissions);
    for (const name of permissions) {
      expect(USED, `how to see that ${name} is used`).toHaveProperty(name);
      const isUsed = scripts.some(({ code }) => USED[name]!.test(code));
      expect.soft(isUsed, `${name} is asked for and not used`).toBe(true);
    }
    if (flavour !== 'tenant') expect(hosts).toEqual([...(manifest.host_permissions ?? [])].sort());
    expect([...manifest.optional_host_permissions].sort()).toEqual(OPTIONAL_HOSTS);
    const tenants = requiredHosts(readTenants(TENANT));
    const required = { generic: [], test: LOCAL_HOSTS, tenant: tenants }[flavour];
    expect(tenants.length).toBeGreaterThan(0);
    expect(manifest.host_permissions ?? []).toEqual(required);
    expect(Object.keys(manifest).filter((key) => !KNOWN_KEYS.includes(key))).toEqual([]);
  });

  it('offers nothing to web pages and runs nowhere by itself', () => {
    for (const key of ['web_accessible_resources', 'content_scripts', 'externally_connectable', 'sandbox'])
      expect(manifest).not.toHaveProperty(key);
  });

  it('names the oldest browsers, and the ids', () => {
    if (browser === 'chrome') {
      expect(manifest.minimum_chrome_version).toBe(FLOOR.chrome);
      expect(manifest.background).toEqual({ service_worker: 'background.js' });
      expect(manifest.storage?.managed_schema).toBe('managed-schema.json');
      expect(files).toContain('managed-schema.json');
      expect(manifest.key === undefined ? null : idOf(manifest.key)).toBe(
        flavour === 'test' ? TEST_ID : null,
      );
    } else {
      const { gecko } = manifest.browser_specific_settings!;
      expect(gecko.id).toBe(GECKO_ID);
      expect(gecko.strict_min_version).toBe(`${FLOOR.firefox}.0`);
      expect(gecko.data_collection_permissions.required).toEqual(['websiteContent', 'websiteActivity']);
      expect(manifest.background).toEqual({ scripts: ['background.js'] });
      expect(files).not.toContain('managed-schema.json');
    }
  });

  it('lets pages run only our own files, with Trusted Types', () => {
    const policy = manifest.content_security_policy.extension_pages;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain('trusted-types nmc');
    expect(policy).not.toMatch(/unsafe|(?<!:)\*|http:\/\/(?!127\.0\.0\.1|localhost)/);
  });

  it('evaluates no text and loads no code from elsewhere', async () => {
    expect(scripts.length).toBeGreaterThan(3);
    for (const { name, code } of scripts) {
      expect.soft(code, name).not.toMatch(/\beval\s*\(|new Function\b|[=(,]Function[;,)]|importScripts\s*\(/);
      expect.soft(code, name).not.toMatch(/import\s*\(\s*[`'"]https?:/);
    }
    for (const name of files.filter((one) => one.endsWith('.html'))) {
      const html = await readText(folder, name);
      expect.soft(html, name).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      expect.soft(html, name).not.toMatch(/<script(?![^>]*\bsrc=)/);
    }
  });

  it(`loads at most ${READER_LIMIT} bytes into every granted page, and no heavy library`, async () => {
    const reader = await readFile(join(folder, READER));
    expect(reader.length).toBeLessThanOrEqual(READER_LIMIT);
    expect(reader.toString()).not.toMatch(
      /IndexedDB|indexedDB|ZodError|localStorage|document\.cookie|XMLHttpRequest|fetch\(/,
    );
  });

  it('brings the workshop, its agent without library or network, and the saved pages as data', async () => {
    const agent = await readText(folder, 'picker.js');
    expect(agent).not.toMatch(
      /indexedDB|ZodError|localStorage|document\.cookie|XMLHttpRequest|fetch\(|preact/i,
    );
    expect(agent.length).toBeLessThan(60_000);
    const saved = JSON.parse(await readText(folder, 'fixtures/igate2.json')) as { name: string }[];
    expect(saved.map(({ name }) => name)).toContain('list-basic');
    expect(files).toContain('workshop.html');
    // No panel is offered to anybody: the workshop names its path when IT staff open it.
    expect(manifest).not.toHaveProperty('side_panel');
  });

  it('uses nothing newer than its floor', async () => {
    const floor = Number(FLOOR[browser]);
    const newer = newerInScripts(scripts, browser, floor).filter(({ name }) => !ASKED_FIRST.includes(name));
    expect(newer.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
    for (const name of files.filter((one) => one.endsWith('.css'))) {
      const styles = newerInStyles(await readText(folder, name), browser, floor).map((one) => one.name);
      expect
        .soft(
          styles.filter((one) => !HARMLESS_STYLES.includes(one)),
          name,
        )
        .toEqual([]);
    }
  });

  it('carries the dashboard but not the kiosk', () => {
    expect(files.filter((name) => name.includes('kiosk'))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['popup.html', 'options.html', 'dashboard.html']));
  });
});

it('the same sources give the same bytes', async () => {
  const { folder } = await buildExtension('chrome', 'generic');
  const first = await packFolder(folder);
  await buildExtension('chrome', 'generic');
  const second = await packFolder(folder);
  expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
});

/** Chrome's id of a public key: the first 128 bits of its hash in the letters a to p. */
function idOf(key: string): string {
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return [...hash].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

it('sees what is newer than a floor, and only that', () => {
  const see = (code: string) =>
    newerInScripts([{ name: 'a.js', code }], 'chrome', 109).map(({ name }) => name);
  expect(see('export const f = (list) => list.toSorted();')).toEqual(['toSorted']);
  expect(see('export const f = (list) => Object.groupBy(list, (one) => one.day);')).toEqual(['groupBy']);
  expect(see('export const f = (list) => list.sort().at(-1);')).toEqual([]);
  expect(see('const x = { toSorted: () => [] }; export const f = () => x.toSorted();')).toEqual([]);
  expect(see('export const f = /[a--b]/v;')).toHaveLength(1);
  expect(newerInStyles('@starting-style { a { color: red } }', 'chrome', 109)).toHaveLength(1);
  expect(newerInStyles('a { color: red; inset: 0 }', 'chrome', 109)).toEqual([]);
});

/** The README's table of permissions: what this browser's package of this flavour asks for. */
function table(browser: Target, flavour: Flavour): { permissions: string[]; hosts: string[] } {
  const part = README.split('## Permissions of the extension')[1]?.split(/\n## /)[0] ?? '';
  const rows = [...part.matchAll(/^\| ([^|]+) \| ([^|]+) \|/gm)].map(([, names, where]) => ({
    names: [...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
    where: where!.trim(),
  }));
  const holds = (where: string) =>
    where === 'all' ||
    where === { chrome: 'Chromium', firefox: 'Firefox' }[browser] ||
    where === `${flavour} build`;
  const names = rows.filter(({ where }) => holds(where)).flatMap((row) => row.names);
  const isHost = (name: string) => name.includes('://');
  return { permissions: names.filter((one) => !isHost(one)).sort(), hosts: names.filter(isHost).sort() };
}
