/** The packs that ship with the extension. The worker imports this; host pages get one pack by message. */
import { expandPack } from '../expand.ts';
import type { Pack } from '../pack.ts';
import { completeVocabulary } from '../vocabulary.ts';
import danangEgov from './danang-egov.json' with { type: 'json' };
import dvcqg from './dvcqg.json' with { type: 'json' };
import eformMoj from './eform-moj.json' with { type: 'json' };
import genericTable from './generic-table.json' with { type: 'json' };
import igate1 from './igate1.json' with { type: 'json' };
import igate2 from './igate2.json' with { type: 'json' };
import iofficeDwr from './ioffice-dwr.json' with { type: 'json' };
import iofficeV5 from './ioffice-v5.json' with { type: 'json' };
import lienthong from './lienthong.json' with { type: 'json' };
import liferayOnegate from './liferay-onegate.json' with { type: 'json' };
import opencps from './opencps.json' with { type: 'json' };
import reportingSystem from './reporting-system.json' with { type: 'json' };
import tdAntd from './td-antd.json' with { type: 'json' };
import voffice from './voffice.json' with { type: 'json' };

/** Ready to run. Each source is checked by the lint and by its fixtures (test/unit/adapters). */
export const BUNDLED_PACKS: readonly Pack[] = (
  [
    igate2,
    tdAntd,
    iofficeDwr,
    danangEgov,
    dvcqg,
    eformMoj,
    igate1,
    iofficeV5,
    lienthong,
    liferayOnegate,
    opencps,
    voffice,
    reportingSystem,
    genericTable,
  ] as unknown as Pack[]
).map((source) => {
  const pack = expandPack(source) as Pack;
  return { ...pack, vocabulary: completeVocabulary(pack.vocabulary) };
});
