/** Counts beside the rates: received by channel, open dossiers, documents in iOffice. */
import type { DocumentCount, ReceivedCount, StockCount } from '../../lib/indicators/figures.ts';
import { Figure } from './Figure.tsx';
import { useWords } from './words.ts';

interface Line {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly tone?: 'brand' | 'good' | 'bad' | 'plain';
}

/** A short list of counts with proportion strips, largest first as given, and their sum. */
function CountList(props: {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly total: { readonly name: string; readonly label: string };
  /** False where nothing was recorded at all: then a dash, never a 0. */
  readonly isKnown: boolean;
}) {
  const sum = props.lines.reduce((all, line) => all + line.value, 0);
  return (
    <section class="d-card">
      <h3>{props.title}</h3>
      <dl class="d-counts">
        {props.lines.map((line) => (
          <div key={line.name} class="d-count">
            <dt>{line.label}</dt>
            <dd>
              <Figure name={line.name} value={props.isKnown ? line.value : null} dash />
            </dd>
            <span class="d-strip" aria-hidden="true">
              <span
                class={`d-strip-in d-tone-${line.tone ?? 'brand'}`}
                style={{ inlineSize: `${sum === 0 ? 0 : (line.value / sum) * 100}%` }}
              />
            </span>
          </div>
        ))}
        <div class="d-count d-count-total">
          <dt>{props.total.label}</dt>
          <dd>
            <Figure name={props.total.name} value={props.isKnown ? sum : null} dash />
          </dd>
        </div>
      </dl>
    </section>
  );
}

export function Received(props: { readonly received: ReceivedCount; readonly isKnown: boolean }) {
  const { t } = useWords();
  const { online, counter, post, unknown } = props.received;
  return (
    <CountList
      isKnown={props.isKnown}
      title={t('received.title')}
      lines={[
        { name: 'received.online', label: t('received.online'), value: online },
        { name: 'received.counter', label: t('received.counter'), value: counter },
        { name: 'received.post', label: t('received.post'), value: post },
        { name: 'received.unknown', label: t('received.unknown'), value: unknown, tone: 'plain' },
      ]}
      total={{ name: 'received.total', label: t('received.total') }}
    />
  );
}

export function Stock(props: { readonly stock: StockCount; readonly isKnown: boolean }) {
  const { t } = useWords();
  const { inTime, overdue, noDue, unknownDue } = props.stock;
  return (
    <CountList
      isKnown={props.isKnown}
      title={t('stock.title')}
      lines={[
        { name: 'stock.inTime', label: t('stock.inTime'), value: inTime, tone: 'good' },
        { name: 'stock.overdue', label: t('stock.overdue'), value: overdue, tone: 'bad' },
        { name: 'stock.noDue', label: t('stock.noDue'), value: noDue, tone: 'plain' },
        { name: 'stock.unknownDue', label: t('stock.unknownDue'), value: unknownDue, tone: 'plain' },
      ]}
      total={{ name: 'stock.total', label: t('stock.total') }}
    />
  );
}

export function Documents(props: { readonly documents: readonly DocumentCount[] }) {
  const { t } = useWords();
  return (
    <section class="d-card">
      <h3>{t('documents.title')}</h3>
      <table class="d-mini">
        <thead>
          <tr>
            <th scope="col">{t('documents.role')}</th>
            <th scope="col" class="is-number">
              {t('documents.waiting')}
            </th>
            <th scope="col" class="is-number">
              {t('documents.overdue')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.documents.map(({ role, waiting, overdue }) => (
            <tr key={role}>
              <th scope="row">{t(`documents.${role}`)}</th>
              <td class="is-number">
                <Figure name={`documents.${role}.waiting`} value={waiting} />
              </td>
              <td class={`is-number ${overdue > 0 ? 'd-bad' : ''}`}>
                <Figure name={`documents.${role}.overdue`} value={overdue} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="d-note">{t('documents.note')}</p>
    </section>
  );
}
