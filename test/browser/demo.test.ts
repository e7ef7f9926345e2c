/** `npm run demo -- --once --headless`: the whole demo, fast, ends by itself with the dashboard checked and nothing left behind. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nmc-demo-test-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

function playOnce(
  settings: Readonly<Record<string, string>>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'test/demo.ts'), '--once', '--headless'], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: folder, PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((done) => child.once('close', (code) => done({ code, said })));
}

/** Command lines of processes that were started with a path of the folder. */
function processesOf(path: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [readFileSync(`/proc/${name}/cmdline`, 'utf8')];
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes(path));
}

describe('the demo', () => {
  it('plays the morning, checks the dashboard and says where to look', async () => {
    const { code, said } = await playOnce({});
    expect(said).toMatch(/The dashboard's \d+ figures are what the portals' own logs give/);
    expect(said).toMatch(/dashboard +http:\/\/127\.0\.0\.1:\d+\/\n +quantri +mau-\S+/);
    expect(code).toBe(0);
    expect(processesOf(folder)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('nmc-demo-'))).toEqual([]);
  });

  it('keeps made-up units out of a folder that holds something else', async () => {
    const { code, said } = await playOnce({ NMC_DATA: ROOT });
    expect(code).toBe(1);
    expect(said).toContain('holds data that no demo made');
  });
});
