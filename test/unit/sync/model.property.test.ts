/**
 * The promise "nothing acknowledged is lost or counted twice", for random orders of everything that can happen to one
 * device, its two places, the wire, the stick and the hub (issue, acceptance 4, client half). The hub is in memory and
 * honest; every batch and receipt is really signed and verified.
 *
 * After every event: an acknowledged entry was freed by a receipt (and then the hub did commit exactly its line), or it
 * is in the database and in the second place. At the end, when the wire works again: the hub holds exactly what was recorded,
 * the chains hold, and sending everything ever sent once more changes nothing.
 */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chainStep, GENESIS, hasSeq, packBatch, toHex, verifyReceipt } from '../../../lib/batch/index.ts';
import { type Entry, readLine } from '../../../lib/domain/entry.ts';
import { contentOf } from '../../../lib/sync/handover.ts';
import { acceptReceiptFile, makeHandover } from '../../../lib/sync/index.ts';
import { action, destroyDatabase, restoreImage, type Snapshot, takeImage } from '../journal/helpers.ts';
import type { Wire } from './hub.ts';
import { makeWorld, type World } from './world.ts';

const EVENTS = [
  'append',
  'appendAgain',
  'send',
  'sendInHalves',
  'cutAfterCommit',
  'lostBeforeHub',
  'portal',
  'staleAnswer',
  'overloaded',
  'repeat',
  'writeStick',
  'readStick',
  'receiptBack',
  'receiptReplayed',
  'restart',
  'secondLost',
  'databaseLost',
  'imageTaken',
  'imageRestored',
  'hubBackup',
  'hubRestored',
  'clockJump',
] as const;
type EventName = (typeof EVENTS)[number];
type Event = readonly [EventName, number];

/** How often each really happened, over all runs: an event without effect does not count. */
const happened = Object.fromEntries(EVENTS.map((name) => [name, 0])) as Record<EventName, number>;
const outcomes = { reordered: 0, streamsOpened: 0, unsentAgain: 0, healthEntries: 0, freed: 0 };

interface Run {
  readonly world: World;
  /** Acknowledged entries: `stream/seq` → the entry as the journal answered it. */
  readonly acknowledged: Map<string, Entry>;
  /** Places some receipt has freed at some time. */
  readonly freed: Set<string>;
  readonly refs: string[];
  /** Files on sticks, not yet carried to the hub. */
  stick: { place?: number; bytes: Uint8Array }[];
  /** Receipts of files, not yet carried back. */
  readonly receipts: string[];
  image: Snapshot | null;
  delivered: number;
}

const placeOf = (entry: Entry) => `${entry.stream}/${entry.seq}`;

async function append(run: Run, drafts: Parameters<World['journal']['append']>[0]): Promise<void> {
  for (const entry of await run.world.journal.append(drafts)) {
    const known = run.acknowledged.get(placeOf(entry));
    if (known) expect(entry, 'the same place is the same entry').toEqual(known);
    run.acknowledged.set(placeOf(entry), entry);
  }
}

async function send(run: Run, mood: Wire): Promise<number> {
  const { world } = run;
  world.moods = [mood];
  const before = world.requests;
  const { unsent } = await world.journal.state();
  const { sent, received } = await world.sync({ force: true, closing: true });
  outcomes.freed += received;
  outcomes.unsentAgain += Number(sent > unsent);
  // A Retry-After holds up even a forced sync: let that time pass.
  if (mood === 'overloaded') world.now += 3_600_000;
  world.moods = ['ok'];
  return world.requests - before;
}

/** Everything unsent in files of at most two lines, which a courier may mix up. */
async function inPieces({ world }: Run): Promise<Run['stick']> {
  const files: Run['stick'] = [];
  let after: { stream: number; seq: number } | undefined;
  for (;;) {
    const batch = await world.journal.pending({ entries: 2, bytes: 100_000 }, after);
    if (!batch) return files;
    const seq = batch.first + batch.lines.length - 1;
    const bytes = await packBatch(contentOf(batch, world.device, world.now), world.device);
    files.push({ place: batch.stream * 1_000_000 + batch.first, bytes });
    after = { stream: batch.stream, seq };
  }
}

/** True when an entry, the journal's own included, is neither at the hub nor in the second place: a hub restored, not yet refilled. */
async function isLedgerOnlyCopy({ world, acknowledged }: Run): Promise<boolean> {
  return [...acknowledged.values(), ...(await world.journal.entries())].some(
    ({ stream, seq }) =>
      !world.hub.entries.has(`${world.device.id}/${stream}/${seq}`) &&
      !world.second.texts.has(`line-${stream}-${seq}`),
  );
}

/** A loss between two starts. The hub is backed up then: all copies at once may not go, that promise nobody can keep. */
async function lose(run: Run, damage: () => void | Promise<void>): Promise<void> {
  const streams = (await run.world.journal.state()).streams.length;
  await run.world.journal.close();
  await damage();
  await run.world.reopen();
  run.world.hub.backup();
  outcomes.streamsOpened += Number((await run.world.journal.state()).streams.length > streams);
}

const steps: Record<EventName, (run: Run, size: number) => Promise<boolean>> = {
  async append(run, size) {
    const drafts = Array.from({ length: 1 + (size % 4) }, (_, index) => {
      const ref = `page-${run.refs.length}#${index}`;
      run.refs.push(ref);
      return action(size % 3 === 0 ? undefined : ref);
    });
    await append(run, drafts);
    return true;
  },
  async appendAgain(run, size) {
    const held = await run.world.journal.entries({ kinds: ['action'] });
    const known = held.filter((entry) => entry.ref !== undefined);
    const again = known[size % Math.max(1, known.length)];
    if (!again) return false;
    const [answer] = await run.world.journal.append([action(again.ref)]);
    expect(answer, 'a repeated message is the entry it already is').toEqual(again);
    return true;
  },
  send: async (run) => (await send(run, 'ok')) > 0,
  async sendInHalves(run) {
    const batch = await run.world.journal.pending({ entries: 9, bytes: 100_000 });
    if (!batch || batch.lines.length < 2) return false;
    run.world.moods = ['tooLarge', 'ok'];
    await run.world.sync({ force: true });
    return true;
  },
  async cutAfterCommit(run) {
    const before = run.world.hub.archive.length;
    await send(run, 'cut');
    return run.world.hub.archive.length > before;
  },
  lostBeforeHub: async (run) => (await send(run, 'lost')) > 0,
  portal: async (run) => (await send(run, 'portal')) > 0,
  async staleAnswer(run) {
    if (run.world.hub.receipts.length === 0) return false;
    return (await send(run, 'stale')) > 0;
  },
  overloaded: async (run) => (await send(run, 'overloaded')) > 0,
  async repeat(run, size) {
    const bytes = run.world.hub.archive[size % Math.max(1, run.world.hub.archive.length)];
    if (!bytes) return false;
    const before = new Map(run.world.hub.entries);
    await run.world.hub.ingest(bytes);
    for (const [place, { line }] of before) expect(run.world.hub.entries.get(place)!.line).toBe(line);
    return true;
  },
  async writeStick(run, size) {
    const files = size % 2 ? await inPieces(run) : await makeHandover(run.world.journal, run.world.device);
    run.stick.push(...files);
    return files.length > 0;
  },
  async readStick(run, size) {
    const [file] = run.stick.splice(size % Math.max(1, run.stick.length), 1);
    if (!file) return false;
    const place = file.place ?? 0;
    if (place > 0 && place < run.delivered) outcomes.reordered += 1;
    run.delivered = Math.max(run.delivered, place);
    run.receipts.push(await run.world.hub.ingest(file.bytes));
    return true;
  },
  async receiptBack(run) {
    const receipt = run.receipts.pop();
    if (!receipt) return false;
    await acceptReceiptFile(run.world.journal, run.world.device, new TextEncoder().encode(receipt));
    return true;
  },
  async receiptReplayed(run, size) {
    const { receipts } = run.world.hub;
    const receipt = receipts[size % Math.max(1, receipts.length - 1)];
    if (receipt === undefined || receipts.length < 2) return false;
    await acceptReceiptFile(run.world.journal, run.world.device, new TextEncoder().encode(receipt));
    return true;
  },
  async restart(run) {
    await run.world.reopen();
    return true;
  },
  async secondLost(run) {
    const held = run.world.second.texts.size;
    await lose(run, () => run.world.second.texts.clear());
    return held > 1;
  },
  async databaseLost(run) {
    if (await isLedgerOnlyCopy(run)) return false;
    const unsent = (await run.world.journal.state()).unsent;
    await lose(run, () => destroyDatabase(run.world.name));
    return unsent > 0;
  },
  async imageTaken(run) {
    await run.world.journal.close();
    run.image = await takeImage(run.world.name);
    await run.world.reopen();
    return true;
  },
  async imageRestored(run) {
    const { image } = run;
    if (!image || (await isLedgerOnlyCopy(run))) return false;
    await lose(run, () => restoreImage(run.world.name, image));
    return true;
  },
  async hubBackup(run) {
    run.world.hub.backup();
    return true;
  },
  async hubRestored(run) {
    const before = run.world.hub.entries.size;
    run.world.hub.restore();
    return run.world.hub.entries.size < before;
  },
  async clockJump(run, size) {
    run.world.now += (size % 2 ? -1 : 1) * size * 3_600_000;
    return size > 0;
  },
};

/** Nothing is let go before a receipt, and no receipt is believed that the hub did not give. */
async function expectSafe(run: Run, everCommitted: ReadonlyMap<string, string>): Promise<void> {
  const { journal, second, device } = run.world;
  const state = await journal.state();
  const held = new Map((await journal.entries()).map((entry) => [placeOf(entry), entry]));
  for (const [place, entry] of run.acknowledged) {
    const stream = state.streams.find((one) => one.stream === entry.stream);
    const isReceived = stream !== undefined && hasSeq(stream.received, entry.seq);
    if (isReceived) {
      run.freed.add(place);
      const line = everCommitted.get(`${device.id}/${place}`);
      expect(line && readLine(line), `${place} is received, so the hub had it`).toEqual({ ok: true, entry });
    } else if (!run.freed.has(place)) {
      expect(held.get(place), `${place} is not received, so it is in the database`).toEqual(entry);
      const name = `line-${entry.stream}-${entry.seq}`;
      expect(second.texts.has(name), `${place} is not received, so it is in the second place`).toBe(true);
    }
  }
}

async function settle(run: Run): Promise<void> {
  const { world } = run;
  world.moods = ['ok'];
  world.now += 30 * 86_400_000;
  for (let tries = 0; tries < 6; tries += 1) {
    await world.sync({ force: true, closing: true });
  }
  expect((await world.journal.state()).unsent).toBe(0);
}

function expectEqualSets(run: Run): void {
  const { hub, device } = run.world;
  const recorded = new Set<string>();
  for (const [place, entry] of run.acknowledged) {
    const there = hub.entries.get(`${device.id}/${place}`);
    expect(there && readLine(there.line), `${place} reached the hub`).toEqual({ ok: true, entry });
    recorded.add(`${device.id}/${place}`);
  }
  for (const [place, { line }] of hub.entries) {
    if (recorded.has(place)) continue;
    const reading = readLine(line);
    expect(reading.ok && reading.entry.kind, 'only the journal itself adds entries').toBe('health');
    outcomes.healthEntries += 1;
  }
  expect(hub.forks).toEqual([]);
  expect(hub.breaks).toEqual([]);
}

function expectChains(run: Run): void {
  for (const [place, { line, chain }] of run.world.hub.entries) {
    const [device, stream, seq] = place.split('/') as [string, string, string];
    const before = run.world.hub.entries.get(`${device}/${stream}/${Number(seq) - 1}`);
    expect(before !== undefined || seq === '1', `no gap before ${place}`).toBe(true);
    const prev = before ? Uint8Array.from(Buffer.from(before.chain, 'hex')) : GENESIS;
    expect(toHex(chainStep(prev, Number(seq), line))).toBe(chain);
  }
}

/** Rare things need company to have an effect; other events may still fall in between. */
const SCENES: readonly EventName[][] = [
  ['append', 'imageTaken', 'append', 'imageRestored'],
  ['append', 'imageTaken', 'append', 'send', 'imageRestored', 'append'],
  ['append', 'append', 'append', 'writeStick', 'readStick', 'readStick', 'receiptBack'],
  ['append', 'writeStick', 'append', 'send', 'readStick', 'receiptBack'],
  ['hubBackup', 'append', 'send', 'hubRestored', 'send'],
  ['append', 'send', 'append', 'send', 'receiptReplayed'],
  ['append', 'cutAfterCommit', 'databaseLost', 'send'],
  ['append', 'secondLost', 'append', 'databaseLost'],
  ['append', 'append', 'sendInHalves'],
  ['append', 'send', 'append', 'staleAnswer', 'repeat', 'appendAgain'],
  [
    'append',
    'append',
    'append',
    'writeStick',
    'readStick',
    'readStick',
    'readStick',
    'receiptBack',
    'receiptBack',
  ],
];
const anySize = fc.nat({ max: 40 });
const sized = (name: EventName): fc.Arbitrary<Event> => fc.tuple(fc.constant(name), anySize);
const anyEvents: fc.Arbitrary<Event[]> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: sized('append').map((event) => [event]) },
      { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...EVENTS), anySize).map((event) => [event]) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(...SCENES).chain((scene) => fc.tuple(...scene.map(sized))),
      },
    ),
    { minLength: 4, maxLength: 14 },
  )
  .map((parts) => parts.flat());

it('whatever happens in whatever order, the hub ends with exactly what was recorded', async () => {
  await fc.assert(
    fc.asyncProperty(anyEvents, async (events) => {
      const world = await makeWorld();
      const run: Run = {
        world,
        acknowledged: new Map(),
        freed: new Set(),
        refs: [],
        stick: [],
        receipts: [],
        image: null,
        delivered: 0,
      };
      const everCommitted = new Map<string, string>();
      for (const [name, size] of events) {
        world.now += 60_000;
        if (await steps[name](run, size)) happened[name] += 1;
        for (const [place, { line }] of world.hub.entries) everCommitted.set(place, line);
        await expectSafe(run, everCommitted);
      }
      await settle(run);
      expectEqualSets(run);
      expectChains(run);
      const before = new Map([...world.hub.entries].map(([place, { line }]) => [place, line]));
      for (const bytes of [...world.hub.archive]) {
        const receipt = await verifyReceipt(await world.hub.ingest(bytes), world.hub.jwk);
        expect(receipt.gaps).toEqual([]);
      }
      expect(new Map([...world.hub.entries].map(([place, { line }]) => [place, line]))).toEqual(before);
      expect(world.hub.forks).toEqual([]);
      await world.journal.close();
    }),
    { numRuns: 80 },
  );
  if (process.env.NMC_COUNTS) console.log(happened, outcomes);
  for (const [name, count] of Object.entries({ ...happened, ...outcomes })) {
    expect(count, `${name} really happened`).toBeGreaterThan(0);
  }
}, 180_000);
