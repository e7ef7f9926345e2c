/** What a series of kills led to. */
export interface Outcome {
  readonly kills: number;
  /** Kills after which something was committed whose acknowledgement had not arrived. */
  readonly inWindow: number;
  /** Acknowledged entries that are gone. */
  readonly lost: number;
  /** Entries counted more than once. */
  readonly doubled: number;
  readonly notes: readonly string[];
}

/** Reports progress after a round. */
export type Say = (round: number, of: number, what: string, so: Pick<Outcome, 'inWindow' | 'lost'>) => void;
