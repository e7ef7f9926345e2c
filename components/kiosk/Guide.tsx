/** Three pictured steps of filing or paying online. */
import type { KioskKey, KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { Heading } from './Heading.tsx';
import { Icon, type IconName } from './icons.tsx';

type Topic = 'filing' | 'payment';

const STEPS: Record<Topic, readonly (readonly [IconName, KioskKey])[]> = {
  filing: [
    ['phone', 'guideFiling1'],
    ['person', 'guideFiling2'],
    ['send', 'guideFiling3'],
  ],
  payment: [
    ['dossier', 'guidePayment1'],
    ['qr', 'guidePayment2'],
    ['receipt', 'guidePayment3'],
  ],
};

/** The texts of a guide in reading order. */
export function guideTexts(topic: Topic): readonly KioskKey[] {
  const title = topic === 'filing' ? 'guideFiling' : 'guidePayment';
  return [title, ...STEPS[topic].map(([, key]) => key), 'guideHelp'];
}

export function Guide({ t, topic }: { t: KioskTranslate; topic: Topic }) {
  return (
    <div class="k-guide k-guard">
      <Heading>{t(topic === 'filing' ? 'guideFiling' : 'guidePayment')}</Heading>
      <ol class="k-steps">
        {STEPS[topic].map(([icon, key], index) => (
          <li key={key}>
            <span class="k-step-number">{index + 1}</span>
            <Icon name={icon} />
            <span>{t(key)}</span>
          </li>
        ))}
      </ol>
      <p class="k-note">{t('guideHelp')}</p>
    </div>
  );
}
