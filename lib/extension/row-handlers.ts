/**
 * Rows that a page showed. Order matters: first durable in the journal, then remembered, then answered; a worker
 * killed in between finds the same message again and its entries by their refs.
 */
import { dayOf } from '../domain/dates.ts';
import { admit, answerOf, type Of, personOnDuty, rowCode } from './admission.ts';
import type { Deps, DeviceDoor, Sender } from './deps.ts';
import type { StoredAnswer } from './page-messages.ts';
import { type Keyed, memoryId, recordDocuments, recordDossiers } from './recorder.ts';
import { record } from './state.ts';

const KEEP_CODES = 5_000;

let rowQueue: Promise<unknown> = Promise.resolve();

/** Work that finds facts new or known, one after the other. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const run = rowQueue.then(work);
  rowQueue = run.catch(() => undefined);
  return run;
}

/** Rows of one page, one message after the other, so that two frames do not both find the same facts new. */
export function rows(deps: Deps, message: Of<'page-worker/rows'>, sender: Sender): Promise<StoredAnswer> {
  return inTurn(() => recordRows(deps, message, sender));
}

async function recordRows(
  deps: Deps,
  message: Of<'page-worker/rows'>,
  sender: Sender,
): Promise<StoredAnswer> {
  const admitted = await admit(deps, sender, message.context);
  if ('stored' in admitted) return admitted;
  const { binding, device } = admitted;
  const person = await personOnDuty(deps);
  const context = { system: binding.tenant, page: message.context, ref: message.ref, person };
  const dossiers = await Promise.all(
    message.dossiers.map(async (row) => ({
      row,
      keys: await keysOfAll(device, [row.code, ...row.otherCodes]),
    })),
  );
  const documents = await Promise.all(
    message.documents.map(async (row) => ({
      row,
      keys: await device.keysOf(rowCode(binding.tenant, row.id)),
    })),
  );
  const known = await deps.memory.read(
    [...dossiers, ...documents].map(({ keys }) => memoryId(binding.tenant, keys)),
  );
  const read = [
    recordDossiers(dossiers, context, known),
    recordDocuments(documents, context, known),
  ] as const;
  const recorded = await record(
    deps,
    read.flatMap(({ drafts }) => drafts),
  );
  if (recorded === 'stored') {
    await deps.memory.write(read.flatMap(({ memory }) => memory));
    await rememberCodes(deps, dossiers);
  }
  return answerOf(recorded, 0);
}

/** The keys of all codes of one dossier, each once. */
export async function keysOfAll(device: DeviceDoor, codes: readonly string[]): Promise<string[]> {
  const keys = await Promise.all(codes.map((code) => device.keysOf(code)));
  return [...new Set(keys.flat())];
}

/** Today's key→code map for people at work (DESIGN §3, Keys): session only, gone with the browser. */
async function rememberCodes(
  deps: Deps,
  dossiers: readonly Keyed<{ readonly code: string }>[],
): Promise<void> {
  const today = dayOf(deps.clock());
  const { day, codes } = await deps.session.codes.get();
  const known = day === today ? codes : {};
  const fresh = dossiers.filter(({ keys }) => known[keys[0] ?? ''] === undefined);
  if (fresh.length === 0 || Object.keys(known).length >= KEEP_CODES) return;
  await deps.session.codes.update((now) => ({
    day: today,
    codes: {
      ...(now.day === today ? now.codes : {}),
      ...Object.fromEntries(fresh.flatMap(({ row, keys }) => keys.map((key) => [key, row.code]))),
    },
  }));
}
