/** A browser's extension made ready in one step, by the messages of the options page; and its journal as facts by code. */
import { base64url } from 'jose';
import type { Page } from 'puppeteer-core';
import { type Entry, type EntryOf, readLine } from '../../lib/domain/entry.ts';
import type { LinesAnswer, WorkerView } from '../../lib/extension/messages.ts';
import { writeUnitFile } from '../../lib/sync/index.ts';
import { ownAsk } from './ledger.ts';

/** Epoch of the province key in these unit files. */
export const EPOCH = 'e1';
const PASSPHRASE = 'một cửa vui vẻ';
/** The worker hands out at most a thousand lines at once. */
const MOST_LINES = 500;

/** Notice, enrolment by a unit file that holds `provinceKey`, and the hosts `[origin, family]`. */
export async function enrolQuickly(
  own: Page,
  provinceKey: Uint8Array,
  hosts: readonly (readonly [origin: string, family: string])[],
): Promise<void> {
  await activateByFile(own, provinceKey);
  for (const [origin, family] of hosts)
    await must(own, { type: 'extension-worker/bind', origin, family, name: 'Một cửa' });
}

/** Notice and enrolment by a unit file. */
export async function activateByFile(
  own: Page,
  provinceKey: Uint8Array = crypto.getRandomValues(new Uint8Array(32)),
): Promise<void> {
  const { notice } = await ownAsk<WorkerView>(own, { type: 'extension-worker/view' });
  await must(own, { type: 'extension-worker/accept-notice', version: notice.version });
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const file = await writeUnitFile(
    {
      unit: { id: 'xa-mau', name: 'UBND xã Mẫu An' },
      province: 'H99',
      page: { id: 'unit-page-1', jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } },
      provinceKey: { epoch: EPOCH, key: provinceKey },
    },
    PASSPHRASE,
  );
  await must(own, {
    type: 'extension-worker/activate-file',
    file: Buffer.from(file).toString('base64'),
    passphrase: PASSPHRASE,
    name: 'Quầy 1',
  });
}

/** Sends a message whose answer must be `ok`. */
export async function must(
  own: Page,
  message: { readonly type: string; readonly [field: string]: unknown },
): Promise<void> {
  const outcome = await ownAsk<{ ok: boolean } | undefined>(own, message);
  if (!outcome?.ok) throw new Error(`${message.type} was answered ${JSON.stringify(outcome)}`);
}

/** How many entries the journal holds. */
export async function countEntries(own: Page): Promise<number> {
  const { streams } = await ownAsk<WorkerView>(own, { type: 'extension-worker/view' });
  return streams.reduce((sum, { head }) => sum + head, 0);
}

/** The journal as it grows: each call fetches only what came since the last. Errors: a line that does not read. */
export function followJournal(own: () => Page): {
  readonly lines: () => Promise<string[]>;
  readonly entries: () => Promise<Entry[]>;
} {
  const lines: string[] = [];
  const entries: Entry[] = [];
  const heads = new Map<number, number>();
  const fetch = async () => {
    const { streams } = await ownAsk<WorkerView>(own(), { type: 'extension-worker/view' });
    for (const { stream, head } of streams) {
      for (let first = (heads.get(stream) ?? 0) + 1; first <= head; first += MOST_LINES) {
        const last = Math.min(head, first + MOST_LINES - 1);
        const asked = { type: 'extension-worker/lines', stream, first, last };
        lines.push(...(await ownAsk<LinesAnswer>(own(), asked)).lines);
      }
      heads.set(stream, head);
    }
    for (const line of lines.slice(entries.length)) {
      const reading = readLine(line);
      if (!reading.ok) throw new Error(reading.message);
      entries.push(reading.entry);
    }
  };
  return {
    lines: async () => {
      await fetch();
      return [...lines];
    },
    entries: async () => {
      await fetch();
      return [...entries];
    },
  };
}

export const ofKind = <K extends Entry['kind']>(entries: readonly Entry[], kind: K): EntryOf<K>[] =>
  entries.filter((one): one is EntryOf<K> => one.kind === kind);

/** Makes the key that an enrolled device makes of a dossier's code. */
export async function keyMaker(provinceKey: Uint8Array): Promise<(code: string) => Promise<string>> {
  const raw = provinceKey as Uint8Array<ArrayBuffer>;
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return async (code) => {
    const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(code));
    return `${EPOCH}:${base64url.encode(new Uint8Array(mac, 0, 16))}`;
  };
}
