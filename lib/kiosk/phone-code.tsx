/** The code beside the thanks, drawn on the device: nothing is asked of a server. */
import { encode } from 'uqr';
import { CodeSquare } from '../../components/kiosk/CodeSquare.tsx';
import type { KioskTranslate } from '../i18n/kiosk/index.ts';

export function PhoneCode({ t, address }: { t: KioskTranslate; address: string }) {
  const { data } = encode(address, { ecc: 'M', border: 2 });
  return (
    <section class="k-phone" aria-label={t('phoneTitle')}>
      <CodeSquare cells={data} />
      <div>
        <h2>{t('phoneTitle')}</h2>
        <p>{t('phoneText')}</p>
      </div>
    </section>
  );
}
