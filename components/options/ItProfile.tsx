/** "Dành cho cán bộ CNTT": switches the workshop on for this PC. Officials leave it alone; nothing else shows it. */
import { useEffect, useState } from 'preact/hooks';
import { workshopTexts } from '../../lib/i18n/workshop/index.ts';
import { Button } from '../shared/Button.tsx';
import { CheckField } from '../shared/Field.tsx';

export interface ItProfileDoor {
  readonly itProfile: (
    wanted: boolean | null,
  ) => Promise<{ readonly isOn: boolean; readonly isFixed: boolean } | null>;
  /** Must be called in the click itself. */
  readonly openWorkshop: () => void;
}

export function ItProfile(props: { readonly language: 'vi' | 'en'; readonly door: ItProfileDoor }) {
  const t = workshopTexts(props.language);
  const { door } = props;
  const [profile, setProfile] = useState<{ isOn: boolean; isFixed: boolean } | null>(null);
  useEffect(() => {
    door.itProfile(null).then(setProfile);
  }, [door]);
  if (profile === null) return null;
  return (
    <section class="o-section" id="it" aria-label={t('it.title')} data-it={profile.isOn}>
      <h2>{t('it.title')}</h2>
      <p class="o-lead">{t('it.text')}</p>
      <CheckField
        label={t('it.on')}
        name="it-profile"
        checked={profile.isOn}
        disabled={profile.isFixed}
        onChange={(wanted) => {
          door.itProfile(wanted).then(setProfile);
        }}
      />
      {profile.isFixed && <p class="o-lead">{t('it.fixed')}</p>}
      {profile.isOn && (
        <div class="o-buttons">
          <Button action="open-workshop" onClick={door.openWorkshop}>
            {t('it.open')}
          </Button>
        </div>
      )}
    </section>
  );
}
