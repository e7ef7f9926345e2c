/** What the import of a portal's file does in an own page: a worker reads, this page shows, the extension's worker writes. */
import { browser } from 'wxt/browser';
import type {
  ExportChoice,
  ExportDoor,
  ExportRead,
  ExportReading,
  ExportWritten,
} from '../../components/dashboard/export-model.ts';
import { notUnderstoodCsv } from '../reports/not-understood.ts';
import { readHtml } from '../reports/spreadsheet/html.ts';
import { isRefusal } from '../reports/spreadsheet/refusal.ts';
import { bringHome } from '../unit/export-import.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { ask, wish } from './client.ts';
import type { ExportContextAnswer, ExportStored, ExportSystem } from './export-messages.ts';
import type { FromReader, Summary, ToReader } from './export-reader.ts';
import { receiveHanded } from './handed-file.ts';
import { parseInert, trustedScript } from './trusted.ts';

/** Rows of one message: lib/extension/export-schema.ts bounds it. */
const PART = 250;
/** How long a saved file's address stays valid: the browser needs it until the download has begun. */
const KEEP_URL_MS = 60_000;

type BookFile = { readonly name: string; readonly bytes: Uint8Array };
/** The unit page's book, where there is one in this page. */
export type TakeHome = (file: BookFile) => Promise<{
  readonly state: 'received' | 'waiting' | 'refused';
  readonly receipt: BookFile | null;
}>;

interface Context extends ExportContextAnswer {
  readonly systems: readonly ExportSystem[];
}

/** The door of the import page; `take` brings what was written into the unit's book. */
export function exportDoor(take: TakeHome | null): ExportDoor {
  let context: Context | null = null;
  return {
    async context() {
      const answer = await ask({ type: 'extension-worker/export-context' });
      context = answer !== null && 'systems' in answer ? answer : null;
      return context;
    },
    open: (file, _, onProgress) => openReading(file, context!, onProgress, take),
    handed: receiveHanded,
    openSetUp() {
      browser.tabs.create({ url: new URL('options.html', location.origin).href });
    },
  };
}

function openReading(
  file: File,
  context: Context,
  onProgress: (done: number, all: number) => void,
  take: TakeHome | null,
): ExportReading {
  const worker = new Worker(trustedScript('/table-reader.js'));
  let isClosed = false;
  let waiting: ((answer: FromReader) => void) | null = null;
  let read: { system: ExportSystem; hash: string; summary: Summary } | null = null;
  const answered = (answer: FromReader) => {
    if (answer.kind === 'progress') return onProgress(answer.done, answer.all);
    if (answer.kind === 'html') return toTables(worker, answer.html, answered);
    waiting?.(answer);
    waiting = null;
  };
  worker.addEventListener('message', ({ data }: MessageEvent<FromReader>) => answered(data));
  worker.addEventListener('error', () => answered({ kind: 'refused', code: 'internal', row: null }));
  const put = (question: ToReader) =>
    new Promise<FromReader>((resolve) => {
      if (isClosed) return resolve({ kind: 'refused', code: 'internal', row: null });
      waiting = resolve;
      worker.postMessage(question);
    });
  const asRead = (answer: FromReader): ExportRead => {
    if (answer.kind === 'refused') return { ok: false, code: answer.code, row: answer.row };
    if (answer.kind !== 'read') return { ok: false, code: 'internal', row: null };
    read = { system: context.systems[answer.system]!, hash: answer.hash, summary: answer.summary };
    return { ok: true, system: answer.system, isSure: answer.isSure, summary: answer.summary };
  };
  const { systems } = context;
  const opened = put({ kind: 'open', file, changed: file.lastModified || null, systems, now: Date.now() });
  return {
    result: opened.then(asRead),
    as: async (system) => asRead(await put({ kind: 'as', system })),
    async write(choices, onWritten) {
      if (read === null) return { ok: false, code: 'internal', written: 0 };
      return writeAll(read, choices, put, onWritten, context.hasHub ? null : take, context.hasHub);
    },
    async saveReport({ head, reason }) {
      const answer = await put({ kind: 'issues' });
      if (answer.kind !== 'issues') return;
      save(
        new Blob([notUnderstoodCsv(answer.issues, head, reason)], { type: 'text/csv' }),
        'dong-chua-hieu.csv',
      );
    },
    close() {
      isClosed = true;
      worker.terminate();
    },
  };
}

/** A page can parse HTML, a worker cannot. */
function toTables(worker: Worker, html: string, answered: (answer: FromReader) => void): void {
  try {
    const message: ToReader = { kind: 'tables', grids: readHtml(html, parseInert) };
    worker.postMessage(message);
  } catch (error) {
    answered(
      isRefusal(error)
        ? { kind: 'refused', code: error.refusal, row: error.row }
        : { kind: 'refused', code: 'internal', row: null },
    );
  }
}

async function writeAll(
  read: { readonly system: ExportSystem; readonly hash: string; readonly summary: Summary },
  choices: ReadonlyMap<number, ExportChoice>,
  put: (question: ToReader) => Promise<FromReader>,
  onProgress: (done: number, all: number) => void,
  take: TakeHome | null,
  hasHub: boolean,
): Promise<ExportWritten> {
  const { summary, hash } = read;
  const common = { system: read.system.system, file: hash, pack: summary.pack };
  const all = summary.dossiers + summary.sheets.reduce((sum, { totals }) => sum + totals.length, 0);
  let written = 0;
  let done = 0;
  const count = (answer: ExportStored | null, rows: number) => {
    if (answer === null || !answer.ok) return answer?.code ?? 'internal';
    written += answer.written;
    done += rows;
    onProgress(done, all);
    return null;
  };
  for (let from = 0; from < summary.dossiers; from += PART) {
    const part = await put({ kind: 'rows', from, to: from + PART });
    if (part.kind !== 'rows') return { ok: false, code: 'internal', written };
    const { after, before } = summary.made;
    const stored = await ask({
      type: 'extension-worker/export-rows',
      ...common,
      after,
      before,
      rows: part.rows,
    });
    const code = count(stored, part.rows.length);
    if (code !== null) return { ok: false, code, written };
  }
  for (const [at, sheet] of summary.sheets.entries()) {
    const choice = choices.get(at);
    if (choice === undefined) continue;
    for (let from = 0; from < sheet.totals.length; from += PART) {
      const totals = sheet.totals
        .slice(from, from + PART)
        .map((one) => ({ ...one, unit: one.unit ?? choice.unit }));
      const period = { from: choice.from, to: choice.to };
      const stored = await ask({ type: 'extension-worker/export-totals', ...common, ...period, totals });
      const code = count(stored, totals.length);
      if (code !== null) return { ok: false, code, written };
    }
  }
  return { ok: true, written, known: done - written, next: hasHub ? 'hub' : await home(take) };
}

/** Into this unit's own book where this page is it; else the entries wait for a hand-over file. */
async function home(take: TakeHome | null): Promise<'received' | 'waiting' | 'refused' | 'handover'> {
  if (take === null) return 'handover';
  return bringHome({
    take,
    async handover() {
      const answer = await ask({ type: 'extension-worker/handover', scope: 'unsent' });
      if (answer === null || !('files' in answer)) return null;
      return answer.files.map(({ name, base64 }) => ({ name, bytes: fromBase64(base64) }));
    },
    acceptReceipt: async ({ bytes }) =>
      (await wish({ type: 'extension-worker/receipt', file: toBase64(bytes) })).ok,
  });
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_URL_MS);
}
