/** What every part of the options page is given. */
import type { extensionTexts } from '../../lib/i18n/extension/index.ts';
import type { OptionsDoor, View } from '../popup/model.ts';

export interface Room {
  readonly t: ReturnType<typeof extensionTexts>;
  readonly view: View;
  readonly door: OptionsDoor;
  readonly onChanged: () => Promise<void>;
}
