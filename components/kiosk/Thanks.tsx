/** Shown only once the rating is durable. */
import type { ComponentChildren } from 'preact';
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { Heading } from './Heading.tsx';

export function Thanks({ t, children }: { t: KioskTranslate; children?: ComponentChildren }) {
  return (
    <div class="k-thanks" role="status">
      <svg class="k-big-check" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
        <circle cx="60" cy="60" r="54" />
        <path d="m34 62 18 18 35-40" />
      </svg>
      <Heading>{t('thanksTitle')}</Heading>
      <p class="k-lead">{t('thanksText')}</p>
      {children ?? <p class="k-note">{t('thanksMore')}</p>}
    </div>
  );
}

export function Saving({ t }: { t: KioskTranslate }) {
  return (
    <div class="k-thanks" role="status">
      <span class="k-wait" aria-hidden="true" />
      <Heading>{t('saving')}</Heading>
    </div>
  );
}
