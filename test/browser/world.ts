/** The world of an end-to-end test: the three practice portals, a real hub with its database, and devices to be enrolled. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig } from '../../lib/hub/config.ts';
import { type Hub, startHub } from '../../lib/hub/server.ts';
import { hubCommand } from '../faults/hub-process.ts';
import { type PortalOptions, type Portals, startPortals } from '../portals/index.ts';

const PORTALS = resolve(import.meta.dirname, '../portals');

export interface World {
  /** The hub that runs now. */
  readonly hub: Hub;
  /** Stops the hub and starts it again on the same data, with its clock set forward by so many milliseconds. */
  restart(forward: number): Promise<void>;
  readonly portals: Portals;
  /** Everything the hub logged. */
  readonly log: readonly string[];
  /** A scratch folder that goes with the world. */
  readonly folder: string;
  readonly admin: { readonly name: string; readonly password: string };
  /** One-time code for a new device of the whole province's root unit. */
  code(kind: 'extension' | 'kiosk', name: string): string;
  /** `npm run hub -- …` on this hub's data. */
  command(args: readonly string[]): string;
  close(): Promise<void>;
}

export const ROOT = 'h99';
export const UNITS_CSV = join(PORTALS, 'units.csv');
export const CATALOGUE_CSV = join(PORTALS, 'catalogue.csv');

/** Starts everything, imports units and catalogue, makes the first administrator from the terminal. */
export async function startWorld(options: Partial<PortalOptions> = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'nmc-world-'));
  const data = join(folder, 'data');
  const log: string[] = [];
  const portals = await startPortals(options);
  const start = (forward: number) =>
    startHub(readConfig({ NMC_DATA: data, PORT: '0' }), {
      clock: () => Date.now() + forward,
      log: (level, event, fields) => void log.push(JSON.stringify({ level, event, ...fields })),
    });
  let hub = await start(0);
  const command = (args: readonly string[], input?: string) => hubCommand(data, args, input);
  command(['import', 'units', UNITS_CSV]);
  command(['import', 'catalogue', CATALOGUE_CSV]);
  const admin = { name: 'quantri', password: 'mot-cua-vui-ve-2026' };
  command(['create-admin', '--name', admin.name], `${admin.password}\n`);
  return {
    get hub() {
      return hub;
    },
    restart: async (forward) => {
      await hub.close();
      hub = await start(forward);
    },
    portals,
    log,
    folder,
    admin,
    code: (kind, name) => command(['activate', '--unit', ROOT, '--kind', kind, '--name', name]).trim(),
    command,
    close: async () => {
      await Promise.all([portals.close(), hub.close()]);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
