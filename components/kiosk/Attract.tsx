/** What stands there while nobody is there: one thing to tap, and how to do it from home next time. */
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { Face, LEVELS } from './Face.tsx';
import { Icon } from './icons.tsx';

export interface AttractProps {
  readonly t: KioskTranslate;
  readonly onStart: () => void;
  readonly onGuide: (topic: 'filing' | 'payment') => void;
}

export function Attract({ t, onStart, onGuide }: AttractProps) {
  return (
    <div class="k-attract k-guard">
      <button type="button" class="k-hero" onClick={onStart}>
        <span class="k-hero-title">{t('attractTitle')}</span>
        <span class="k-hero-faces">
          {LEVELS.map((level) => (
            <Face key={level} level={level} />
          ))}
        </span>
        <span class="k-hero-call">
          <Icon name="tap" />
          {t('attractStart')}
        </span>
        <span class="k-hero-text">
          <Icon name="lock" />
          {t('attractText')}
        </span>
      </button>
      <section class="k-cards" aria-label={t('guideLead')}>
        <h2>{t('guideLead')}</h2>
        <button type="button" class="k-card" onClick={() => onGuide('filing')}>
          <Icon name="file" />
          <span>
            <b>{t('guideFiling')}</b>
            <span>{t('guideFilingShort')}</span>
          </span>
        </button>
        <button type="button" class="k-card" onClick={() => onGuide('payment')}>
          <Icon name="pay" />
          <span>
            <b>{t('guidePayment')}</b>
            <span>{t('guidePaymentShort')}</span>
          </span>
        </button>
      </section>
    </div>
  );
}
