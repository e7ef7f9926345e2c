/** Packs: how every page is read on the devices, and the versions on their way from a workshop to all of them. */
import type { Unit } from '../../../lib/domain/unit.ts';
import { Loaded } from '../Failed.tsx';
import type { Failure, Load } from '../model.ts';
import { useWords } from '../words.ts';
import { HealthTable } from './HealthTable.tsx';
import type { PackDetail, PackHealth, PackRow, StageWish } from './model.ts';
import { PackList } from './PackList.tsx';
import { PackPage } from './PackPage.tsx';
import './packs.css';

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

export function PacksView(props: PacksViewProps) {
  const { t } = useWords();
  if (props.packRef !== null) return <PackPage {...props} key={props.packRef} packRef={props.packRef} />;
  return (
    <div class="d-stack">
      <header class="d-view-head">
        <div>
          <h2>{t('packs.title')}</h2>
          <p class="d-quiet">{t('packs.lead')}</p>
        </div>
      </header>
      <section class="d-stack" aria-labelledby="packs-health">
        <h3 id="packs-health">{t('packs.health')}</h3>
        <Loaded load={props.health} onRetry={props.onRetry} lines={4}>
          {(health) => <HealthTable health={health} now={props.now} />}
        </Loaded>
      </section>
      <section class="d-stack" aria-labelledby="packs-versions">
        <h3 id="packs-versions">{t('packs.versions')}</h3>
        <Loaded load={props.packs} onRetry={props.onRetry}>
          {(packs) => (
            <PackList packs={packs} units={props.units} canDecide={props.canDecide} onOpen={props.onOpen} />
          )}
        </Loaded>
      </section>
    </div>
  );
}
