/**
 * A unit without a hub: hand-over files in, the hub's figures out, all in this browser's Dexie (DESIGN §6).
 *
 *   .nmc file ── verify ── device new? keep, ask a person ── lines, ranges, forks ── merge ── roll-up ── figures
 */
import { UNASSIGNED } from '../domain/flows.ts';
import { parsePeriod } from '../domain/period.ts';
import { subtree, type Unit } from '../domain/unit.ts';
import type { ReportsWords } from '../i18n/reports/index.ts';
import { defaultWords } from '../reports/csv.ts';
import { figuresToXlsx } from '../reports/figures-xlsx.ts';
import { importCatalogue, importUnits } from './csv-import.ts';
import { censusOf, devicesOf, receiptsOf, transportOf } from './devices.ts';
import { closeRatings } from './feedback.ts';
import { feedbackFrom } from './feedback-figures.ts';
import { figuresFrom } from './figures.ts';
import { importFile, takeHeld } from './import.ts';
import {
  makeProvinceSecret,
  makeSigning,
  makeUnitFile,
  type ProvinceSecret,
  randomText,
  type Signing,
} from './keys.ts';
import { kiosksOf } from './kiosks.ts';
import { finderOf, hasUnassigned, PROJECTION, rebuild } from './project.ts';
import { openStore, setting, type UnitStore } from './store.ts';
import { type FileResult, type UnitBook, unitError } from './types.ts';

export type * from './types.ts';

export interface OpenOptions {
  /** Name of the database; another name is another book. */
  readonly name?: string;
  /** Milliseconds. */
  readonly clock?: () => number;
  /** Words of refusals and device names; Vietnamese unless told otherwise. */
  readonly words?: ReportsWords;
}

/** Opens the book of this browser profile. Derived rows of an older version are computed anew first. */
export async function openUnit(options: OpenOptions = {}): Promise<UnitBook> {
  const { name = 'nmc-unit', clock = Date.now, words = defaultWords } = options;
  const db = await openStore(name);
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const own = () => setting<Unit>(db, 'unit');
  const ownOrFail = async () => {
    const unit = await own();
    if (!unit) throw unitError('noUnit', 'no unit has been created');
    return unit;
  };
  const ports = { clock, words };
  await catchUp(db);

  const book: UnitBook = {
    unit: own,
    async createUnit(input) {
      const signing = await makeSigning();
      const secret = await makeProvinceSecret();
      const unit = await db.transaction('rw', db.tables, async () => {
        if (await own()) throw unitError('exists', 'the unit exists already');
        const made = unitOf(`u-${randomText(10)}`, input.name, input.agencyCodes ?? []);
        await db.settings.bulkPut([
          { name: 'unit', value: made },
          { name: 'signing', value: signing },
          { name: 'province', value: secret },
        ]);
        await db.units.put(made);
        return made;
      });
      changed();
      return unit;
    },
    async changeUnit({ name, agencyCodes }) {
      const unit = await db.transaction('rw', db.tables, async () => {
        const made = { ...(await ownOrFail()), name, agencyCodes };
        await db.settings.put({ name: 'unit', value: made });
        await db.units.put(made);
        await rebuild(db, await finderOf(db, made));
        return made;
      });
      changed();
      return unit;
    },
    async unitFile(passphrase, kind = 'extension') {
      const unit = await ownOrFail();
      const signing = await setting<Signing>(db, 'signing');
      const secret = await setting<ProvinceSecret>(db, 'province');
      return makeUnitFile(unit, signing!, secret!, passphrase, kind);
    },
    async importFiles(files, onProgress) {
      const results: FileResult[] = [];
      for (const file of files) {
        results.push(await importFile(db, file, ports));
        onProgress?.(results.length, files.length);
      }
      changed();
      return results;
    },
    async acceptDevice(id, name) {
      await db.transaction('rw', db.devices, async () => {
        const device = await db.devices.get(id);
        if (!device) throw unitError('unknownDevice', 'no such device');
        await db.devices.put({ ...device, state: 'active', name: name ?? device.name });
      });
      const results = await takeHeld(db, id);
      changed();
      return results;
    },
    async revokeDevice(id) {
      const found = await db.devices.update(id, { state: 'revoked' });
      if (found === 0 && !(await db.devices.get(id))) throw unitError('unknownDevice', 'no such device');
      changed();
    },
    devices: async () => devicesOf(db, await own(), words),
    async receiptFor(deviceId) {
      const signing = await setting<Signing>(db, 'signing');
      return receiptsOf(db, deviceId, await ownOrFail(), signing!, clock());
    },
    async units() {
      const unit = await own();
      const others = (await db.units.toArray()).filter((one) => one.id !== unit?.id);
      const unassigned = unitOf(UNASSIGNED, words('unit.unassigned'), []);
      return [...(unit ? [unit] : []), ...others, ...((await hasUnassigned(db)) ? [unassigned] : [])];
    },
    async importUnits(csv, dryRun) {
      const done = await importUnits(db, csv, dryRun, words);
      changed();
      return done;
    },
    catalogue: async () => (await db.procedures.toArray()).map(({ from: _from, ...one }) => one),
    async importCatalogue(csv, dryRun) {
      const done = await importCatalogue(db, csv, dryRun, words);
      changed();
      return done;
    },
    async figures(unitId, periodId) {
      const unit = await ownOrFail();
      const units = await db.units.toArray();
      const asked = askedUnit(units, unitId, words);
      const now = clock();
      const transport = transportOf(await devicesOf(db, unit, words), now);
      return figuresFrom(db, { unit: asked, units, own: unit, periodId, transport, now });
    },
    async feedback(unitId, periodId) {
      const own = await ownOrFail();
      const period = parsePeriod(periodId);
      if (!period) throw unitError('unknownPeriod', 'no such period');
      const units = await db.units.toArray();
      const unit = askedUnit(units, unitId, words);
      const now = clock();
      await closeRatings(db, own.id, now);
      const isBelow = subtree(units, unit.id).includes(own.id);
      return feedbackFrom(db, { unit, own: isBelow ? own : null, period, now });
    },
    kiosks: async () => kiosksOf(db, await devicesOf(db, await own(), words)),
    exportXlsx: (figures) => figuresToXlsx(figures, words),
    census: () => censusOf(db),
    async rebuild() {
      await rebuildAll(db);
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
      db.close();
    },
  };
  return book;
}

function askedUnit(units: readonly Unit[], id: string, words: ReportsWords): Unit {
  const found =
    id === UNASSIGNED ? unitOf(UNASSIGNED, words('unit.unassigned'), []) : units.find((one) => one.id === id);
  if (!found) throw unitError('unknownUnit', 'no such unit');
  return found;
}

function unitOf(id: string, name: string, agencyCodes: readonly string[]): Unit {
  return { id, parent: null, name, kind: 'other', agencyCodes, aliases: [], validFrom: null, validTo: null };
}

function rebuildAll(db: UnitStore): Promise<void> {
  return db.transaction('rw', db.tables, async () => {
    await rebuild(db, await finderOf(db, await setting<Unit>(db, 'unit')));
    await db.settings.put({ name: 'projection', value: PROJECTION });
  });
}

/** What a cut or an update left undone: derived rows of an older version, kept files of an accepted device. */
async function catchUp(db: UnitStore): Promise<void> {
  if ((await setting<number>(db, 'projection')) !== PROJECTION) await rebuildAll(db);
  for (const device of await db.devices.toArray()) {
    if (device.state === 'active') await takeHeld(db, device.id);
  }
}
