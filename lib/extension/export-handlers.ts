/**
 * Dropped exports become entries: codes are made keys at once, what is not new is not written. A file read again finds
 * its entries by their refs; a newer file writes only what changed since (the same memory as for pages).
 */
import type { Pack } from '../adapters/pack.ts';
import { addDays, dayOf } from '../domain/dates.ts';
import type { Entry, EntryDraft } from '../domain/entry.ts';
import { shortUnit } from '../domain/unit.ts';
import { personOnDuty } from './admission.ts';
import type { Deps, DeviceDoor } from './deps.ts';
import type { ExportContextAnswer, ExportStored, ExportSystem, ExportToWorker } from './export-messages.ts';
import { hashOf, type Keyed, memoryId, recordDossiers } from './recorder.ts';
import { inTurn, keysOfAll } from './row-handlers.ts';
import { bindings, type Recorded, record, recordingState } from './state.ts';

type Of<T extends ExportToWorker['type']> = Extract<ExportToWorker, { type: T }>;

/** The working system's own list, as trusted as its screens: the later of the two wins, so a stale file unsays nothing. */
const EXPORT_RANK = 2;
const PAGE = 'export';
/** Totals that are remembered in one day. */
const KEEP_TOTALS = 3_000;

const refused = (code: string): ExportStored => ({ ok: false, code });

/** What the page needs to read a file: the bound systems, each with the pack in force. */
export async function exportContext(deps: Deps): Promise<ExportContextAnswer> {
  const [state, device, systems] = await Promise.all([recordingState(deps), deps.device(), systemsOf(deps)]);
  return {
    state: state === 'recording' || state === 'storageBroken' ? 'ready' : state,
    unit: device?.unit.name ?? '',
    hasHub: device?.hub != null,
    systems,
  };
}

/** One per tenant and family. The families of a tenant under migration each have their own words. */
async function systemsOf(deps: Deps): Promise<ExportSystem[]> {
  const [bound, config, policy] = await Promise.all([bindings(deps), deps.sync.config(), deps.policy()]);
  const tenants = [...(config?.tenants ?? []), ...policy.tenants] as readonly {
    readonly id: string;
    readonly agency?: string | undefined;
    readonly families?: readonly string[] | undefined;
  }[];
  const found = new Map<string, ExportSystem>();
  for (const { tenant, family, name } of bound) {
    const known = tenants.find(({ id }) => id === tenant);
    const agency = /^H\d\d(?=\.|$)/.exec(known?.agency ?? '')?.[0] ?? null;
    for (const one of new Set([family, ...(known?.families ?? [])])) {
      const pack = await deps.packs.packOf(one);
      if (pack !== null && readsFiles(pack))
        found.set(`${tenant}|${pack.id}`, { system: tenant, name, agency, pack });
    }
  }
  return [...found.values()];
}

/** Document systems have no list of dossiers and no totals of them. */
function readsFiles(pack: Pack): boolean {
  return pack.pages.some(
    ({ yields, kind }) => kind === 'statistics' || (yields === 'dossier' && kind !== 'none'),
  );
}

interface Admitted {
  readonly device: DeviceDoor;
  /** Keeps the refs of one file apart when it is read as another system or with a repaired pack. */
  readonly tag: string;
}

async function admitFile(
  deps: Deps,
  { system, pack }: { system: string; pack: string },
): Promise<Admitted | string> {
  const state = await recordingState(deps);
  if (state === 'notActivated' || state === 'paused') return state;
  const device = await deps.device();
  if (device === null) return 'notActivated';
  const isKnown = (await systemsOf(deps)).some(
    (one) => one.system === system && `${one.pack.id}@${one.pack.version}` === pack,
  );
  if (!isKnown || (await deps.packs.isRetired(pack))) return 'systemChanged';
  return { device, tag: hashOf([system, pack]).slice(0, 8) };
}

/** Rows of a dropped list. One message after the other and apart from pages, so that none finds the same facts new twice. */
export function exportRows(deps: Deps, message: Of<'extension-worker/export-rows'>): Promise<ExportStored> {
  return inTurn(async () => {
    const admitted = await admitFile(deps, message);
    if (typeof admitted === 'string') return refused(admitted);
    const { device, tag } = admitted;
    const before = Math.min(message.before, deps.clock());
    const dossiers = await Promise.all(
      message.rows.map(
        async ({ row: _row, ...row }): Promise<Keyed<ExportedRow>> => ({
          row: { ...row, arrived: Math.min(message.after, before), seen: before },
          keys: await keysOfAll(device, [row.code, ...row.otherCodes]),
        }),
      ),
    );
    const known = await deps.memory.read(dossiers.map(({ keys }) => memoryId(message.system, keys)));
    const context = {
      system: message.system,
      page: { pack: message.pack, page: PAGE, rank: EXPORT_RANK },
      ref: { document: PAGE, counter: 0 },
      person: await personOnDuty(deps),
    };
    const { drafts, memory } = recordDossiers(dossiers, context, known);
    const named = drafts.map((draft): EntryDraft => {
      const at = Number(/\.d(\d+)$/.exec(draft.ref ?? '')![1]);
      return { ...draft, ref: refOf(message.file, message.rows[at]!.row, tag) };
    });
    const { recorded, written } = await recordCounted(deps, named);
    if (recorded !== 'stored') return refused(recorded === 'broken' ? 'storageBroken' : 'malformed');
    // Read from a file is not seen at work: it does not count among the day's dossiers, yet is not forgotten before others.
    const today = dayOf(deps.clock());
    const isToday = (id: string) => known.get(id)?.day === today;
    await deps.memory.write(
      memory.map((one) => ({ ...one, day: isToday(one.id) ? today : addDays(today, -1) })),
    );
    return { ok: true, written };
  });
}

type ExportedRow = Parameters<typeof recordDossiers>[0][number]['row'];

/** Official totals of a dropped statistics table. */
export function exportTotals(
  deps: Deps,
  message: Of<'extension-worker/export-totals'>,
): Promise<ExportStored> {
  return inTurn(async () => {
    const admitted = await admitFile(deps, message);
    if (typeof admitted === 'string') return refused(admitted);
    const { system, from, to } = message;
    const today = dayOf(deps.clock());
    if (from > to || from > today) return refused('badPeriod');
    const person = await personOnDuty(deps);
    const told = await deps.session.totals.get();
    const known = told.day === today ? told.told : {};
    const fresh: Record<string, string> = {};
    const drafts: EntryDraft[] = [];
    for (const { row, unit, figures } of message.totals) {
      const name = hashOf([system, PAGE, unit, from, to]);
      const hash = hashOf([message.pack, figures]);
      if ((fresh[name] ?? known[name]) === hash || Object.keys(figures).length === 0) continue;
      fresh[name] = hash;
      drafts.push({
        kind: 'officialTotal',
        ref: refOf(message.file, row, `${admitted.tag}${hashOf([from, to, unit]).slice(0, 4)}`),
        ...(person === null ? {} : { person }),
        body: {
          system,
          ...(unit === null ? {} : { unit: shortUnit(unit) }),
          from,
          to,
          figures: { ...figures },
          source: `export:${message.pack}`,
          hash: message.file,
        },
      });
    }
    const { recorded, written } = await recordCounted(deps, drafts);
    if (recorded !== 'stored') return refused(recorded === 'broken' ? 'storageBroken' : 'malformed');
    await deps.session.totals.update((now) => {
      const kept = now.day === today && Object.keys(now.told).length < KEEP_TOTALS ? now.told : {};
      return { day: today, told: { ...kept, ...fresh } };
    });
    return { ok: true, written };
  });
}

function refOf(file: string, row: string, tag: string): string {
  return `export:${file}#${row}@${tag}`;
}

/** Records, and counts the entries that were not in the journal before. */
async function recordCounted(
  deps: Deps,
  drafts: readonly EntryDraft[],
): Promise<{ readonly recorded: Recorded; readonly written: number }> {
  let entries: readonly Entry[] = [];
  let before = { stream: 0, head: 0 };
  const watched: Deps = {
    ...deps,
    async journal() {
      const journal = await deps.journal();
      return {
        ...journal,
        async append(all) {
          const { stream, head } = await journal.state();
          before = { stream, head };
          entries = await journal.append(all);
          return [...entries];
        },
      };
    },
  };
  const recorded = await record(watched, drafts);
  const isNew = ({ stream, seq }: Entry) =>
    stream > before.stream || (stream === before.stream && seq > before.head);
  return { recorded, written: entries.filter(isNew).length };
}
