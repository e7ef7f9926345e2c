/** What the options page's buttons do: messages to the worker, permissions in the click, files in and out. */
import { browser } from 'wxt/browser';
import { findSuggestions } from '../adapters/tenants/index.ts';
import type { EntryKind } from '../domain/entry.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { ask, wish } from './client.ts';
import { bindingProblem, patternOf } from './hosts.ts';
import type { Outcome } from './messages.ts';
import { askView } from './popup-door.ts';
import { askItProfile, type ClickPlace, openWorkshop, placeOfClick } from './workshop-door.ts';

const CHUNK = 1_000;
/** How long a saved file's address stays valid: the browser needs it until the download has begun. */
const KEEP_URL_MS = 60_000;

let place: ClickPlace = { window: null, tab: null };

export const optionsDoor = {
  async itProfile(wanted: boolean | null) {
    place = await placeOfClick();
    return askItProfile(wanted);
  },
  openWorkshop: () => void openWorkshop(place),
  view: askView,
  duty: (person: string | null, pin: string) => wish({ type: 'extension-worker/duty', person, pin }),
  sync: () => wish({ type: 'panel-worker/sync' }),
  acceptNotice: (version: number) => wish({ type: 'extension-worker/accept-notice', version }),
  language: (language: 'vi' | 'en') => wish({ type: 'extension-worker/language', language }),
  activate: (hub: string, code: string, name: string) =>
    wish({ type: 'extension-worker/activate', hub, code, name }),
  activateFromFile: async (file: File, passphrase: string, name: string) =>
    wish({ type: 'extension-worker/activate-file', file: await base64Of(file), passphrase, name }),

  findHosts: (text: string) =>
    findSuggestions(text).map(({ origin, tenant: { name, family, families = [] } }) => ({
      origin,
      name,
      family,
      families,
    })),
  /** Nothing is awaited before `permissions.request`: it needs the click (field-notes §5, other pitfalls). */
  async addHost(origin: string, family: string, name: string): Promise<Outcome> {
    const problem = bindingProblem(origin);
    if (problem !== null) return { ok: false, code: problem, field: 'origin' };
    const granting = requestOrigins([origin]);
    const bound = await wish({ type: 'extension-worker/bind', origin, family, name });
    if (!bound.ok) return bound;
    return (await granting) ? { ok: true } : { ok: false, code: 'notGranted' };
  },
  async grant(origins: readonly string[]): Promise<Outcome> {
    return (await requestOrigins(origins)) ? { ok: true } : { ok: false, code: 'notGranted' };
  },
  async removeHost(origin: string): Promise<Outcome> {
    const outcome = await wish({ type: 'extension-worker/unbind', origin });
    // A host that the package requires cannot be given back; it is unbound all the same.
    await browser.permissions.remove({ origins: [patternOf(origin)] }).catch(() => false);
    return outcome;
  },

  addPerson: (name: string, pin: string) => wish({ type: 'extension-worker/add-person', name, pin }),
  removePerson: (person: string) => wish({ type: 'extension-worker/remove-person', person }),
  async ledger(from: number, kinds: readonly EntryKind[]) {
    const answer = await ask({ type: 'extension-worker/ledger', from, kinds });
    return answer !== null && 'entries' in answer ? answer : null;
  },

  /** Saves every held line of every stream, exactly as signed and sent, one per row. */
  async exportLedger(): Promise<Outcome> {
    // Asked now, not taken from what the page shows: that may be seconds old.
    const view = await askView();
    if (view === null) return { ok: false, code: 'internal' };
    const parts: string[] = [];
    for (const { stream, head } of view.streams) {
      for (let first = 1; first <= head; first += CHUNK) {
        const last = Math.min(head, first + CHUNK - 1);
        const answer = await ask({ type: 'extension-worker/lines', stream, first, last });
        if (answer === null || !('lines' in answer)) return { ok: false, code: 'internal' };
        for (const line of answer.lines) parts.push(line, '\n');
      }
    }
    save(new Blob(parts, { type: 'application/x-ndjson' }), 'nhat-ky-ghi-nhan.jsonl');
    return { ok: true };
  },

  async handover(scope: 'unsent' | 'everything'): Promise<Outcome & { files?: number }> {
    const answer = await ask({ type: 'extension-worker/handover', scope });
    if (answer === null || !('files' in answer)) return { ok: false, code: 'internal' };
    for (const { name, base64 } of answer.files) {
      save(new Blob([fromBase64(base64) as Uint8Array<ArrayBuffer>]), name);
    }
    return { ok: true, files: answer.files.length };
  },
  receipt: async (file: File) => wish({ type: 'extension-worker/receipt', file: await base64Of(file) }),
};

/** True when the browser lets us read these hosts now (already granted ones are not asked for again). */
function requestOrigins(origins: readonly string[]): Promise<boolean> {
  return browser.permissions.request({ origins: [...new Set(origins.map(patternOf))] }).catch(() => false);
}

async function base64Of(file: File): Promise<string> {
  return toBase64(new Uint8Array(await file.arrayBuffer()));
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_URL_MS);
}
