/** A new questionnaire version from a JSON file: checked and previewed here, then stored at the hub. */
import { useState } from 'preact/hooks';
import { type Questionnaire, questionnaireRef, wordsIn } from '../../../lib/domain/questionnaire.ts';
import { readQuestionnaire } from '../../../lib/domain/questionnaire-schema.ts';
import { Banner } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { type DroppedFile, FileDrop } from '../FileDrop.tsx';
import { useWords } from '../words.ts';
import type { KiosksViewProps } from './model.ts';
import { Preview } from './Preview.tsx';

/** What the hub takes (lib/hub/http/feedback.ts), with room for its own packing. */
const LARGEST = 60_000;

type Chosen =
  | { readonly at: 'tooBig' | 'notJson' }
  | { readonly at: 'wrong'; readonly field: string; readonly problem: string }
  | { readonly at: 'good'; readonly questionnaire: Questionnaire };

export function Upload(props: KiosksViewProps) {
  const { t, number, language } = useWords();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  return (
    <section class="d-stack" aria-labelledby="q-upload">
      <h3 id="q-upload">{t('kiosks.qUpload')}</h3>
      <FileDrop
        title={t('kiosks.qUploadDrop')}
        button={t('kiosks.qUploadChoose')}
        accept=".json,application/json"
        onFiles={async ([file]) => {
          props.onForget();
          if (file) setChosen(await readFile(file));
        }}
      >
        {t('kiosks.qUploadWhat')}
      </FileDrop>
      {chosen !== null && chosen.at !== 'good' && <Wrong chosen={chosen} />}
      {chosen?.at === 'good' && (
        <section class="d-card d-form" data-part="checked">
          <p>
            <strong>
              {t('kiosks.qChecked', {
                name: wordsIn(chosen.questionnaire.name, language),
                ref: questionnaireRef(chosen.questionnaire),
                count: number(chosen.questionnaire.questions.length),
              })}
            </strong>
          </p>
          <Preview questionnaire={chosen.questionnaire} />
          <div class="d-form-acts">
            <Button onClick={() => setChosen(null)} action="no">
              {t('app.cancel')}
            </Button>
            <Button
              kind="primary"
              action="save-questionnaire"
              busy={props.busy === 'addQuestionnaire'}
              onClick={async () => {
                if (await props.acts.addQuestionnaire(chosen.questionnaire)) setChosen(null);
              }}
            >
              {t('kiosks.qSave')}
            </Button>
          </div>
        </section>
      )}
    </section>
  );
}

function Wrong({ chosen }: { readonly chosen: Exclude<Chosen, { at: 'good' }> }) {
  const { t, maybe } = useWords();
  return (
    <Banner kind="bad" name="questionnaire-wrong" title={t('kiosks.qWrong')}>
      {chosen.at === 'wrong' ? (
        <>
          <p>
            <code>{t('kiosks.qWrongField', { field: chosen.field })}</code>
          </p>
          <p>{maybe(`kiosks.qProblem.${chosen.problem}`) ?? t('kiosks.qProblem.other')}</p>
        </>
      ) : (
        t(chosen.at === 'tooBig' ? 'kiosks.qTooBig' : 'kiosks.qNotJson')
      )}
    </Banner>
  );
}

async function readFile(file: DroppedFile): Promise<Chosen> {
  if (file.size > LARGEST) return { at: 'tooBig' };
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await file.bytes()));
  } catch {
    return { at: 'notJson' };
  }
  const read = readQuestionnaire(raw);
  return read.ok
    ? { at: 'good', questionnaire: read.questionnaire }
    : { at: 'wrong', field: read.field, problem: read.problem };
}
