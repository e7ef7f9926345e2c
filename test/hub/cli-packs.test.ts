/** `npm run hub -- packs`, `policy-token`, `policy-kit`: what the terminal does, and the files it writes. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLED_PACKS } from '../../lib/adapters/packs/index.ts';
import { signDeviceToken, verifyConfig } from '../../lib/batch/index.ts';
import { GECKO_ID, TEST_ID } from '../../lib/build/manifest.ts';
import { KIT_FILES } from '../../lib/hub/policy/kit.ts';
import { type Hub, startHub } from '../../lib/hub/server.ts';
import { activationBody, callerOf, type KeyPair, keyPair, load, testConfig, UNITS } from './support.ts';

const CLI = resolve(import.meta.dirname, '../../lib/hub/cli.ts');
let data: string;
let hub: Hub;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'nmc-cli-packs-'));
  hub = await startHub(testConfig(data));
  await load(hub, 'units', UNITS);
});
afterAll(async () => {
  await hub.close();
  rmSync(data, { recursive: true, force: true });
});

function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    env: { PATH: process.env.PATH, NMC_DATA: data },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

async function activate(token: string): Promise<{ device: string; keys: KeyPair }> {
  const keys = await keyPair();
  const { body } = await activationBody(token, 'extension', keys);
  const answer = await callerOf(hub.url)('POST', '/v1/device/activate', body);
  if (answer.status !== 200) throw new Error(await answer.text());
  return { ...((await answer.json()) as { device: string }), keys };
}

describe('packs', () => {
  it('lists, shows, signs, rolls out, takes back and retires', async () => {
    const { device, keys } = await activate(
      cli('policy-token', '--unit', 'xa-a', '--quota', '3').stdout.trim(),
    );
    const bundled = BUNDLED_PACKS.find((one) => one.id === 'ioffice-dwr')!;
    const as = async (method: string, path: string, body?: unknown) =>
      callerOf(hub.url)(method, path, body, {
        authorization: `NMC-Device ${await signDeviceToken(device, Date.now(), keys.key)}`,
      });
    const pack = { ...bundled, version: '9.0.0', name: 'iOffice (sửa)' };
    const proposal = { pack, note: 'đổi tên', fixtures: [], results: [{ name: 'den-1', ok: true }] };
    expect((await as('POST', '/v1/device/packs', proposal)).status).toBe(201);
    const delivered = async () =>
      (await verifyConfig(await (await as('GET', '/v1/device/config')).text(), hub.keys.config.jwk)).packs
        .length;

    const ref = 'ioffice-dwr@9.0.0';
    expect(cli('packs').stdout).toMatch(/ioffice-dwr@9\.0\.0 {2}proposed {2}– {2}1\/1/);
    expect(cli('packs').stdout).toMatch(/igate2@\S+ {2}everywhere {2}bundled/);
    const shown = cli('packs', 'show', ref).stdout;
    expect(shown).toContain(`~ name  "${bundled.name}" → "iOffice (sửa)"`);
    expect(shown).toContain('✓ den-1');
    expect(cli('packs', 'stage', ref, 'everywhere')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('chưa được tỉnh ký'),
    });
    expect(await delivered()).toBe(0);
    expect(cli('packs', 'sign', ref)).toMatchObject({ status: 0 });
    expect(cli('packs', 'stage', ref, 'trial').status).toBe(1);
    expect(cli('packs', 'stage', ref, 'trial', '--percent', '200').status).toBe(1);
    expect(cli('packs', 'stage', ref, 'trial', '--units', 'xa-z').stderr).toContain(
      'Hãy chọn ít nhất một đơn vị',
    );
    expect(cli('packs', 'stage', ref, 'trial', '--units', 'xa-b').status).toBe(0);
    expect(await delivered()).toBe(0);
    expect(cli('packs', 'stage', ref, 'trial', '--units', 'xa-a,xa-b').status).toBe(0);
    expect(await delivered()).toBe(1);
    expect(cli('packs', 'list').stdout).toMatch(/ioffice-dwr@9\.0\.0 {2}trial \(xa-a, xa-b\) {2}cli/);
    expect(cli('packs', 'stage', ref, 'proposed').status).toBe(0);
    expect(await delivered()).toBe(0);
    expect(cli('packs', 'refuse', ref).status).toBe(1);
    expect(cli('packs', 'retire', ref).stdout).toContain('0 ghi nhận hết hiệu lực');
    expect(cli('packs', 'stage', ref, 'everywhere').stderr).toContain('retired');
    expect(cli('packs', 'show', 'x@1.0.0')).toMatchObject({ status: 1 });
    expect(cli('packs', 'paint', ref).status).toBe(1);
  });
});

describe('policy tokens', () => {
  it('are made, listed with what is used, and revoked', async () => {
    const made = cli('policy-token', '--unit', 'xa-b', '--quota', '2', '--days', '5', '--name', 'Quầy');
    expect(made.stdout.trim()).toMatch(/^nmcp_[\w-]{27}$/);
    await activate(made.stdout.trim());
    const line = cli('policy-token', 'list')
      .stdout.split('\n')
      .find((one) => one.includes('xa-b'))!;
    expect(line).toMatch(/^y\S+ {2}xa-b {2}1\/2 {2}\S+ {2}active {2}Quầy$/);
    const id = line.split(' ')[0]!;
    expect(cli('policy-token', 'revoke', id).status).toBe(0);
    expect(cli('policy-token', 'revoke', id).status).toBe(1);
    await expect(activate(made.stdout.trim())).rejects.toThrow('policyRevoked');
    expect(cli('policy-token', '--unit', 'xa-z').stderr).toContain('Không có đơn vị');
    expect(cli('policy-token', '--unit', 'xa-a', '--quota', '0').status).toBe(1);
    expect(cli('policy-token').status).toBe(1);
  });
});

describe('the policy kit', () => {
  const read = (folder: string, name: string) => readFileSync(join(folder, name));

  it('writes what Windows, Linux and Firefox read, with one token that activates, and a guide', async () => {
    const folder = join(data, 'bo-chinh-sach');
    const tenants = join(data, 'tenant.json');
    const tenant = { id: 'mc', name: 'Một "cửa"', family: 'igate2', origins: ['https://mc.example.gov.vn'] };
    writeFileSync(tenants, JSON.stringify(tenant));
    const made = cli(
      ...['policy-kit', '--unit', 'xa-a', '--out', folder, '--hub', 'https://nhip.example.gov.vn/'],
      ...[
        '--quota',
        '7',
        '--days',
        '10',
        '--tenant',
        tenants,
        '--xpi-url',
        'https://noi-bo.example/nhip.xpi',
      ],
    );
    expect(made).toMatchObject({ status: 0, stderr: expect.stringContaining('bản thử') });
    for (const name of Object.values(KIT_FILES)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);

    const linux = JSON.parse(read(folder, KIT_FILES.linux).toString()) as {
      ExtensionSettings: unknown;
      '3rdparty': { extensions: Record<string, { hub: string; policyToken: string; tenants: unknown }> };
    };
    expect(linux.ExtensionSettings).toEqual({
      [TEST_ID]: {
        installation_mode: 'force_installed',
        update_url: 'https://clients2.google.com/service/update2/crx',
      },
    });
    const managed = linux['3rdparty'].extensions[TEST_ID]!;
    expect(managed).toMatchObject({ hub: 'https://nhip.example.gov.vn', tenants: [tenant] });
    const schema = JSON.parse(readFileSync('public/managed-schema.json', 'utf8')) as { properties: object };
    expect(Object.keys(managed).filter((key) => !(key in schema.properties))).toEqual([]);

    expect(JSON.parse(read(folder, KIT_FILES.firefox).toString())).toEqual({
      policies: {
        ExtensionSettings: {
          [GECKO_ID]: {
            installation_mode: 'force_installed',
            install_url: 'https://noi-bo.example/nhip.xpi',
          },
        },
        '3rdparty': { Extensions: { [GECKO_ID]: managed } },
      },
    });

    const bytes = read(folder, KIT_FILES.install);
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    const text = bytes.subarray(2).toString('utf16le');
    expect(text.startsWith('Windows Registry Editor Version 5.00\r\n\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const root of ['Google\\Chrome', 'Microsoft\\Edge', 'CocCoc']) {
      expect(text).toContain(
        `[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${root}\\ExtensionSettings\\${TEST_ID}]\r\n`,
      );
      expect(text).toContain(
        `[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${root}\\3rdparty\\extensions\\${TEST_ID}\\policy]`,
      );
    }
    expect(text).toContain(`"policyToken"="${managed.policyToken}"\r\n`);
    const value = /^"tenants"="(.*)"\r$/m.exec(text)![1]!;
    expect(JSON.parse(value.replaceAll('\\"', '"').replaceAll('\\\\', '\\'))).toEqual([tenant]);
    const removal = read(folder, KIT_FILES.remove).subarray(2).toString('utf16le');
    for (const [, key] of text.matchAll(/^\[(.*?)(?:\\policy)?\]\r$/gm))
      expect(removal).toContain(`[-${key}]\r\n`);
    expect(removal).not.toContain(managed.policyToken);

    const guide = read(folder, KIT_FILES.guide).toString();
    for (const part of [
      'Xã A',
      '7 máy',
      TEST_ID,
      'chrome://policy',
      'about:policies',
      'workgroup',
      'phải thử',
      'Bản thử',
      KIT_FILES.remove,
    ]) {
      expect(guide).toContain(part);
    }
    expect(guide).not.toContain(managed.policyToken);
    expect(guide).not.toMatch(/<script|src=|undefined|\{\w+\}/);
    await activate(managed.policyToken);
    expect(cli('policy-token', 'list').stdout).toMatch(/xa-a {2}1\/7/);
  });

  it('uses the id of the release, leaves tenants to the hub, and names what is missing', () => {
    const folder = join(data, 'bo-that');
    const id = 'abcdefghijklmnopabcdefghijklmnop';
    const base = ['policy-kit', '--unit', 'xa-a', '--out', folder];
    expect(cli(...base, '--hub', 'https://nhip.example', '--extension-id', id).stderr).not.toContain(
      'bản thử',
    );
    const linux = JSON.parse(read(folder, KIT_FILES.linux).toString()) as {
      '3rdparty': { extensions: object };
    };
    expect(linux['3rdparty'].extensions).toEqual({
      [id]: { hub: 'https://nhip.example', policyToken: expect.stringMatching(/^nmcp_/) },
    });
    expect(read(folder, KIT_FILES.guide).toString()).not.toContain('Bản thử');
    const wrong = (...args: string[]) => {
      const { status, stderr } = cli('policy-kit', ...args);
      expect(status).toBe(1);
      return stderr;
    };
    expect(wrong('--unit', 'xa-a', '--hub', 'https://h.example')).toContain('--out');
    expect(wrong('--unit', 'xa-a', '--out', join(data, 'x'))).toContain('--hub');
    expect(wrong('--unit', 'xa-a', '--out', join(data, 'x'), '--hub', 'http://h.example')).toContain('--hub');
    expect(wrong('--unit', 'xa-z', '--out', join(data, 'x'), '--hub', 'https://h.example')).toContain('xa-z');
    expect(wrong(...base.slice(1), '--hub', 'https://h.example', '--extension-id', 'x')).toContain(
      '--extension-id',
    );
    expect(existsSync(join(data, 'x'))).toBe(false);
  });
});
