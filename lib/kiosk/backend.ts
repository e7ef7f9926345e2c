/**
 * Everything with a database or a network in it: journal, device, configuration, sync. Loaded after the first paint, so
 * that the first screen carries neither Dexie nor Zod nor jose.
 */
import * as z from 'zod/mini';
import { type EntryDraft, readLine } from '../domain/entry.ts';
import type { Questionnaire } from '../domain/questionnaire.ts';
import { readQuestionnaire } from '../domain/questionnaire-schema.ts';
import { QUICK } from '../domain/questionnaires.ts';
import { type Journal, openJournal, opfsPlace } from '../journal/index.ts';
import { type Device, loadConfig, loadDevice, pullConfig, type SyncResult, syncNow } from '../sync/index.ts';

// The page's CSP forbids `eval`; without this Zod tries it once and the browser reports it.
z.config({ jitless: true });

const NAME = 'nmc-kiosk';

export interface Backend {
  device(): Device | null;
  /** Reads the device anew, after an activation. */
  reloadDevice(): Promise<Device | null>;
  questionnaire(): Questionnaire;
  counters(): readonly { readonly id: string; readonly name: string }[];
  /** Resolves when durable; with nothing to append, when the storage works. Rejects otherwise. */
  append(drafts: readonly EntryDraft[]): Promise<void>;
  /** The open journal. Rejects when the storage is broken. */
  journal(): Promise<Journal>;
  /** Sends what can be sent and pulls the configuration. Null before the activation. Never rejects. */
  sync(how: { readonly force: boolean }): Promise<SyncResult | null>;
}

/** Opens device and configuration; the journal opens at its first use and again after a failure. */
export async function openBackend(): Promise<Backend> {
  let device = await loadDevice();
  let config = device ? await loadConfig(device) : null;
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

  return {
    device: () => device,
    async reloadDevice() {
      device = await loadDevice();
      config = device ? await loadConfig(device) : null;
      return device;
    },
    questionnaire() {
      const reading = readQuestionnaire(config?.questionnaire ?? null);
      return reading.ok ? reading.questionnaire : QUICK;
    },
    counters: () => config?.counters ?? [],
    journal,
    async append(drafts) {
      const log = await journal();
      if (drafts.length > 0) await log.append(drafts);
      else if ((await log.state()).storage === 'broken') throw new Error('the storage is broken');
    },
    async sync({ force }) {
      if (!device) return null;
      const log = await journal();
      const result = await syncNow({ journal: log, device, force });
      const pulled = await pullConfig({ device, offset: (await log.state()).offset });
      config = pulled.config;
      return result;
    },
  };
}

/** The drafts in a mirror text that can still be journal entries; anything else is dropped, never retried for ever. */
export function readOwed(mirror: string | null): EntryDraft[] {
  if (mirror === null) return [];
  let raw: unknown;
  try {
    raw = JSON.parse(mirror);
  } catch {
    return [];
  }
  return (Array.isArray(raw) ? raw : []).filter(isDraft);
}

function isDraft(raw: unknown): raw is EntryDraft {
  if (typeof raw !== 'object' || raw === null) return false;
  const identity = { v: 1, stream: 1, seq: 1, at: new Date(0).toISOString(), boot: 'mirror', offset: null };
  const reading = readLine(JSON.stringify({ ...raw, ...identity }));
  return reading.ok && (reading.entry.kind === 'feedback' || reading.entry.kind === 'guidance');
}
