/** The kiosk's own words, by its own dictionary. */
import { type KioskKey, kioskTexts } from '../../lib/i18n/kiosk/index.ts';
import type { FormWords } from './kiosk-form.ts';

const t = kioskTexts('vi');

export const WORDS: FormWords = {
  levels: [1, 2, 3, 4, 5].map((level) => t(`level${level}` as KioskKey)),
  reasonsTitle: t('reasonsTitle'),
  commentTitle: t('commentTitle'),
  thanks: t('thanksTitle'),
};
