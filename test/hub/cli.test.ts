/** `npm run hub -- …` beside a running hub and without one (DESIGN §12). */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Hub, startHub } from '../../lib/hub/server.ts';
import {
  activationBody,
  callerOf,
  keyOf,
  keyPair,
  makeDevice,
  PASSWORD,
  sighting,
  testConfig,
  UNITS,
} from './support.ts';

const CLI = resolve(import.meta.dirname, '../../lib/hub/cli.ts');
let data: string;
let hub: Hub;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'nmc-cli-'));
  hub = await startHub(testConfig(data));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

function cli(args: readonly string[], input = '', env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    env: { PATH: process.env.PATH, NMC_DATA: data, ...env },
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function file(name: string, text: string): string {
  const path = join(data, name);
  writeFileSync(path, text);
  return path;
}

describe('beside a running hub', () => {
  it('imports with a dry run, names errors and exits 1 then', () => {
    const good = file('units.csv', UNITS);
    expect(cli(['import', 'units', good, '--dry-run'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Chạy thử, chưa ghi gì: 4 dòng'),
    });
    const bad = file('bad.csv', 'id,parent,name,kind\nx,nowhere,,commune\n');
    const refused = cli(['import', 'units', bad]);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toContain('Dòng 2, cột name');
    expect(refused.stderr).toContain('Không có đơn vị cấp trên "nowhere"');
    expect(cli(['import', 'units', good])).toMatchObject({ status: 0 });
  });

  it('adds an administrator by standard input or file, who can sign in', async () => {
    expect(cli(['create-admin', 'Nguyễn Thị An'], `${PASSWORD}\n`)).toMatchObject({ status: 0 });
    expect(cli(['create-admin', 'nguyễn thị an'], `${PASSWORD}\n`).stderr).toContain('đã có');
    expect(cli(['create-admin', 'Bình'], 'ngan\n')).toMatchObject({ status: 1 });
    const path = file('password', `${PASSWORD}\n`);
    const args = ['create-admin', 'Chi', '--password-file', path, '--role', 'supervisor', '--unit'];
    expect(cli([...args, 'xa-a'])).toMatchObject({ status: 0 });
    expect(cli([...args, 'xa-z']).stderr).toContain('Không có đơn vị "xa-z"');
    const answer = await callerOf(hub.url)('POST', '/v1/session', {
      name: 'Nguyễn Thị An',
      password: PASSWORD,
    });
    expect(await answer.json()).toMatchObject({ user: { role: 'provinceAdmin', unit: { id: 'tinh' } } });
  });

  it('prints a code that activates, a token that reads, and the census of what came', async () => {
    const made = cli(['activate', '--unit', 'xa-a', '--name', 'Quầy 1']);
    const code = made.stdout.trim();
    expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    const keys = await keyPair();
    const { body } = await activationBody(code, 'extension', keys);
    const answer = await callerOf(hub.url)('POST', '/v1/device/activate', body);
    const { device: id } = (await answer.json()) as { device: string };
    const device = makeDevice(hub, { now: Date.now() }, id, 'extension', keys);
    device.append(sighting([keyOf('a')], { channel: 'online', status: 'processing' }));
    device.append(sighting([keyOf('b')], { channel: 'online', status: 'processing' }));
    await device.receipt();

    const token = cli(['token', '--unit', 'xa-a', '--days', '1']).stdout.trim();
    const read = callerOf(hub.url, { authorization: `Bearer ${token}` });
    const figures = await (await read('GET', '/v1/indicators?unit=xa-a&period=calendar:2026-M09')).json();
    expect(figures).toMatchObject({ received: { online: 2 } });

    const lines = cli(['census']).stdout.trim().split('\n');
    const sha256 = createHash('sha256')
      .update(device.lines.map((line) => `${line}\n`).join(''))
      .digest('hex');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        device: id,
        kind: 'extension',
        unit: 'xa-a',
        status: 'active',
        streams: [{ stream: 1, received: [[1, 2]], declaredHead: 2, entries: 2, quarantined: 0, sha256 }],
      },
    ]);
    expect(cli(['recompute', '--check'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Khớp: 2 hồ sơ'),
    });
    await hub.db.tx({ role: 'ingest' }, (query) => query('UPDATE rollup SET n = 9'));
    expect(cli(['recompute', '--check'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('rollup xa-a'),
    });
    expect(cli(['recompute', '--repair'])).toMatchObject({ status: 0 });
    expect(cli(['recompute'])).toMatchObject({ status: 0 });
  });
});

describe('without a hub', () => {
  it('starts the database itself, leaves nothing behind, and explains itself', async () => {
    await hub.close();
    const shown = cli(['doctor']);
    expect(shown.stdout).toMatch(/ĐẠT \/ OK {2}PostgreSQL 18/);
    expect(shown.stdout).toMatch(/ĐẠT \/ OK {2}units 4/);
    expect(shown.status).toBe(1); // no catalogue yet, and it says so
    expect(shown.stdout).toContain('import catalogue FILE');
    expect(cli(['migrate']).stdout).toContain('bản mới nhất');
    const again = await startHub(testConfig(data));
    await again.close();
  });

  it('has help everywhere and names what is wrong', () => {
    expect(cli([]).stdout).toContain('import units|catalogue|tenants FILE');
    expect(cli(['import', '--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('--dry-run'),
    });
    expect(cli(['nothing'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Không có lệnh "nothing"'),
    });
    expect(cli(['token', '--wrong'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('--wrong'),
    });
    expect(cli(['serve'], '', { PORT: 'x' }).stderr).toContain('PORT: write a port number');
  });
});
