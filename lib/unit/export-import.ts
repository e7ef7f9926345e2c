/**
 * A unit without a hub reads a dropped file like any PC: its rows go through this PC's own journal, so that they are
 * signed and can be proved, and come home as the hand-over files that journal makes. Nothing is written past the book.
 */

interface SignedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface HomePorts {
  /** This PC's hand-over files of what the book has not received. */
  readonly handover: () => Promise<readonly SignedFile[] | null>;
  /** The book takes one file; `receipt` is what the journal must learn. */
  readonly take: (
    file: SignedFile,
  ) => Promise<{ readonly state: 'received' | 'waiting' | 'refused'; readonly receipt: SignedFile | null }>;
  readonly acceptReceipt: (receipt: SignedFile) => Promise<boolean>;
}

/** `waiting`: this PC must first be accepted under Devices; `refused`: the book did not take a file, or no file was made. */
export type HomeResult = 'received' | 'waiting' | 'refused';

/** Brings what this PC recorded into the book. Safe to repeat: what is there is there once. */
export async function bringHome({ handover, take, acceptReceipt }: HomePorts): Promise<HomeResult> {
  const files = await handover();
  if (files === null) return 'refused';
  for (const file of files) {
    const { state, receipt } = await take(file);
    if (state !== 'received') return state;
    if (receipt !== null && !(await acceptReceipt(receipt))) return 'refused';
  }
  return 'received';
}
