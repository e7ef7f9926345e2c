/** The two CSV imports of the administration: choose, dry run with a preview, then save. Nothing is saved unseen. */
import type { FileBytes, ImportReport, ImportState } from '../../components/dashboard/model.ts';
import type { FiguresSource } from './source.ts';
import type { Store } from './store.ts';
import { type Answer, failureOf } from './talk.ts';

export type ImportKind = 'units' | 'catalogue';

/** The acts of both imports. `heard` notes what an answer says about session and line. */
export function importers(
  source: FiguresSource,
  store: Store,
  heard: <T>(answer: Answer<T>) => Answer<T>,
  reloadUnits: () => Promise<void>,
  reloadCatalogue: () => Promise<void>,
) {
  const chosen: Partial<Record<ImportKind, FileBytes>> = {};
  const show = (kind: ImportKind, state: ImportState) =>
    store.set(kind === 'units' ? { unitsImport: state } : { catalogueImport: state });
  const run = (kind: ImportKind, bytes: Uint8Array, dryRun: boolean): Promise<Answer<ImportReport>> =>
    kind === 'units' ? source.importUnits(bytes, dryRun) : source.importCatalogue(bytes, dryRun);

  async function importChosen(kind: ImportKind, file: FileBytes, dryRun: boolean): Promise<void> {
    show(kind, { at: dryRun ? 'checking' : 'saving', file: file.name });
    const { previewCsv } = await import('./csv-preview.ts');
    const answer = heard(await run(kind, file.bytes, dryRun));
    if (chosen[kind] !== file) return;
    if (!answer.ok) return show(kind, { at: 'failed', file: file.name, failure: answer.failure });
    show(kind, {
      at: dryRun ? 'checked' : 'saved',
      file: file.name,
      preview: previewCsv(file.bytes),
      report: answer.value,
    });
  }

  return {
    /** Reads a chosen file and asks what importing it would do. */
    async checkCsv(kind: ImportKind, file: FileBytes): Promise<void> {
      chosen[kind] = file;
      await importChosen(kind, file, true);
    },
    /** Saves the file that was checked. */
    async saveCsv(kind: ImportKind): Promise<void> {
      const file = chosen[kind];
      if (!file) return show(kind, { at: 'failed', file: '', failure: failureOf('broken', 'no-file') });
      await importChosen(kind, file, false);
      await (kind === 'units' ? reloadUnits() : reloadCatalogue());
    },
    /** Forgets the chosen file. */
    clearCsv(kind: ImportKind): void {
      delete chosen[kind];
      show(kind, { at: 'empty' });
    },
  };
}
