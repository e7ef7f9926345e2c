/** Figures from the unit page's own book: the same port as the hub, without log-in, activation codes and network. */
import type { Device, Failure, FileBytes, HandoverResult, User } from '../../components/dashboard/model.ts';
import type { Unit } from '../domain/unit.ts';
import type { KioskView } from '../indicators/kiosks.ts';
import type { FileResult, UnitBook, UnitError } from '../unit/index.ts';
import { readReceipt } from './receipt.ts';
import type { FiguresSource } from './source.ts';
import { type Answer, done, failed, failureOf, notOffered } from './talk.ts';

/** An open book as a source of figures. */
export function unitSource(book: UnitBook): FiguresSource {
  const csv = (
    act: (text: string, dryRun: boolean) => ReturnType<UnitBook['importUnits']>,
    bytes: Uint8Array,
    dryRun: boolean,
  ) => attempt(() => act(new TextDecoder().decode(bytes), dryRun));
  return {
    kind: 'unit',
    capabilities: {
      hasLogin: false,
      hasCodes: false,
      hasCatalogueList: false,
      canImportHandover: true,
      acceptsDevices: true,
      hasUnitFile: true,
      readsExports: true,
      hasFeedback: true,
    },
    session: () =>
      attempt(async () => {
        const unit = await book.unit();
        return unit && userOf(unit);
      }),
    login: notOffered,
    logout: notOffered,
    units: () => attempt(() => book.units()),
    figures: (unit, period) => attempt(() => book.figures(unit, period)),
    devices: () => attempt<readonly Device[]>(() => book.devices()),
    revoke: (device) => attempt(() => book.revokeDevice(device).then(() => null)),
    acceptDevice: (device, name) =>
      attempt(() => book.acceptDevice(device, name || undefined).then(() => null)),
    activationCodes: notOffered,
    makeCode: notOffered,
    importUnits: (bytes, dryRun) => csv(book.importUnits, bytes, dryRun),
    catalogue: async () => done([]),
    importCatalogue: (bytes, dryRun) => csv(book.importCatalogue, bytes, dryRun),
    async importHandover(file) {
      const answer = await attempt(() => takeFile(book, file));
      return answer.ok ? answer.value : { at: 'refused', name: file.name, failure: answer.failure };
    },
    createUnit: (unit) => attempt(async () => userOf(await book.createUnit(unit))),
    unitFile: (passphrase, kind) => attempt(() => book.unitFile(passphrase, kind)),
    feedback: {
      read: (unit, period) => attempt(() => book.feedback(unit, period)),
      kiosks: () => attempt<readonly KioskView[]>(() => book.kiosks()),
    },
  };
}

function userOf(unit: Unit): User {
  return { id: unit.id, name: unit.name, role: 'unitAdmin', unit: unit.id };
}

/** Runs what may throw: an error with a code is a refusal, anything else is broken storage. */
async function attempt<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return done(await work());
  } catch (error) {
    const code = (error as Partial<UnitError>)?.code;
    return failed(typeof code === 'string' ? failureOf('refused', code) : failureOf('broken', 'storage'));
  }
}

async function takeFile(book: UnitBook, file: FileBytes): Promise<HandoverResult> {
  const [result] = await book.importFiles([file]);
  if (!result || result.state === 'refused' || result.device === null || result.stream === null) {
    return { at: 'refused', name: file.name, failure: failureFrom(result) };
  }
  const { device, stream } = result;
  if (result.state === 'newDevice') return { at: 'waiting', name: file.name, device };
  const known = (await book.devices()).find(({ id }) => id === device);
  const standing = known?.streams.find((one) => one.stream === stream);
  const receipts = await book.receiptFor(device);
  const receipt = receipts.find(
    ({ bytes }) => readReceipt(new TextDecoder().decode(bytes))?.stream === stream,
  );
  return {
    at: 'received',
    name: file.name,
    device,
    deviceName: known?.name ?? null,
    stream,
    through: standing?.through ?? 0,
    missing: (standing?.gaps ?? []).reduce((sum, [from, to]) => sum + to - from + 1, 0),
    quarantined: standing?.quarantined ?? 0,
    receipt: receipt ?? null,
  };
}

function failureFrom(result: FileResult | undefined): Failure {
  const problem = result?.problem;
  return {
    kind: problem ? 'refused' : 'broken',
    code: problem?.code ?? 'file',
    field: problem?.field ?? null,
    message: problem?.message ?? '',
    retryAfter: null,
  };
}

/** How a signed file of this PC's own journal comes into the book (lib/unit/export-import.ts). */
export function bookOf(source: FiguresSource) {
  return async (file: FileBytes) => {
    const result = await source.importHandover({ ...file, bytes: new Uint8Array(file.bytes) });
    return { state: result.at, receipt: result.at === 'received' ? result.receipt : null };
  };
}
