/**
 * The demo's stage: a hub on a folder of its own with the made-up province Mẫu (units, procedures, an administrator with
 * a throw-away password) and the three practice portals. Nothing of it touches the data of a real hub.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig } from '../../lib/hub/config.ts';
import { type Hub, startHub } from '../../lib/hub/server.ts';
import { CATALOGUE_CSV, ROOT, UNITS_CSV } from '../browser/world.ts';
import { hubCommand } from '../faults/hub-process.ts';
import { type Portals, startPortals } from '../portals/index.ts';

export interface Stage {
  readonly hub: Hub;
  readonly portals: Portals;
  readonly admin: { readonly name: string; readonly password: string };
  /** Scratch folder; goes when the stage closes. */
  readonly folder: string;
  /** One-time code for a device of the province's root unit. */
  code(kind: 'extension' | 'kiosk', name: string): string;
  close(): Promise<void>;
}

/** What has to be closed, newest last. */
export type Undo = (() => Promise<unknown>)[];

/** Closes everything, newest first; what fails does not keep the rest open. */
export async function undoAll(undo: Undo): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step().catch(() => undefined);
}

export interface StageOptions {
  /** Port of the hub; 0 takes a free one. */
  readonly port: number;
  /** Where the hub keeps its data; null = inside the scratch folder. */
  readonly data: string | null;
  /** Waiting time of every answer of the practice portals, in milliseconds. */
  readonly latencyMs: number;
}

const MARK = 'made-by-npm-run-demo';

/**
 * A folder the demo may fill: empty, or filled by a demo before. Errors: it holds something else, for example the data of
 * a real hub, which made-up units must never enter.
 */
function claim(folder: string): string {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (readdirSync(path).length > 0 && !existsSync(join(path, MARK))) {
    throw new Error(
      `NMC_DATA=${folder} holds data that no demo made. Choose an empty folder, or leave NMC_DATA out.`,
    );
  }
  writeFileSync(join(path, MARK), '');
  return path;
}

/** Starts the stage. Errors: the port is taken, the data folder is another hub's; nothing is left running. */
export async function setStage({ port, data, latencyMs }: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'nmc-demo-'));
  const undo: Undo = [async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })];
  const close = () => undoAll(undo);
  try {
    const home = claim(data ?? join(folder, 'data'));
    const portals = await startPortals({ seed: 11, latencyMs });
    undo.push(() => portals.close());
    const hub = await startHub(readConfig({ NMC_DATA: home, PORT: String(port), NMC_LOG: 'off' }));
    undo.push(() => hub.close());
    hubCommand(home, ['import', 'units', UNITS_CSV]);
    hubCommand(home, ['import', 'catalogue', CATALOGUE_CSV]);
    const suffix = data === null ? '' : `-${randomBytes(2).toString('hex')}`;
    const admin = { name: `quantri${suffix}`, password: `mau-${randomBytes(9).toString('base64url')}` };
    hubCommand(home, ['create-admin', '--name', admin.name], `${admin.password}\n`);
    return {
      hub,
      portals,
      admin,
      folder,
      code: (kind, name) =>
        hubCommand(home, ['activate', '--unit', ROOT, '--kind', kind, '--name', name]).trim(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
