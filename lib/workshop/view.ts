/** From draft, report and results to what is shown. Pure. */
import type {
  ChangeView,
  FieldView,
  LocatorView,
  OfferView,
  ReadingView,
  SignalView,
  SignsView,
} from '../../components/workshop/model.ts';
import type { Field, Locator, Pack, Signal } from '../adapters/pack.ts';
import { CHANNELS, DOCUMENT_ROLES, fold, PAYMENTS, STATUSES } from '../domain/vocabulary.ts';
import { type Change, type Draft, fieldTexts, kindredPages, takenBy } from './draft.ts';
import type { Offer, PageReading, PageSigns } from './protocol.ts';

const WORDS = {
  status: { list: 'status', values: STATUSES },
  channel: { list: 'channel', values: CHANNELS },
  payment: { list: 'payment', values: PAYMENTS },
  role: { list: 'role', values: DOCUMENT_ROLES },
} as const;

export function readingView(reading: PageReading, pack: Pack, base: Pack): ReadingView {
  const page = pack.pages.find(({ id }) => id === reading.page);
  return {
    ...reading,
    fields: reading.fields.flatMap((report): FieldView[] => {
      const field = page?.fields[report.name];
      if (!field) return [];
      const before = base.pages.find(({ id }) => id === reading.page)?.fields[report.name];
      const known = new Set(before ? fieldTexts(before).map(fold) : []);
      return [
        {
          name: report.name,
          state: report.state,
          rows: report.rows,
          read: report.read,
          failed: report.failed,
          sample: report.sample,
          isRequired: field.required === true,
          rank: report.rank,
          ways: field.from.map(locatorView),
          texts: fieldTexts(field).map((text) => ({ text, isNew: !known.has(fold(text)) })),
          words: wordsOf(field),
          kindred: kindredPages(pack, reading.page, report.name).filter((id) => id !== reading.page),
        },
      ];
    }),
  };
}

const wordsOf = (field: Field): FieldView['words'] =>
  field.as in WORDS ? WORDS[field.as as keyof typeof WORDS] : null;

export function locatorView(locator: Locator): LocatorView {
  if ('constant' in locator) return { kind: 'constant', detail: String(locator.constant) };
  if ('exists' in locator) return { kind: 'exists', detail: locator.exists };
  if ('attr' in locator)
    return { kind: 'attr', detail: locator.css ? `${locator.css} ${locator.attr}` : locator.attr };
  if ('header' in locator) return { kind: 'header', detail: locator.header.join(' / ') };
  if ('label' in locator) return { kind: 'label', detail: locator.label.join(' / ') };
  if ('lineOf' in locator) {
    return { kind: 'lineOf', detail: locator.lineOf?.header?.join(' / ') ?? locator.lineOf?.css ?? '' };
  }
  return { kind: 'css', detail: locator.css };
}

/** Signs of the page types whose address fits first, the recognised ones before all. */
export function signsView(signs: readonly PageSigns[]): SignsView[] {
  const order = (one: PageSigns) => (one.isRecognised ? 0 : one.isPlace ? 1 : 2);
  return [...signs]
    .sort((a, b) => order(a) - order(b))
    .map((one) => ({
      page: one.page,
      isPlace: one.isPlace,
      isRecognised: one.isRecognised,
      signals: one.signals.map(({ signal, holds }) => signalView(signal, holds)),
    }));
}

function signalView(signal: Signal, holds: boolean): SignalView {
  if ('exists' in signal) return { kind: 'exists', css: signal.exists, holds };
  if ('notExists' in signal) return { kind: 'notExists', css: signal.notExists, holds };
  if ('headers' in signal) {
    const headers = signal.headers.map((one) => one.replaceAll('|', ' / ')).join('; ');
    return { kind: 'headers', headers, min: signal.min, holds };
  }
  if ('noHeaders' in signal) {
    return {
      kind: 'noHeaders',
      headers: signal.noHeaders.map((one) => one.replaceAll('|', ' / ')).join('; '),
      holds,
    };
  }
  return { kind: 'text', text: signal.text.join(' / '), holds };
}

export function offerView(offer: Offer, pack: Pack, pages: readonly string[], field: string): OfferView {
  const { kind, text, read, rows } = offer;
  return { kind, text, read, rows, takenBy: kind === 'css' ? null : takenBy(pack, pages, field, text) };
}

export function changeView(change: Change): ChangeView {
  const pages = 'pages' in change ? change.pages : [];
  const empty = { field: null, list: null, value: null, pages };
  switch (change.kind) {
    case 'addWord':
      return { ...empty, kind: change.kind, text: change.word, list: change.list, value: change.value };
    case 'addEmpty':
      return { ...empty, kind: change.kind, text: change.text };
    case 'addLocator':
      return { ...empty, kind: change.kind, field: change.field, text: locatorView(change.locator).detail };
    default:
      return { ...empty, kind: change.kind, field: change.field, text: change.text };
  }
}

/** What the head of the workshop says of the pack. */
export function packView(draft: Draft, pack: Pack) {
  return {
    id: pack.id,
    name: pack.name,
    version: pack.version,
    baseVersion: draft.base.version,
    isVerified: pack.status === 'verified',
    isFromFile: draft.source === 'file',
    pageTypes: pack.pages.map(({ id }) => id),
  };
}
