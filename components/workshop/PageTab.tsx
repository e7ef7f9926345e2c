/** How the page is read: health, signs, fields, a masked preview, and the sample button. */
import { Banner } from '../shared/Banner.tsx';
import { SelectField } from '../shared/Field.tsx';
import { EmptyTextForm, FieldEditor } from './FieldEditor.tsx';
import type { FieldView, ReadingView, SignalView } from './model.ts';
import { named } from './names.ts';
import type { Room } from './room.ts';
import { SnapshotCard } from './SnapshotCard.tsx';

const TONES = { ok: 'good', degraded: 'warn', broken: 'bad', unverified: 'warn' } as const;

export function PageTab(room: Room) {
  const { t, state, actions } = room;
  const { reading } = state;
  const seen = state.signs.find(({ isRecognised }) => isRecognised)?.page ?? null;
  return (
    <>
      <SelectField
        label={t('pick.page')}
        name="page-type"
        value={state.wanted ?? ''}
        options={[
          { value: '', text: seen === null ? t('pick.page.none') : t('pick.page.auto', { page: seen }) },
          ...(state.pack?.pageTypes ?? []).map((id) => ({ value: id, text: id })),
        ]}
        onChange={(id) => actions.chooseType(id === '' ? null : id)}
      />
      <HealthNote {...room} />
      {reading && reading.fields.length > 0 && (
        <section class="w-card" aria-label={t('fields.title')}>
          <h2>{t('fields.title')}</h2>
          <p class="w-quiet">{t('fields.legend')}</p>
          <ul class="w-fields">
            {reading.fields.map((field) => (
              <FieldRow key={field.name} {...room} field={field} />
            ))}
          </ul>
        </section>
      )}
      {reading && reading.fields.length > 0 && <Preview {...room} reading={reading} />}
      <Signs {...room} />
      {reading && reading.fields.length > 0 && <EmptyTextForm {...room} />}
      <SnapshotCard {...room} />
    </>
  );
}

function HealthNote({ t, state }: Room) {
  const { reading } = state;
  if (!reading) return <Banner kind="warn" title={t('health.none')} name="health-none" />;
  const lines = [
    !reading.isRecognised && t('reading.forced'),
    reading.fields.length === 0 && t('reading.noFields'),
    reading.rows > 0 && t('rows.read', { read: reading.rows - reading.unread, rows: reading.rows }),
    reading.fields.length > 0 && reading.rows === 0 && t(reading.saysEmpty ? 'rows.empty' : 'rows.none'),
    reading.others > 0 && t('rows.others', { n: reading.others }),
    reading.isRefused && t('rows.refused'),
  ].filter((line) => line !== false);
  return (
    <div data-health={reading.health} data-recognised={reading.isRecognised}>
      <Banner kind={TONES[reading.health]} title={t(`health.${reading.health}`)} name="health">
        {lines.join(' ')}
      </Banner>
    </div>
  );
}

function FieldRow(props: Room & { readonly field: FieldView }) {
  const { t, state, actions, field } = props;
  const isOpen = state.openField === field.name;
  const id = `w-field-${field.name}`;
  return (
    <li class={`w-field w-field-${field.state}`} data-field={field.name} data-state={field.state}>
      <button
        type="button"
        class="w-field-head"
        data-action="open-field"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => actions.openField(isOpen ? null : field.name)}
      >
        <span class="w-light" aria-hidden="true" />
        <span class="w-field-name">
          {named(t, 'field', field.name)}
          {field.isRequired && <span class="w-quiet"> ({t('field.required')})</span>}
        </span>
        <span class="w-field-state">
          {t(`fieldState.${field.state}`)}
          {field.state !== 'absent' && field.rows > 0 && (
            <span class="w-share">{t('field.share', { read: field.read, rows: field.rows })}</span>
          )}
        </span>
      </button>
      {isOpen && (
        <div id={id} class="w-field-body">
          <FieldEditor {...props} />
        </div>
      )}
    </li>
  );
}

function Preview({ t, state, reading }: Room & { readonly reading: ReadingView }) {
  // The field being repaired stands first: that is where one looks.
  const shown = reading.fields
    .filter(({ name }) => reading.preview.some((row) => name in row))
    .sort((a, b) => Number(b.name === state.openField) - Number(a.name === state.openField));
  return (
    <section class="w-card" aria-label={t('preview.title', { n: 5 })}>
      <h2>{t('preview.title', { n: 5 })}</h2>
      <p class="w-quiet">{t('preview.text')}</p>
      {reading.preview.length === 0 || shown.length === 0 ? (
        <p class="w-quiet">{t('preview.none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section class="n-table-box" tabIndex={0} aria-label={t('preview.title', { n: 5 })}>
          <table class="n-table w-preview">
            <thead>
              <tr>
                {shown.map(({ name }) => (
                  <th key={name} scope="col">
                    {named(t, 'field', name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {reading.preview.map((row, at) => (
                <tr key={at} data-preview-row={at + 1}>
                  {shown.map(({ name, state }) => (
                    <td key={name} data-preview={name} class={state === 'missing' ? 'w-missing' : ''}>
                      {name in row
                        ? row[name] === ''
                          ? t('preview.noDue')
                          : named(t, 'value', row[name]!)
                        : row.unread === name
                          ? t('preview.unread')
                          : '–'}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function Signs({ t, state }: Room) {
  const near = state.signs.filter(({ isPlace }) => isPlace);
  const far = state.signs.filter(({ isPlace }) => !isPlace).map(({ page }) => page);
  const isKnown = near.some(({ isRecognised }) => isRecognised);
  return (
    <details class="w-card" open={!isKnown}>
      <summary>
        <h2>{t('signs.title')}</h2>
      </summary>
      <p class="w-place">
        {t('signs.place')}: <code>{state.place}</code>
      </p>
      {near.map((one) => (
        <div key={one.page} class="w-signs" data-signs={one.page}>
          <h3>
            {one.page}
            <span class={`n-tag ${one.isRecognised ? 'n-tag-good' : 'n-tag-warn'}`}>
              {t(one.isRecognised ? 'signs.holds' : 'signs.fails')}
            </span>
          </h3>
          <ul>
            <li class="w-sign-yes">{t('signs.placeYes')}</li>
            {one.signals.map((signal, at) => (
              <li key={at} class={signal.holds ? 'w-sign-yes' : 'w-sign-no'} data-holds={signal.holds}>
                {signText(t, signal)}
                <span class="n-hidden">: {t(signal.holds ? 'signs.holds' : 'signs.fails')}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {near.length === 0 && <p>{t('signs.placeNo')}</p>}
      {far.length > 0 && <p class="w-quiet">{t('signs.others', { pages: far.join(', ') })}</p>}
    </details>
  );
}

function signText(t: Room['t'], signal: SignalView): string {
  switch (signal.kind) {
    case 'exists':
      return t('signs.exists', { css: signal.css });
    case 'notExists':
      return t('signs.notExists', { css: signal.css });
    case 'headers':
      return t('signs.headers', { min: signal.min, headers: signal.headers });
    case 'noHeaders':
      return t('signs.noHeaders', { headers: signal.headers });
    case 'text':
      return t('signs.text', { text: signal.text });
  }
}
