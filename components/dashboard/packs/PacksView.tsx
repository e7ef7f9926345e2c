/** Packs: how every page is read on the devices, and the versions on their way from a workshop to all of them. */
import { Loaded } from '../Failed.tsx';
import { useWords } from '../words.ts';
import { HealthTable } from './HealthTable.tsx';
import { PackList } from './PackList.tsx';
import { PackPage } from './PackPage.tsx';
import type { PacksViewProps } from './view-props.ts';
import './packs.css';

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
