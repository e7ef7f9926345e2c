/**
 * The policy kit of one unit: the files an administrator needs to install the extension and to enrol it without typing.
 * Pure: settings in, files out. What each browser reads where is told in the guide (`lib/i18n/hub/policy-guide.ts`).
 *
 * Sources: Chromium "Complex policies on Windows" (a list may be a JSON string in the registry); ExtensionSettings of Chrome
 * and Edge (outside the store only on managed PCs); Firefox enterprise policies (`3rdparty`). Cốc Cốc documents no root of its
 * own: the two that are used in the field are both written, a root that no browser reads does nothing.
 */
import type { Tenant } from '../../adapters/tenant.ts';
import { type GuideFacts, policyGuide } from '../../i18n/hub/policy-guide.ts';

/** Where Chromium browsers on Windows look, under HKEY_LOCAL_MACHINE. */
const WINDOWS_ROOTS = [
  ['Google Chrome', 'SOFTWARE\\Policies\\Google\\Chrome'],
  ['Microsoft Edge', 'SOFTWARE\\Policies\\Microsoft\\Edge'],
  ['Cốc Cốc', 'SOFTWARE\\Policies\\CocCoc'],
  ['Cốc Cốc (2)', 'SOFTWARE\\Policies\\CocCoc\\CocCoc'],
] as const;

export interface KitSettings {
  readonly unit: string;
  readonly hub: string;
  readonly token: string;
  readonly quota: number;
  /** ISO instant. */
  readonly expires: string;
  /** Only where the package does not bring them: else the hub's own list comes with the configuration. */
  readonly tenants: readonly Tenant[];
  /** Chromium's id of the package. */
  readonly extensionId: string;
  readonly isTestId: boolean;
  readonly geckoId: string;
  /** Where Chromium fetches the package: the store's address, or an update manifest of one's own. */
  readonly updateUrl: string;
  /** Where Firefox fetches the signed package (https or file). */
  readonly xpiUrl: string;
}

export interface KitFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Names of the kit's files. */
export const KIT_FILES = {
  install: 'cai-dat-windows.reg',
  remove: 'go-bo-windows.reg',
  linux: 'nhip-mot-cua-linux.json',
  firefox: 'policies.json',
  guide: 'huong-dan.html',
} as const;

/** The files of the kit. */
export function policyKit(settings: KitSettings): KitFile[] {
  const json = (value: unknown) => utf8(`${JSON.stringify(value, null, 2)}\n`);
  return [
    { name: KIT_FILES.install, bytes: registryFile(installKeys(settings)) },
    { name: KIT_FILES.remove, bytes: registryFile(removeKeys(settings)) },
    { name: KIT_FILES.linux, bytes: json(chromiumPolicy(settings)) },
    { name: KIT_FILES.firefox, bytes: json(firefoxPolicy(settings)) },
    { name: KIT_FILES.guide, bytes: utf8(policyGuide(guideFacts(settings))) },
  ];
}

/** What the extension reads from `storage.managed`. */
function managedStorage({ hub, token, tenants }: KitSettings) {
  return { hub, policyToken: token, ...(tenants.length > 0 ? { tenants } : {}) };
}

/** Chromium and Chrome on Linux: `/etc/chromium/policies/managed/`, `/etc/opt/chrome/policies/managed/`. */
function chromiumPolicy(settings: KitSettings) {
  const { extensionId, updateUrl } = settings;
  return {
    ExtensionSettings: { [extensionId]: { installation_mode: 'force_installed', update_url: updateUrl } },
    '3rdparty': { extensions: { [extensionId]: managedStorage(settings) } },
  };
}

function firefoxPolicy(settings: KitSettings) {
  const { geckoId, xpiUrl } = settings;
  return {
    policies: {
      ExtensionSettings: { [geckoId]: { installation_mode: 'force_installed', install_url: xpiUrl } },
      '3rdparty': { Extensions: { [geckoId]: managedStorage(settings) } },
    },
  };
}

interface Key {
  readonly note: string;
  /** With a leading `-` the key and all below it are removed. */
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
}

function installKeys(settings: KitSettings): Key[] {
  const { extensionId, updateUrl, hub, token, tenants } = settings;
  return WINDOWS_ROOTS.flatMap(([note, root]): Key[] => [
    {
      note,
      path: `HKEY_LOCAL_MACHINE\\${root}\\ExtensionSettings\\${extensionId}`,
      values: { installation_mode: 'force_installed', update_url: updateUrl },
    },
    {
      note,
      path: `HKEY_LOCAL_MACHINE\\${root}\\3rdparty\\extensions\\${extensionId}\\policy`,
      values: {
        hub,
        policyToken: token,
        ...(tenants.length > 0 ? { tenants: JSON.stringify(tenants) } : {}),
      },
    },
  ]);
}

function removeKeys({ extensionId }: KitSettings): Key[] {
  return WINDOWS_ROOTS.flatMap(([note, root]) =>
    ['ExtensionSettings', '3rdparty\\extensions'].map(
      (branch): Key => ({
        note,
        path: `-HKEY_LOCAL_MACHINE\\${root}\\${branch}\\${extensionId}`,
        values: {},
      }),
    ),
  );
}

/** Windows reads Vietnamese in a .reg file only as UTF-16 with a byte order mark, lines ended by CR LF. */
function registryFile(keys: readonly Key[]): Uint8Array {
  const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const lines = [
    'Windows Registry Editor Version 5.00',
    '',
    ...keys.flatMap(({ note, path, values }) => [
      `; ${note}`,
      `[${path}]`,
      ...Object.entries(values).map(([name, value]) => `${quoted(name)}=${quoted(value)}`),
      '',
    ]),
  ];
  return Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf16le')]);
}

function guideFacts(settings: KitSettings): GuideFacts {
  const { unit, hub, quota, expires, extensionId, geckoId, updateUrl, xpiUrl, isTestId } = settings;
  return { unit, hub, quota, expires, extensionId, geckoId, updateUrl, xpiUrl, isTestId, files: KIT_FILES };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
