/**
 * Finds the system's browsers (PATH, or `CHROMIUM` / `FIREFOX`); as root on Debian it installs a missing one.
 * A browser that cannot be had is an error that says what to install, never a skipped test.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export type BrowserName = 'chromium' | 'firefox';

const NAMES: Record<BrowserName, { env: string; commands: string[]; debian: string }> = {
  chromium: { env: 'CHROMIUM', commands: ['chromium', 'chromium-browser'], debian: 'chromium' },
  firefox: { env: 'FIREFOX', commands: ['firefox-esr', 'firefox'], debian: 'firefox-esr' },
};

/** Flags a browser under test needs: no calls home, and no sandbox when run as root. */
export function chromiumFlags(): string[] {
  const asRoot = process.getuid?.() === 0;
  return [
    ...(asRoot ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
  ];
}

/** Path of the browser, or null where none is found. Errors: the variable names something that cannot be run. */
export function findBrowser(name: BrowserName): string | null {
  const { env, commands } = NAMES[name];
  const named = process.env[env];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`${env}=${named}: no executable there. Correct the variable or remove it.`);
  }
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const command of commands) {
      const path = join(folder, command);
      if (isExecutable(path)) return path;
    }
  }
  return null;
}

/** Path of the browser, installing Debian's package when it is missing and this process may. */
export function needBrowser(name: BrowserName): string {
  const found = findBrowser(name);
  if (found) return found;
  const { debian, env } = NAMES[name];
  if (process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')) {
    console.log(`Installing Debian's ${debian} …`);
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
    spawnSync('apt-get', ['update', '-qq'], options);
    spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', debian, 'fonts-noto-core'],
      options,
    );
    const installed = findBrowser(name);
    if (installed) return installed;
  }
  throw new Error(
    `No ${name} found. Install it (Debian: apt-get install ${debian}) or set ${env} to its path.`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
