/** What the view of packs and its page of one version are given. */
import type { Unit } from '../../../lib/domain/unit.ts';
import type { Failure, Load } from '../model.ts';
import type { PackDetail, PackHealth, PackRow, StageWish } from './model.ts';

export interface PacksViewProps {
  readonly health: Load<PackHealth>;
  readonly packs: Load<readonly PackRow[]>;
  /** The version that is open, `id@version`, and what is known of it. */
  readonly packRef: string | null;
  readonly pack: Load<PackDetail>;
  readonly units: readonly Unit[];
  readonly now: number;
  readonly canDecide: boolean;
  readonly busy: string | null;
  /** Of the last operation: shown where it was asked for. */
  readonly failure: Failure | null;
  readonly onRetry: () => void;
  readonly onOpen: (ref: string) => void;
  readonly onClose: () => void;
  /** Each answers whether it was done. */
  readonly onSign: (password: string) => Promise<boolean>;
  readonly onStage: (wish: StageWish) => Promise<boolean>;
  readonly onRefuse: (reason: string) => Promise<boolean>;
  readonly onRetire: () => Promise<boolean>;
  readonly onForget: () => void;
}
