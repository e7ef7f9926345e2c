/** Recorded voices: which sentences each language has and lacks, listening, sharing, withdrawing. */
import type { Questionnaire } from '../../../lib/domain/questionnaire.ts';
import { wordsIn } from '../../../lib/domain/questionnaire.ts';
import type { ClipView } from '../../../lib/indicators/kiosks.ts';
import { Banner, Empty } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { type Column, Table } from '../../shared/Table.tsx';
import { Loaded } from '../Failed.tsx';
import { shownOf } from '../model.ts';
import { useWords } from '../words.ts';
import type { KiosksViewProps, SpokenPhrase } from './model.ts';

const STAGE_TONES = { proposed: 'n-tag-warn', shared: 'n-tag-good', withdrawn: '' } as const;
const STAGES = ['proposed', 'shared', 'withdrawn'] as const;

export function Clips(props: KiosksViewProps) {
  const { t, number } = useWords();
  const questionnaire = inForceOf(props);
  const phrases = questionnaire === null ? [] : props.phrases(questionnaire);
  return (
    <section class="d-stack">
      <div>
        <h3 id="q-clips">{t('kiosks.clips')}</h3>
        <p class="d-note">{t('kiosks.clipsLead')}</p>
      </div>
      <Loaded load={props.room.clips} onRetry={props.onRetry}>
        {(clips) => {
          const waiting = clips.filter(({ stage }) => stage === 'proposed').length;
          return clips.length === 0 ? (
            <Empty title={t('kiosks.clipsNone')} name="clips">
              {t('kiosks.clipsNoneDo')}
            </Empty>
          ) : (
            <>
              {waiting > 0 && props.rights.canDecideForms && (
                <Banner
                  kind="info"
                  name="clips-waiting"
                  title={t('kiosks.clipsWaiting', { count: number(waiting) })}
                />
              )}
              {phrases.length > 0 && <Coverage clips={clips} phrases={phrases} />}
              <ClipTable {...props} clips={clips} spoken={phrases} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

/** The questionnaire in force at the unit, once both are known. */
function inForceOf({ room }: KiosksViewProps): Questionnaire | null {
  const ref = shownOf(room.setting)?.inForce.questionnaire.value;
  return shownOf(room.questionnaires)?.find((one) => one.ref === ref)?.questionnaire ?? null;
}

function Coverage(props: { readonly clips: readonly ClipView[]; readonly phrases: readonly SpokenPhrase[] }) {
  const { t, maybe, number } = useWords();
  const languages = [...new Set(props.clips.map(({ language }) => language))].sort();
  return (
    <div class="q-coverage">
      {languages.map((language) => {
        const shared = props.clips.filter((one) => one.language === language && one.stage === 'shared');
        const missing = props.phrases.filter(({ id }) => !shared.some(({ phrase }) => phrase === id));
        const have = props.phrases.length - missing.length;
        return (
          <section key={language} class="d-card" data-language={language}>
            <h4>{maybe(`language.${language}`) ?? language}</h4>
            <p class="q-have">
              {t('kiosks.clipsHave', { have: number(have), all: number(props.phrases.length) })}
            </p>
            <div class="d-bar" aria-hidden="true">
              {have > 0 && <span class="d-bar-yes" style={{ flexGrow: have }} />}
              {missing.length > 0 && <span class="d-bar-no" style={{ flexGrow: missing.length }} />}
            </div>
            {missing.length === 0 ? (
              <p class="d-good">{t('kiosks.clipsComplete')}</p>
            ) : (
              <details class="d-grounds">
                <summary>{t('kiosks.clipsMissing', { count: number(missing.length) })}</summary>
                <ul class="q-missing">
                  {missing.map(({ id, words }) => (
                    <li key={id}>{words.vi}</li>
                  ))}
                </ul>
              </details>
            )}
          </section>
        );
      })}
    </div>
  );
}

function ClipTable(
  props: KiosksViewProps & { readonly clips: readonly ClipView[]; readonly spoken: readonly SpokenPhrase[] },
) {
  const { t, maybe, number, moment, language } = useWords();
  const textOf = ({ phrase }: ClipView) => {
    const known = props.spoken.find(({ id }) => id === phrase);
    return known ? wordsIn(known.words, language) : phrase;
  };
  const rows = [...props.clips].sort(
    (a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || (a.madeAt < b.madeAt ? 1 : -1),
  );
  const columns: Column<ClipView>[] = [
    {
      id: 'phrase',
      head: t('kiosks.clipPhrase'),
      isRowHead: true,
      cell: (one) => (
        <>
          {textOf(one)}
          <span class="d-sub">
            <code>{one.phrase}</code>
          </span>
        </>
      ),
    },
    {
      id: 'language',
      head: t('kiosks.clipLanguage'),
      cell: (one) => maybe(`language.${one.language}`) ?? one.language,
    },
    {
      id: 'stage',
      head: t('kiosks.clipStage'),
      cell: (one) => (
        <span class={`n-tag ${STAGE_TONES[one.stage]}`}>{t(`kiosks.clipStage.${one.stage}`)}</span>
      ),
    },
    {
      id: 'from',
      head: t('kiosks.clipFrom'),
      cell: (one) => (
        <>
          {[one.deviceName, one.unitName].filter(Boolean).join(', ')}
          <span class="d-sub">
            {moment(one.madeAt)} · {t('kiosks.clipSize', { size: number(Math.ceil(one.bytes / 1000)) })}
          </span>
        </>
      ),
    },
    {
      id: 'listen',
      head: t('kiosks.clipSound'),
      cell: (one) => (
        // biome-ignore lint/a11y/useMediaCaption: the sentence stands beside it
        <audio
          class="q-audio"
          controls
          preload="none"
          src={`/v1/clips/${one.sha256}`}
          aria-label={t('kiosks.clipListen', { phrase: textOf(one) })}
        />
      ),
    },
    {
      id: 'act',
      head: t('kiosks.act'),
      cell: (one) => {
        const what = one.stage === 'shared' ? 'withdraw' : 'share';
        const isShare = what === 'share';
        return (
          <Button
            size="small"
            kind={one.stage === 'proposed' ? 'primary' : 'plain'}
            action={`${what}-clip`}
            label={t(isShare ? 'kiosks.clipShareOf' : 'kiosks.clipWithdrawOf', { phrase: textOf(one) })}
            busy={props.busy === `clip:${one.sha256}`}
            onClick={() => props.acts.decideClip(one.sha256, what)}
          >
            {t(isShare ? 'kiosks.clipShare' : 'kiosks.clipWithdraw')}
          </Button>
        );
      },
    },
  ];
  return (
    <Table
      caption={t('kiosks.clips')}
      hideCaption
      columns={props.rights.canDecideForms ? columns : columns.slice(0, -1)}
      rows={rows}
      rowKey={({ sha256 }) => sha256.slice(0, 16)}
      rowClass={({ stage }) => (stage === 'withdrawn' ? 'is-past' : '')}
    />
  );
}
