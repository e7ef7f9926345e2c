/** One field: how it is found now, pointing at the page, the offers, its names and its words. */
import { useState } from 'preact/hooks';
import { Banner } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { CheckField, SelectField, TextField } from '../shared/Field.tsx';
import type { FieldView, OfferView, WordList } from './model.ts';
import { named, wayText } from './names.ts';
import type { Room } from './room.ts';

type Props = Room & { readonly field: FieldView };

export function FieldEditor(props: Props) {
  const { t, state, actions, field } = props;
  const winner = field.rank === null ? undefined : field.ways[field.rank];
  return (
    <>
      {winner && (
        <p class="w-winner" data-winner={winner.kind}>
          {t('field.winner', { rank: (field.rank ?? 0) + 1, how: wayText(t, winner) })}
        </p>
      )}
      {field.failed > 0 && (
        <p class="w-failed">{t('field.failed', { n: field.failed, sample: field.sample ?? '' })}</p>
      )}
      <div class="w-buttons">
        {state.isPointing ? (
          <>
            <p class="w-pointing" role="status">
              {t('edit.pointing')}
            </p>
            <Button action="stop-pick" onClick={actions.stopPointing}>
              {t('edit.stop')}
            </Button>
          </>
        ) : (
          <Button kind="primary" action="pick" onClick={actions.point}>
            {t('edit.point')}
          </Button>
        )}
      </div>
      {state.headers.length > 0 && (
        <SelectField
          label={t('edit.fromList')}
          name="page-header"
          value=""
          options={[
            { value: '', text: t('edit.fromList.none') },
            ...state.headers.map((text) => ({ value: text, text })),
          ]}
          onChange={(text) => text !== '' && actions.tryHeader(text)}
        />
      )}
      {state.offers && <Offers {...props} offers={state.offers} />}
      {field.kindred.length > 0 && (
        <CheckField
          label={t('edit.wide', { pages: field.kindred.join(', ') })}
          name="wide"
          checked={state.isWide}
          onChange={actions.setWide}
        />
      )}
      <Names {...props} />
      {field.words && <WordForm {...props} list={field.words.list} values={field.words.values} />}
      <details class="w-ways">
        <summary>{t('field.ways')}</summary>
        <ol>
          {field.ways.map((way, at) => (
            <li key={at}>{wayText(t, way)}</li>
          ))}
        </ol>
      </details>
    </>
  );
}

function Offers({ t, actions, offers }: Props & { readonly offers: readonly OfferView[] }) {
  if (offers.length === 0) return <Banner kind="warn" title={t('edit.noOffer')} name="no-offer" />;
  return (
    <section class="w-offers" aria-label={t('edit.offers')}>
      <h3>{t('edit.offers')}</h3>
      <ul>
        {offers.map((offer, at) => (
          <li key={`${offer.kind} ${offer.text}`} data-offer={offer.kind}>
            <span>
              <strong>{t(`edit.offer.${offer.kind}`, { text: offer.text })}</strong>
              <span class={offer.read > 0 ? 'w-quiet' : 'w-failed'}>
                {t('edit.offer.read', { read: offer.read, rows: offer.rows })}
              </span>
              {offer.takenBy !== null && (
                <span class="w-failed">{t('edit.taken', { field: named(t, 'field', offer.takenBy) })}</span>
              )}
            </span>
            <Button
              kind={at === 0 && offer.read > 0 && offer.takenBy === null ? 'primary' : 'plain'}
              size="small"
              action="apply-offer"
              disabled={offer.takenBy !== null}
              onClick={() => actions.applyOffer(at)}
            >
              {t('edit.apply')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Text boxes of the workshop refuse what no pack may hold; the same rule as lib/workshop/draft.ts, said before it is asked. */
function problemOf(text: string): 'empty' | 'long' | null {
  const clean = text.trim();
  return clean === '' ? 'empty' : clean.length > 80 ? 'long' : null;
}

function Names({ t, actions, field }: Props) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<'empty' | 'long' | null>(null);
  return (
    <form
      class="w-names"
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = problemOf(text);
        setProblem(wrong);
        if (wrong) return;
        actions.addText(text);
        setText('');
      }}
    >
      {field.texts.length > 0 && (
        <>
          <h3>{t('edit.texts')}</h3>
          <ul class="w-chips">
            {field.texts.map((one) => (
              <li key={one.text} class={one.isNew ? 'w-chip-new' : ''} data-text={one.text}>
                {one.text}
                <button
                  type="button"
                  data-action="remove-text"
                  aria-label={t('edit.remove', { text: one.text })}
                  onClick={() => actions.removeText(one.text)}
                >
                  <span aria-hidden="true">✕</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="w-joined">
        <TextField
          label={t('edit.text')}
          name="synonym"
          hint={t('edit.textHint')}
          value={text}
          maxLength={80}
          error={problem ? t(`edit.error.${problem}`) : undefined}
          onInput={setText}
        />
        <Button type="submit" action="add-text">
          {t('edit.add')}
        </Button>
      </div>
    </form>
  );
}

function WordForm({
  t,
  actions,
  list,
  values,
}: Props & { readonly list: WordList; readonly values: readonly string[] }) {
  const [word, setWord] = useState('');
  const [value, setValue] = useState(values[0] ?? '');
  const [problem, setProblem] = useState<'empty' | 'long' | null>(null);
  return (
    <form
      class="w-names"
      onSubmit={(event) => {
        event.preventDefault();
        const wrong = problemOf(word);
        setProblem(wrong);
        if (wrong) return;
        actions.addWord(list, word, value);
        setWord('');
      }}
    >
      <TextField
        label={t('edit.word', { list: t(`list.${list}`) })}
        name="word"
        hint={t('edit.wordHint')}
        value={word}
        maxLength={80}
        error={problem ? t(`edit.error.${problem}`) : undefined}
        onInput={setWord}
      />
      <div class="w-joined">
        <SelectField
          label={t('edit.meaning')}
          name="meaning"
          value={value}
          options={values.map((one) => ({ value: one, text: named(t, 'value', one) }))}
          onChange={setValue}
        />
        <Button type="submit" action="add-word">
          {t('edit.add')}
        </Button>
      </div>
    </form>
  );
}

/** What the page says when its list is empty. */
export function EmptyTextForm({ t, actions }: Room) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<'empty' | 'long' | null>(null);
  return (
    <details class="w-card">
      <summary>
        <h2>{t('edit.empty')}</h2>
      </summary>
      <form
        class="w-joined"
        onSubmit={(event) => {
          event.preventDefault();
          const wrong = problemOf(text);
          setProblem(wrong);
          if (wrong) return;
          actions.addEmpty(text);
          setText('');
        }}
      >
        <TextField
          label={t('edit.empty')}
          name="empty-text"
          hint={t('edit.emptyHint')}
          value={text}
          maxLength={80}
          error={problem ? t(`edit.error.${problem}`) : undefined}
          onInput={setText}
        />
        <Button type="submit" action="add-empty">
          {t('edit.add')}
        </Button>
      </form>
    </details>
  );
}
