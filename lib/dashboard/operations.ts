/** What the buttons do: each runs one operation of the source, says what became of it, and renews what is shown. */
import type { CodeRequest, DeviceKind, FileBytes } from '../../components/dashboard/model.ts';
import { shownOf } from '../../components/dashboard/model.ts';
import type { Ports } from './ports.ts';
import type { FiguresSource } from './source.ts';
import type { Store } from './store.ts';
import { type Answer, failed, failureOf } from './talk.ts';

export interface OperationDeps {
  readonly source: FiguresSource;
  readonly store: Store;
  readonly ports: Ports;
  /** Notes what an answer says about the session and the line. */
  readonly heard: <T>(answer: Answer<T>) => Answer<T>;
  readonly loadView: () => Promise<void>;
  readonly loadDevices: (unit: string) => Promise<void>;
}

/** The operations over one source and store. */
export function operations({ source, store, ports, heard, loadView, loadDevices }: OperationDeps) {
  const set = store.set;

  /** Runs an operation of a button; its failure is shown once, above the view. */
  async function operate<T>(name: string, work: () => Promise<Answer<T>>): Promise<Answer<T>> {
    set({ busy: name, failure: null, notice: null });
    const answer = heard(await work());
    set({ busy: null, failure: answer.ok ? null : answer.failure });
    return answer;
  }

  function saveBytes(file: FileBytes): void {
    ports.saveFile(file.name, new Blob([file.bytes as BlobPart], { type: 'application/octet-stream' }));
  }

  return {
    operate,

    async revoke(device: string): Promise<void> {
      const answer = await operate(`revoke:${device}`, () => source.revoke(device));
      if (answer.ok) set({ notice: 'revoked' });
      await loadView();
    },

    async acceptDevice(device: string, name: string): Promise<void> {
      const answer = await operate(`accept:${device}`, () => source.acceptDevice(device, name));
      if (answer.ok) set({ notice: 'accepted' });
      await loadView();
    },

    async makeCode(request: CodeRequest): Promise<void> {
      set({ madeCode: null });
      const answer = await operate('makeCode', () => source.makeCode(request));
      if (!answer.ok) return;
      set({ madeCode: answer.value });
      await loadView();
    },

    hideCode(): void {
      set({ madeCode: null });
    },

    /** Imports hand-over files one by one, so one broken file stops nothing and progress can be seen. */
    async importHandover(files: readonly FileBytes[]): Promise<void> {
      if (store.get().handover.busy || files.length === 0) return;
      const results = [...store.get().handover.results];
      for (const [index, file] of files.entries()) {
        set({ handover: { busy: true, done: index, all: files.length, results: [...results] } });
        const result = await source.importHandover(file);
        if (result.at === 'refused') heard(failed(result.failure));
        results.push(result);
      }
      set({
        handover: { busy: false, done: files.length, all: files.length, results },
        figures: { at: 'idle' },
      });
      const { unit } = store.get();
      if (unit !== null) await loadDevices(unit);
    },

    async saveUnitFile(passphrase: string, kind: DeviceKind): Promise<boolean> {
      const answer = await operate('unitFile', () => source.unitFile(passphrase, kind));
      if (answer.ok) saveBytes(answer.value);
      return answer.ok;
    },

    saveBytes,

    async exportFigures(): Promise<void> {
      const figures = shownOf(store.get().figures);
      if (!figures) return;
      const answer = await operate('export', async () => {
        try {
          return { ok: true, value: await ports.figuresToXlsx(figures, store.get().language) };
        } catch {
          return failed<Blob>(failureOf('broken', 'export'));
        }
      });
      if (!answer.ok) return;
      const period = figures.period.id.replace(':', '-');
      ports.saveFile(`so-lieu_${figures.unit.id}_${period}.xlsx`, answer.value);
      set({ notice: 'exported' });
    },
  };
}
