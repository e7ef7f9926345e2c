/**
 * The working copy of a pack: the pack it began from and a list of changes, each of which can be taken back. The draft pack
 * is always computed anew from both, so nothing is ever half undone. Pure.
 */
import type { Field, Locator, Pack, PageType, Signal } from '../adapters/pack.ts';
import { completeVocabulary } from '../adapters/vocabulary.ts';
import { fold } from '../domain/vocabulary.ts';

export const WORD_LISTS = ['status', 'channel', 'payment', 'role'] as const;
export type WordList = (typeof WORD_LISTS)[number];

export type Change =
  /** A header or label joins (or leaves) a field; `first`: it wins over the texts that were there. */
  | {
      readonly kind: 'addText' | 'removeText';
      readonly field: string;
      readonly text: string;
      readonly pages: readonly string[];
      readonly isFirst?: boolean;
    }
  | {
      readonly kind: 'addLocator';
      readonly field: string;
      readonly locator: Locator;
      readonly pages: readonly string[];
    }
  | { readonly kind: 'addEmpty'; readonly text: string; readonly pages: readonly string[] }
  | { readonly kind: 'addWord'; readonly list: WordList; readonly word: string; readonly value: string };

export interface Draft {
  /** What it began from: the pack in force, or an imported file. */
  readonly base: Pack;
  readonly source: 'force' | 'file';
  readonly changes: readonly Change[];
  readonly note: string;
  /** What was already sent (or is taken at the hub): the version, and the changes it held. Later changes must be newer. */
  readonly sent: { readonly version: string; readonly changes: string } | null;
}

/** A draft without changes. The pack as a source file would hold it: without the words all families share. */
export function newDraft(base: Pack, source: Draft['source'] = 'force'): Draft {
  return { base: asSource(base), source, changes: [], note: '', sent: null };
}

/** A pack without what checking adds: shared words and an empty list of inert parts. */
export function asSource(pack: Pack): Pack {
  const shared = completeVocabulary({});
  const own: Record<string, Record<string, string>> = {};
  for (const list of WORD_LISTS) {
    const words = Object.entries(pack.vocabulary[list] ?? {}).filter(
      ([word, value]) => (shared[list] as Record<string, string>)[fold(word)] !== value,
    );
    if (words.length > 0) own[list] = Object.fromEntries(words);
  }
  const { inert, ...rest } = pack;
  return {
    ...rest,
    vocabulary: own as Pack['vocabulary'],
    ...(inert && inert.length > 0 ? { inert } : {}),
  };
}

/** The pack the draft stands for; its version is raised once there is anything to tell apart. */
export function draftPack(draft: Draft): Pack {
  const { base, changes, sent } = draft;
  const changed = changes.reduce(apply, base);
  if (sent !== null && isNewer(sent.version, base.version)) {
    const isSent = sent.changes === JSON.stringify(changes);
    return { ...changed, version: isSent ? sent.version : raised(sent.version) };
  }
  return changes.length > 0 ? { ...changed, version: raised(base.version) } : changed;
}

/** The same with every word it may use, as the engine runs it. */
export function runnable(pack: Pack): Pack {
  return { ...pack, vocabulary: completeVocabulary(pack.vocabulary) };
}

function raised(version: string): string {
  const [major = '0', minor = '0', patch = '0'] = version.split('.');
  return `${major}.${minor}.${Number(patch) + 1}`;
}

/** True when version `a` is newer than `b`. */
export function isNewer(a: string, b: string): boolean {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function apply(pack: Pack, change: Change): Pack {
  if (change.kind === 'addWord') {
    const words = { ...pack.vocabulary[change.list], [fold(change.word)]: change.value };
    return { ...pack, vocabulary: { ...pack.vocabulary, [change.list]: words } as Pack['vocabulary'] };
  }
  return {
    ...pack,
    pages: pack.pages.map((page) => (change.pages.includes(page.id) ? applyToPage(page, change) : page)),
  };
}

function applyToPage(page: PageType, change: Exclude<Change, { kind: 'addWord' }>): PageType {
  if (change.kind === 'addEmpty') {
    return { ...page, emptyText: withText(page.emptyText ?? [], change.text, false) };
  }
  const field = page.fields[change.field];
  if (!field) return page;
  if (change.kind === 'addLocator') {
    const isThere = field.from.some((one) => JSON.stringify(one) === JSON.stringify(change.locator));
    return isThere
      ? page
      : withField(page, change.field, { ...field, from: [...field.from, change.locator] });
  }
  if (change.kind === 'removeText') {
    const from = field.from
      .map((one) => overTexts(one, (texts) => texts.filter((text) => fold(text) !== fold(change.text))))
      .filter((one) => textsOf(one)?.length !== 0);
    return withField(page, change.field, { ...field, from });
  }
  const before = fieldTexts(field);
  const from = field.from.some((one) => textsOf(one) !== null)
    ? field.from.map((one) =>
        overTexts(one, (texts) => withText(texts, change.text, change.isFirst === true)),
      )
    : [...field.from, { header: [change.text] }];
  return {
    ...withField(page, change.field, { ...field, from }),
    signals: page.signals.map((signal) => withSynonym(signal, before, change.text)),
  };
}

const withField = (page: PageType, name: string, field: Field): PageType => ({
  ...page,
  fields: { ...page.fields, [name]: field },
});

function withText(texts: readonly string[], text: string, isFirst: boolean): readonly string[] {
  if (texts.some((one) => fold(one) === fold(text))) return texts;
  return isFirst ? [text, ...texts] : [...texts, text];
}

/** A sign by headers learns the new name of the column too, or the next renaming hides the page. */
function withSynonym(signal: Signal, known: readonly string[], text: string): Signal {
  if (!('headers' in signal)) return signal;
  const folded = new Set(known.map(fold));
  return {
    ...signal,
    headers: signal.headers.map((header) => {
      const parts = header.split('|');
      const isMeant = parts.some((part) => folded.has(fold(part)));
      return isMeant && !parts.some((part) => fold(part) === fold(text)) ? `${header}|${text}` : header;
    }),
  };
}

/** The header or label texts of a locator, or null when it has none. */
function textsOf(locator: Locator): readonly string[] | null {
  if ('header' in locator) return locator.header;
  if ('label' in locator) return locator.label;
  if ('lineOf' in locator) return locator.lineOf?.header ?? null;
  return null;
}

function overTexts(locator: Locator, change: (texts: readonly string[]) => readonly string[]): Locator {
  if ('header' in locator) return { ...locator, header: change(locator.header) };
  if ('label' in locator) return { ...locator, label: change(locator.label) };
  if ('lineOf' in locator && locator.lineOf?.header) {
    return { ...locator, lineOf: { ...locator.lineOf, header: change(locator.lineOf.header) } };
  }
  return locator;
}

/** All header and label texts of a field, each once. */
export function fieldTexts(field: Field): string[] {
  const seen = new Map<string, string>();
  for (const text of field.from.flatMap((one) => textsOf(one) ?? [])) {
    if (!seen.has(fold(text))) seen.set(fold(text), text);
  }
  return [...seen.values()];
}

/** The page types whose field goes by some of the same texts: a renamed column is renamed everywhere. */
export function kindredPages(pack: Pack, page: string, field: string): string[] {
  const own = pack.pages.find((one) => one.id === page)?.fields[field];
  const texts = new Set(own ? fieldTexts(own).map(fold) : []);
  return pack.pages
    .filter((one) => {
      const like = one.fields[field];
      return (
        one.id === page || (like !== undefined && fieldTexts(like).some((text) => texts.has(fold(text))))
      );
    })
    .map((one) => one.id);
}

/** Another field of one of these pages that already goes by the text: two fields would read one column. */
export function takenBy(pack: Pack, pages: readonly string[], field: string, text: string): string | null {
  for (const page of pack.pages.filter((one) => pages.includes(one.id))) {
    for (const [name, other] of Object.entries(page.fields)) {
      if (name !== field && fieldTexts(other).some((one) => fold(one) === fold(text))) return name;
    }
  }
  return null;
}

/** What a text must be to go into a pack: one short line without a control character. Null: it may. */
export function textProblem(text: string): 'empty' | 'long' | null {
  const clean = text.trim();
  if (fold(clean) === '') return 'empty';
  return clean.length > 80 || /\p{Cc}/u.test(clean) ? 'long' : null;
}

export function withChange(draft: Draft, change: Change): Draft {
  return { ...draft, changes: [...draft.changes, change] };
}

export function withoutChange(draft: Draft, at: number): Draft {
  return { ...draft, changes: draft.changes.filter((_, index) => index !== at) };
}

/** After the hub took a version: it becomes what further changes are counted from. */
export function asSent(draft: Draft): Draft {
  return { ...draft, sent: { version: draftPack(draft).version, changes: JSON.stringify(draft.changes) } };
}

/** The hub holds another pack of this version: the next one is taken. */
export function asTaken(draft: Draft): Draft {
  return { ...draft, sent: { version: draftPack(draft).version, changes: '' } };
}

/** A draft on a newer pack in force: its changes are laid over that one, those it already holds fall away. */
export function rebased(draft: Draft, force: Pack): Draft {
  const base = asSource(force);
  const changes: Change[] = [];
  let pack = base;
  for (const change of draft.changes) {
    const next = apply(pack, change);
    if (JSON.stringify(next) === JSON.stringify(pack)) continue;
    changes.push(change);
    pack = next;
  }
  return { ...draft, base, changes };
}
