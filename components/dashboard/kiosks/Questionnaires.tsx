/** Questionnaires: which is in force here and why, all there are, and a new version from a file. */
import { useState } from 'preact/hooks';
import { wordsIn } from '../../../lib/domain/questionnaire.ts';
import type { KioskSettingView, QuestionnaireView } from '../../../lib/indicators/kiosks.ts';
import { Button } from '../../shared/Button.tsx';
import { Dialog } from '../../shared/Dialog.tsx';
import { SelectField } from '../../shared/Field.tsx';
import { Table } from '../../shared/Table.tsx';
import { Loaded } from '../Failed.tsx';
import { useWords } from '../words.ts';
import type { KiosksViewProps } from './model.ts';
import { Preview } from './Preview.tsx';
import { Upload } from './Upload.tsx';

export function Questionnaires(props: KiosksViewProps) {
  const { t, language } = useWords();
  const [open, setOpen] = useState<QuestionnaireView | null>(null);
  return (
    <>
      <Loaded load={props.room.questionnaires} onRetry={props.onRetry}>
        {(all) => (
          <>
            <Loaded load={props.room.setting} onRetry={props.onRetry} lines={2}>
              {(setting) => <InForceCard key={setting.unit} {...props} all={all} setting={setting} />}
            </Loaded>
            <section class="d-stack">
              <h3 id="q-list">{t('kiosks.qList')}</h3>
              <List {...props} all={all} onOpen={setOpen} />
            </section>
          </>
        )}
      </Loaded>
      {props.rights.canDecideForms && <Upload {...props} />}
      {open && (
        <Dialog
          title={t('kiosks.qPreviewOf', { name: wordsIn(open.questionnaire.name, language) })}
          closeLabel={t('app.close')}
          width="wide"
          onClose={() => setOpen(null)}
        >
          <Preview questionnaire={open.questionnaire} />
        </Dialog>
      )}
    </>
  );
}

/** What holds at the unit, whose word that is, and the choice. */
function InForceCard(
  props: KiosksViewProps & { readonly all: readonly QuestionnaireView[]; readonly setting: KioskSettingView },
) {
  const { t, language } = useWords();
  const { all, setting } = props;
  const { own, inForce, unit } = setting;
  const nameOf = (ref: string) => {
    const known = all.find((one) => one.ref === ref);
    return known
      ? t('feedback.questionnaireOf', { name: wordsIn(known.questionnaire.name, language), ref })
      : ref;
  };
  const [chosen, setChosen] = useState(own.questionnaire ?? '');
  const from = inForce.questionnaire.from;
  const whose =
    from === null
      ? t('kiosks.inForceDefault')
      : from.id === unit
        ? t('kiosks.inForceOwn')
        : t('kiosks.inForceFrom', { unit: from.name });
  return (
    <section class="d-card d-form" data-in-force={inForce.questionnaire.value}>
      <h3>{t('kiosks.inForce', { unit: setting.unitName })}</h3>
      <p>
        <strong>{nameOf(inForce.questionnaire.value)}</strong> <span class="d-quiet">{whose}</span>
      </p>
      {props.rights.canChangeKiosks && (
        <form
          class="q-add"
          onSubmit={(event) => {
            event.preventDefault();
            props.acts.saveSetting({ questionnaire: chosen || null });
          }}
        >
          <SelectField
            name="in-force"
            label={t('kiosks.inForcePick')}
            value={chosen}
            onChange={setChosen}
            options={[
              { value: '', text: t('kiosks.inherit') },
              ...all.map(({ ref }) => ({ value: ref, text: nameOf(ref) })),
            ]}
          />
          <Button
            type="submit"
            kind="primary"
            action="save-in-force"
            busy={props.busy === 'saveSetting'}
            disabled={chosen === (own.questionnaire ?? '')}
          >
            {t('kiosks.save')}
          </Button>
        </form>
      )}
    </section>
  );
}

function List(
  props: KiosksViewProps & {
    readonly all: readonly QuestionnaireView[];
    readonly onOpen: (one: QuestionnaireView) => void;
  },
) {
  const { t, number, moment, language } = useWords();
  const nameOf = ({ questionnaire }: QuestionnaireView) => wordsIn(questionnaire.name, language);
  return (
    <Table
      caption={t('kiosks.qList')}
      hideCaption
      rows={props.all}
      rowKey={({ ref }) => ref}
      columns={[
        {
          id: 'name',
          head: t('kiosks.qName'),
          isRowHead: true,
          cell: (one: QuestionnaireView) => (
            <>
              {nameOf(one)}
              <span class="d-sub">
                <code>{one.ref}</code>
              </span>
            </>
          ),
        },
        {
          id: 'questions',
          head: t('kiosks.qQuestions'),
          isNumber: true,
          cell: (one: QuestionnaireView) => number(one.questionnaire.questions.length),
        },
        {
          id: 'from',
          head: t('kiosks.qFrom'),
          cell: (one: QuestionnaireView) => (one.madeAt === null ? t('kiosks.qBundled') : moment(one.madeAt)),
        },
        {
          id: 'act',
          head: t('kiosks.act'),
          cell: (one: QuestionnaireView) => (
            <div class="d-acts">
              <Button
                size="small"
                action="preview"
                label={t('kiosks.qPreviewOf', { name: one.ref })}
                onClick={() => props.onOpen(one)}
              >
                {t('kiosks.qPreview')}
              </Button>
              <Button
                size="small"
                action="download"
                label={t('kiosks.qDownloadOf', { name: one.ref })}
                onClick={() => props.onSave(fileOf(one))}
              >
                {t('kiosks.qDownload')}
              </Button>
            </div>
          ),
        },
      ]}
    />
  );
}

function fileOf({ ref, questionnaire }: QuestionnaireView) {
  const text = `${JSON.stringify(questionnaire, null, 2)}\n`;
  return { name: `phieu-hoi_${ref.replace('@', '_v')}.json`, bytes: new TextEncoder().encode(text) };
}
