/** One version: what changed, what the checks say, what has been decided; and the decisions, for the province. */
import { useState } from 'preact/hooks';
import { Banner } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { Loaded } from '../Failed.tsx';
import { useWords } from '../words.ts';
import { type PackDetail, refOf } from './model.ts';
import { Changes, History, Results } from './PackFacts.tsx';
import { Stage, trialText } from './PackList.tsx';
import { RefusePack } from './RefusePack.tsx';
import { RetirePack } from './RetirePack.tsx';
import { SignPack } from './SignPack.tsx';
import { StagePack } from './StagePack.tsx';
import type { PacksViewProps } from './view-props.ts';

type Deed = 'sign' | 'stage' | 'refuse' | 'retire';

export function PackPage(props: PacksViewProps & { readonly packRef: string }) {
  const { t } = useWords();
  return (
    <div class="d-stack">
      <div>
        <Button size="small" kind="quiet" action="packs-back" onClick={props.onClose}>
          ← {t('packs.back')}
        </Button>
      </div>
      <Loaded load={props.pack} onRetry={props.onRetry} lines={8}>
        {(pack) => <Shown {...props} shown={pack} />}
      </Loaded>
    </div>
  );
}

function Shown(props: PacksViewProps & { readonly shown: PackDetail }) {
  const { t, moment } = useWords();
  const { shown: pack, units } = props;
  const [asked, setAsked] = useState<Deed | null>(null);
  const close = () => {
    setAsked(null);
    props.onForget();
  };
  const end = (isDone: boolean) => {
    if (isDone) setAsked(null);
  };
  const dialog = { pack, busy: props.busy !== null, failure: props.failure, onClose: close };
  return (
    <>
      <header class="d-view-head">
        <div>
          <h2>
            {pack.name} <Stage pack={pack} />
          </h2>
          <p class="d-quiet">
            <code>{refOf(pack)}</code>
            {pack.trial && ` · ${trialText(pack.trial, units, t)}`}
          </p>
        </div>
        {props.canDecide && <Deeds pack={pack} onAsk={setAsked} />}
      </header>
      {pack.lint.length > 0 && (
        <Banner kind="bad" name="pack-lint" title={t('packs.lintBad', { count: pack.lint.length })}>
          <ul class="d-do">
            {pack.lint.slice(0, 10).map(({ field, problem }) => (
              <li key={`${field} ${problem}`}>
                <code>{field}</code>: {problem}
              </li>
            ))}
          </ul>
        </Banner>
      )}
      <div class="d-columns d-columns-wide">
        <div class="d-stack">
          <Changes pack={pack} />
          <Results pack={pack} />
        </div>
        <div class="d-stack">
          <section class="d-card">
            <h3>{t('packs.about')}</h3>
            <dl class="d-facts">
              <dt>{t('packs.from')}</dt>
              <dd>
                {pack.source === 'bundled'
                  ? t('packs.bundled')
                  : pack.proposedBy
                    ? `${pack.proposedBy.device} (${pack.proposedBy.unit})`
                    : t('packs.workshop')}
                {pack.proposedAt && `, ${moment(pack.proposedAt)}`}
              </dd>
              {pack.note && <dt>{t('packs.note')}</dt>}
              {pack.note && <dd>{pack.note}</dd>}
              <dt>{t('packs.signature')}</dt>
              <dd>
                {pack.signedAt
                  ? `${pack.signedBy}, ${moment(pack.signedAt)}`
                  : t(pack.source === 'bundled' ? 'packs.needsNone' : 'packs.unsigned')}
              </dd>
              <dt>{t('packs.hash')}</dt>
              <dd>
                <code class="d-hash">{pack.sha256}</code>
              </dd>
            </dl>
          </section>
          <History pack={pack} />
        </div>
      </div>
      {asked === 'sign' && (
        <SignPack {...dialog} onSign={async (password) => end(await props.onSign(password))} />
      )}
      {asked === 'stage' && (
        <StagePack {...dialog} units={units} onStage={async (wish) => end(await props.onStage(wish))} />
      )}
      {asked === 'refuse' && (
        <RefusePack {...dialog} onRefuse={async (reason) => end(await props.onRefuse(reason))} />
      )}
      {asked === 'retire' && <RetirePack {...dialog} onRetire={async () => end(await props.onRetire())} />}
    </>
  );
}

/** The decisions that are possible now; one of them is the next step. */
function Deeds(props: { readonly pack: PackDetail; readonly onAsk: (deed: Deed) => void }) {
  const { t } = useWords();
  const { pack, onAsk } = props;
  const isOver = pack.stage === 'refused' || pack.stage === 'retired';
  const isOwn = pack.source === 'hub';
  return (
    <div class="d-acts">
      {isOwn && !isOver && pack.signedAt === null && (
        <Button kind="primary" action="sign-pack" onClick={() => onAsk('sign')}>
          {t('packs.sign')}
        </Button>
      )}
      {isOwn && !isOver && pack.signedAt !== null && (
        <Button
          kind={pack.stage === 'everywhere' ? 'plain' : 'primary'}
          action="stage-pack"
          onClick={() => onAsk('stage')}
        >
          {t('packs.rollOut')}
        </Button>
      )}
      {isOwn && (pack.stage === 'proposed' || pack.stage === 'trial') && (
        <Button action="refuse-pack" onClick={() => onAsk('refuse')}>
          {t('packs.refuse')}
        </Button>
      )}
      {pack.stage !== 'retired' && pack.stage !== 'refused' && (
        <Button kind="danger" action="retire-pack" onClick={() => onAsk('retire')}>
          {t('packs.retire')}
        </Button>
      )}
    </div>
  );
}
