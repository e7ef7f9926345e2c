/** The rules most kiosk tests play by: the quick questionnaire in Vietnamese, the times the product starts with. */
import { QUICK } from '../../../lib/domain/questionnaires.ts';
import type { Rules } from '../../../lib/kiosk/flow-types.ts';

export const RULES: Rules = {
  questionnaire: QUICK,
  language: 'vi',
  idleMs: 30_000,
  warnMs: 20_000,
  thanksMs: 8_000,
  retryMs: 15_000,
};
