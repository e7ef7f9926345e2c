/**
 * What was told to the worker and not answered yet. A page that reloads takes an undelivered message with it while the
 * worker is still waking, or is stopped in that moment; the write to the extension's own storage it does not take.
 * The next document's hello settles it (`lib/extension/last-words.ts`).
 */

import { type Pad, sealer } from '../batch/seal.ts';
import type { KeptWord } from '../extension/page-messages.ts';

export interface Keeper {
  /** Keeps a word, its codes sealed; answers how to let go of it. */
  readonly keep: (word: KeptWord['word']) => () => void;
  /** Lets go of gestures of this rule: the page refused, or the person thought better of it. */
  readonly letGo: (rule: string) => void;
}

export function createKeeper(
  pad: Pad | undefined,
  write: (words: readonly KeptWord[] | null) => void,
): Keeper {
  const seal = pad === undefined ? () => null : sealer(pad);
  let kept: readonly KeptWord[] = [];
  const set = (next: readonly KeptWord[]) => {
    if (next.length === kept.length) return;
    kept = next;
    write(kept.length > 0 ? kept : null);
  };
  return {
    keep: (word) => {
      const { armed } = word;
      const one: KeptWord = { word: { ...word, armed: { ...armed, codes: [] } }, codes: seal(armed.codes) };
      set([...kept, one]);
      return () => set(kept.filter((each) => each !== one));
    },
    letGo: (rule) =>
      set(kept.filter(({ word }) => word.type !== 'page-worker/arm' || word.armed.rule !== rule)),
  };
}
