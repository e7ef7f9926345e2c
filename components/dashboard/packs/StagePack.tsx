/** Where a signed pack shall go: some units, a share of the devices, all, or back from all. */
import { useState } from 'preact/hooks';
import type { Unit } from '../../../lib/domain/unit.ts';
import { Button } from '../../shared/Button.tsx';
import { Dialog } from '../../shared/Dialog.tsx';
import { TextField } from '../../shared/Field.tsx';
import { failureWords } from '../Failed.tsx';
import type { Failure } from '../model.ts';
import { UnitPicker } from '../UnitPicker.tsx';
import { useWords } from '../words.ts';
import { type PackDetail, refOf, type StageWish } from './model.ts';

export function StagePack(props: {
  readonly pack: PackDetail;
  readonly units: readonly Unit[];
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onStage: (wish: StageWish) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const { pack } = props;
  const isOut = pack.stage === 'trial' || pack.stage === 'everywhere';
  const [stage, setStage] = useState<StageWish['stage']>(
    pack.stage === 'everywhere' ? 'everywhere' : 'trial',
  );
  const [units, setUnits] = useState<readonly string[]>(pack.trial?.units ?? []);
  const [percent, setPercent] = useState(String(pack.trial?.percent ?? 0));
  const [isTried, setTried] = useState(false);
  const share = /^\d{1,3}$/.test(percent.trim()) ? Number(percent) : Number.NaN;
  const isShare = share >= 0 && share <= 100;
  const isEmpty = units.length === 0 && share === 0;
  const choices = ['trial', 'everywhere', ...(isOut ? (['proposed'] as const) : [])] as const;
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (props.busy) return;
    if (stage !== 'trial') props.onStage({ stage });
    else if (isShare && !isEmpty) props.onStage({ stage, units, percent: share });
  };
  return (
    <Dialog
      title={t('packs.stageTitle', { pack: refOf(pack) })}
      closeLabel={t('app.close')}
      onClose={props.onClose}
    >
      <form class="d-form" noValidate onSubmit={submit}>
        <fieldset class="d-choices">
          <legend class="n-label">{t('packs.stageWhere')}</legend>
          {choices.map((one) => (
            <label key={one} class="d-choice">
              <input
                type="radio"
                name="stage"
                value={one}
                checked={stage === one}
                onChange={() => setStage(one)}
              />
              <span>
                {t(`packs.to.${one}`)}
                <span class="d-sub">{t(`packs.to.${one}What`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {stage === 'trial' && (
          <>
            <UnitPicker
              units={props.units.filter((unit) => unit.id !== 'unassigned')}
              value={null}
              label={t('packs.addUnit')}
              placeholder={t('unitPick.search')}
              onPick={(unit) => setUnits([...new Set([...units, unit])])}
            />
            {units.length > 0 && (
              <ul class="d-chips" aria-label={t('packs.chosenUnits')}>
                {units.map((id) => {
                  const name = props.units.find((unit) => unit.id === id)?.name ?? id;
                  return (
                    <li key={id} class="d-chip" data-chip={id}>
                      {name}
                      <Button
                        kind="quiet"
                        size="small"
                        action="drop-unit"
                        label={t('packs.dropUnit', { name })}
                        onClick={() => setUnits(units.filter((one) => one !== id))}
                      >
                        <span aria-hidden="true">✕</span>
                      </Button>
                    </li>
                  );
                })}
              </ul>
            )}
            <TextField
              name="percent"
              type="number"
              inputMode="numeric"
              label={t('packs.percent')}
              hint={t('packs.percentHint')}
              value={percent}
              onInput={setPercent}
              error={
                isTried && !isShare
                  ? t('packs.percentWrong')
                  : isTried && isEmpty
                    ? t('packs.trialEmpty')
                    : undefined
              }
            />
          </>
        )}
        {props.failure && (
          <p class="n-error" role="alert">
            {failureWords(words, props.failure).text}
          </p>
        )}
        <div class="d-form-acts">
          <Button onClick={props.onClose} action="no">
            {t('app.cancel')}
          </Button>
          <Button type="submit" kind="primary" busy={props.busy} action="yes">
            {t(stage === 'proposed' ? 'packs.takeBack' : 'packs.rollOutYes')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
