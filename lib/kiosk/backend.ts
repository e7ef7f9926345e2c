/**
 * Everything with a database or a network in it: journal, device, configuration, sync. Loaded after the first paint, so
 * that the first screen carries neither Dexie nor Zod nor jose.
 */
import * as z from 'zod/mini';
import type { DeviceConfig } from '../batch/index.ts';
import type { Entry, EntryDraft } from '../domain/entry.ts';
import { type Journal, openJournal, opfsPlace } from '../journal/index.ts';
import {
  type Device,
  loadConfig,
  loadDevice,
  pullConfig,
  type SyncResult,
  sendComments,
  syncNow,
} from '../sync/index.ts';
import { type CommentStore, openComments } from './comment/store.ts';
import { type Choice, chooseQuestionnaire, faultDraft } from './questionnaire-choice.ts';
import type { Vault } from './vault.ts';
import type { WrittenComment } from './visit.ts';
import { createExchange } from './voice/exchange.ts';
import { openShelf, type Shelf } from './voice/shelf.ts';

// The page's CSP forbids `eval`; without this Zod tries it once and the browser reports it.
z.config({ jitless: true });

const NAME = 'nmc-kiosk';
const COMMENTS = 'nmc-kiosk-comments';

export interface Backend {
  device(): Device | null;
  /** Reads the device anew, after an activation. */
  reloadDevice(): Promise<Device | null>;
  /** The questionnaire in force, and what was wrong with the one the hub sent last, if anything. */
  questionnaire(): Choice;
  /** How the hub wants this kiosk to behave; null when it never said. */
  kiosk(): NonNullable<DeviceConfig['kiosk']> | null;
  /** Comments not received by the hub yet. */
  readonly comments: CommentStore;
  /** Recorded phrases; exchanged with the hub after each sync. */
  readonly clips: Shelf;
  counters(): readonly { readonly id: string; readonly name: string }[];
  /** Comments first, then the entries that name them: durable when resolved; with none, the storage works. Else rejects. */
  append(drafts: readonly EntryDraft[], comments?: readonly WrittenComment[]): Promise<void>;
  /** The open journal. Rejects when the storage is broken. */
  journal(): Promise<Journal>;
  /** Sends what can be sent and pulls the configuration. Null before the activation. Never rejects. */
  sync(how: { readonly force: boolean; readonly closing?: boolean }): Promise<SyncResult | null>;
}

/** Opens device and configuration; the journal opens at its first use and again after a failure. */
export async function openBackend(vault: Vault): Promise<Backend> {
  let device = await loadDevice();
  let config = device ? await loadConfig(device) : null;
  let choice = await chooseQuestionnaire(config, vault);
  const comments = openComments(indexedDB, opfsPlace(COMMENTS));
  const clips = await openShelf();
  await clips.adopt(config?.clips);
  const exchange = createExchange(clips);
  let opened: Promise<Journal> | null = null;

  function journal(): Promise<Journal> {
    if (opened) return opened;
    const opening = openJournal({ name: NAME, second: opfsPlace(NAME), kind: 'kiosk' });
    opened = opening;
    opening.catch(() => {
      opened = null;
    });
    return opening;
  }

  /** Comments follow the entries that name them; a failure leaves them where they are until the next time. */
  async function carryComments(to: Device, offset: number | null): Promise<void> {
    try {
      await sendComments({ device: to, box: comments, offset });
      await comments.prune(async () => namedIn(await (await journal()).entries({ kinds: ['feedback'] })));
    } catch (error) {
      console.warn('nmc kiosk: comments stay', error instanceof Error ? error.name : typeof error);
    }
  }

  return {
    device: () => device,
    async reloadDevice() {
      device = await loadDevice();
      config = device ? await loadConfig(device) : null;
      choice = await chooseQuestionnaire(config, vault);
      await clips.adopt(config?.clips);
      return device;
    },
    questionnaire: () => choice,
    kiosk: () => config?.kiosk ?? null,
    comments,
    clips,
    counters: () => config?.counters ?? [],
    journal,
    async append(drafts, written = []) {
      const log = await journal();
      await comments.keep(written);
      if (drafts.length > 0) await log.append(drafts);
      else if ((await log.state()).storage === 'broken') throw new Error('the storage is broken');
    },
    async sync({ force, closing = false }) {
      if (!device) return null;
      const log = await journal();
      const result = await syncNow({ journal: log, device, force, closing });
      const { offset } = await log.state();
      if (result.state === 'done' || result.state === 'more') await carryComments(device, offset);
      const pulled = await pullConfig({ device, offset });
      config = pulled.config;
      await clips.adopt(config?.clips);
      // Not waited for: many clips over a slow line must not hold up the next ratings.
      void exchange({ device, offset, force });
      choice = await chooseQuestionnaire(config, vault);
      if (choice.fault) await log.append([faultDraft(choice.fault)]).catch(() => {});
      return result;
    },
  };
}

/** Hashes of the comments that entries name. */
function namedIn(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(
    entries.flatMap((entry) =>
      entry.kind === 'feedback' && entry.body.comment !== undefined ? [entry.body.comment] : [],
    ),
  );
}
