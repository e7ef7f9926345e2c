/** The loudspeaker: pressed while it speaks, pressed again it falls silent. Big where nobody has begun yet. */
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { Icon } from './icons.tsx';

export interface LoudspeakerProps {
  readonly t: KioskTranslate;
  readonly isSpeaking: boolean;
  readonly isBig?: boolean;
  readonly onListen: () => void;
}

export function Loudspeaker({ t, isSpeaking, isBig = false, onListen }: LoudspeakerProps) {
  return (
    <button
      type="button"
      class={isBig ? 'k-tool k-listen k-listen-big' : 'k-tool k-listen'}
      aria-pressed={isSpeaking}
      onClick={onListen}
    >
      <Icon name="listen" />
      <span>{t('listen')}</span>
    </button>
  );
}
