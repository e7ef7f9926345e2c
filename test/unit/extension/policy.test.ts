import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import type { DeviceConfig } from '../../../lib/batch/index.ts';
import { readTenants, requiredHosts } from '../../../lib/build/tenants.ts';
import { packsInForce } from '../../../lib/extension/packs.ts';
import { readPolicy } from '../../../lib/extension/policy.ts';

const tenant = {
  id: 'nghe-an',
  name: 'Nghệ An',
  family: 'igate2',
  origins: ['https://motcua.example.gov.vn', 'https://dichvucong.example.gov.vn'],
};

describe('policy', () => {
  it('is empty where there is none (Firefox rejects the call)', async () => {
    expect(await readPolicy(() => Promise.reject(new Error('Managed storage manifest not found')))).toEqual({
      hub: null,
      token: null,
      tenants: [],
    });
  });

  it('keeps what fits when a part does not', async () => {
    const read = async () => ({ hub: 'https://hub.example', policyToken: 'T', tenants: [{ id: 'Nghệ An' }] });
    expect(await readPolicy(read)).toEqual({ hub: 'https://hub.example', token: 'T', tenants: [] });
    expect(
      (await readPolicy(async () => ({ tenants: [tenant] }), [{ ...tenant, id: 'baked' }])).tenants,
    ).toHaveLength(2);
  });
});

describe('tenants of a package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nmc-tenant-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (content: unknown) => {
    const path = join(folder, 'tenant.json');
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  it('become required hosts', () => {
    expect(readTenants(undefined)).toEqual([]);
    expect(requiredHosts(readTenants(file(tenant)))).toEqual([
      'https://dichvucong.example.gov.vn/*',
      'https://motcua.example.gov.vn/*',
    ]);
  });

  it('keep their further families and whether they were confirmed', () => {
    const more = { ...tenant, families: ['igate1'], status: 'verified' };
    expect(readTenants(file(more))).toEqual([more]);
  });

  it.each([
    ['a pattern', { ...tenant, origins: ['https://*.gov.vn'] }, 'origins'],
    ['a log-in host', { ...tenant, origins: ['https://sso.example.gov.vn'] }, 'origins'],
    ['an id with spaces', { ...tenant, id: 'Nghệ An' }, 'id'],
    ['no origins', { ...tenant, origins: [] }, 'origins'],
    ['families that are no list', { ...tenant, families: 'igate2' }, 'families'],
    ['an unknown status', { ...tenant, status: 'yes' }, 'status'],
  ])('refuse %s and name the field', (_, content, field) => {
    expect(() => readTenants(file(content))).toThrow(field);
  });

  it('say of a file that is none what is wrong with it', () => {
    const table = join(folder, 'tenants.csv');
    writeFileSync(table, 'id,name,family,origins');
    expect(() => readTenants(table)).toThrow(/tenants\.csv: is not JSON/);
    expect(() => readTenants(join(folder, 'nowhere.json'))).toThrow(
      /nowhere\.json: cannot be read \(ENOENT\)/,
    );
  });
});

describe('packs in force', () => {
  const bundled = BUNDLED_PACKS[0]!;
  const config = (packs: unknown[], retiredPacks: string[] = []): DeviceConfig => ({
    typ: 'nmc-config',
    version: 1,
    issued: '2026-01-01T00:00:00.000Z',
    tenants: [],
    retiredPacks,
    packs,
    questionnaire: null,
    counters: [],
  });
  const version = (one: DeviceConfig | null) => packsInForce(BUNDLED_PACKS, one).get(bundled.id)?.version;

  it('a newer pack of the province replaces the bundled one; an older or broken one does not', () => {
    expect(version(null)).toBe(bundled.version);
    expect(
      version(
        config([
          { ...bundled, version: '9.10.0' },
          { ...bundled, version: '9.9.0' },
        ]),
      ),
    ).toBe('9.10.0');
    expect(version(config([{ ...bundled, version: '0.0.1' }]))).toBe(bundled.version);
    expect(version(config([{ id: bundled.id, version: '9.0.0', schema: 'other' }, null, 'text']))).toBe(
      bundled.version,
    );
  });

  it('a retired version falls back to the one before, or to none', () => {
    const newer = { ...bundled, version: '9.0.0' };
    expect(version(config([newer], [`${bundled.id}@9.0.0`]))).toBe(bundled.version);
    expect(version(config([], [`${bundled.id}@${bundled.version}`]))).toBeUndefined();
  });
});
