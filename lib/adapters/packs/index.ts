/** The packs that ship with the extension. The worker imports this; host pages get one pack by message. */
import type { Pack } from '../pack.ts';
import { completeVocabulary } from '../vocabulary.ts';
import igate2 from './igate2.json' with { type: 'json' };
import iofficeDwr from './ioffice-dwr.json' with { type: 'json' };
import tdAntd from './td-antd.json' with { type: 'json' };

/** Ready to run. Each source is checked by the lint and by its fixtures (test/unit/adapters). */
export const BUNDLED_PACKS: readonly Pack[] = ([igate2, tdAntd, iofficeDwr] as unknown as Pack[]).map(
  (pack) => ({
    ...pack,
    vocabulary: completeVocabulary(pack.vocabulary),
  }),
);
