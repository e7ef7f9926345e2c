/**
 * Structure check of a pack, without Zod; run wherever a pack enters (worker, hub, workshop). What the engine does not know makes the one
 * page type or action inert, and says why with the name of the field; a pack broken as a whole is refused.
 */
import { ACTIONS, CHANNELS, DOCUMENT_ROLES, PAYMENTS, STATUSES } from '../domain/vocabulary.ts';
import { checkLocators } from './check-locator.ts';
import { checkTellings } from './check-totals.ts';
import { expandPack } from './expand.ts';
import {
  type ActionRule,
  CODES_FROM,
  DOCUMENT_FIELDS,
  DOSSIER_FIELDS,
  type Pack,
  type PageType,
  type Vocabulary,
} from './pack.ts';
import { type Bag, each, isBag, isRegex, oneOf, type Report, shape } from './shape.ts';
import { completeVocabulary } from './vocabulary.ts';

/** What is wrong, with the path of the field (`pages.0.fields.due.from.1`). */
export interface PackProblem {
  readonly field: string;
  readonly problem: string;
}

/** `pack` holds only what may run, with its vocabulary complete, and in `inert` names what was taken out. Null: nothing may run. */
export interface CheckedPack {
  readonly pack: Pack | null;
  readonly problems: readonly PackProblem[];
}

const KINDS: readonly unknown[] = ['list', 'detail', 'statistics', 'reports', 'suggest', 'none'];
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  status: STATUSES,
  channel: CHANNELS,
  payment: PAYMENTS,
  role: DOCUMENT_ROLES,
};

const SIGNALS: readonly Readonly<Record<string, string>>[] = [
  { exists: 'text' },
  { notExists: 'text' },
  { headers: 'texts', min: 'count' },
  { noHeaders: 'texts' },
  { text: 'texts', within: 'text' },
];

function checkFields(page: Bag, path: string, report: Report): boolean {
  const known: Readonly<Record<string, string>> =
    page.yields === 'document' ? DOCUMENT_FIELDS : DOSSIER_FIELDS;
  const fields = page.fields;
  if (!isBag(fields)) {
    report(`${path}.fields`, 'not an object');
    return false;
  }
  let isFine = true;
  for (const [name, field] of Object.entries(fields)) {
    const at = `${path}.fields.${name}`;
    if (!Object.hasOwn(known, name)) {
      report(at, 'unknown field');
      isFine = false;
      continue;
    }
    const kinds = {
      from: 'any',
      as: 'text',
      required: 'flag?',
      expected: 'flag?',
      emptyIsNone: 'flag?',
      yes: 'words?',
      no: 'words?',
    };
    if (!shape(field, at, kinds, report)) isFine = false;
    else if (field.as !== known[name]) {
      report(`${at}.as`, `must be ${known[name]}`);
      isFine = false;
    } else if (field.emptyIsNone && name !== 'due') {
      report(`${at}.emptyIsNone`, 'only for due');
      isFine = false;
    } else if (!checkLocators(field.from, `${at}.from`, report)) isFine = false;
  }
  const key = page.yields === 'document' ? 'id' : 'code';
  const needsKey = page.kind === 'list' || page.kind === 'detail';
  if (needsKey && !(isBag(fields[key]) && fields[key].required === true)) {
    report(`${path}.fields.${key}`, 'missing or not required');
    isFine = false;
  }
  return isFine;
}

function checkPage(raw: unknown, path: string, report: Report): raw is PageType {
  const kinds = {
    id: 'text',
    url: 'url',
    signals: 'any',
    kind: 'text',
    yields: 'text',
    rank: 'count',
    rows: 'any?',
    totals: 'any?',
    reports: 'any?',
    emptyText: 'texts?',
    emptyWithin: 'text?',
    fields: 'any',
    coverage: 'share?',
  };
  if (!shape(raw, path, kinds, report)) return false;
  let isFine = each(raw.signals, `${path}.signals`, report, (one, at) => oneOf(one, at, SIGNALS, report));
  const fail = (name: string, problem: string) => {
    report(`${path}.${name}`, problem);
    isFine = false;
  };
  if (isFine && !(raw.signals as Bag[]).some((one) => !('notExists' in one || 'noHeaders' in one))) {
    fail('signals', 'needs a sign besides the URL');
  }
  if (!KINDS.includes(raw.kind)) fail('kind', 'unknown kind');
  if (!['dossier', 'document'].includes(raw.yields as string)) fail('yields', 'unknown yield');
  if (raw.rows !== undefined) {
    isFine =
      shape(raw.rows, `${path}.rows`, { css: 'texts', only: 'text?', sign: 'text?' }, report) && isFine;
  } else if (raw.kind === 'list' || raw.kind === 'detail') fail('rows', 'missing');
  const tells = checkTellings(raw, path, report);
  return checkFields(raw, path, report) && tells && isFine;
}

function checkAction(raw: unknown, path: string, report: Report): raw is ActionRule {
  const kinds = {
    id: 'text',
    action: 'text',
    url: 'url',
    gesture: 'any',
    codes: 'any',
    dialogTitle: 'any?',
    confirm: 'any',
    refuse: 'any?',
    within: 'count',
  };
  if (!shape(raw, path, kinds, report)) return false;
  const gesture = { css: 'text', label: 'texts?', within: 'text?', title: 'regex?' };
  const confirm = {
    id: 'text',
    css: 'text?',
    text: 'regex?',
    route: 'url?',
    exists: 'text?',
    notExists: 'text?',
    left: 'load?',
    rows: 'done?',
  };
  const results = [
    shape(raw.gesture, `${path}.gesture`, gesture, report),
    raw.dialogTitle === undefined ||
      shape(raw.dialogTitle, `${path}.dialogTitle`, { css: 'text', regex: 'regex' }, report),
    each(raw.codes, `${path}.codes`, report, (one, at) => {
      const isKnown = (CODES_FROM as readonly unknown[]).includes(one);
      if (!isKnown) report(at, 'unknown operator');
      return isKnown;
    }),
    each(raw.confirm, `${path}.confirm`, report, (one, at) => {
      if (!shape(one, at, confirm, report)) return false;
      const isWhole = (one.css !== undefined) === (one.text !== undefined);
      const isSome = ['css', 'route', 'exists', 'rows'].some((name) => one[name] !== undefined);
      if (!isWhole || !isSome) report(at, 'needs css with text, a route, an element or rows');
      const isLeftWell = one.left === undefined || (one.css !== undefined && one.exists !== undefined);
      if (!isLeftWell) report(`${at}.left`, 'needs css with text, and an element of the page that follows');
      return isWhole && isSome && isLeftWell;
    }),
    raw.refuse === undefined ||
      each(raw.refuse, `${path}.refuse`, report, (one, at) =>
        shape(one, at, { css: 'text', text: 'regex' }, report),
      ),
  ];
  if (!(ACTIONS as readonly unknown[]).includes(raw.action)) {
    report(`${path}.action`, 'unknown action');
    return false;
  }
  if (Array.isArray(raw.confirm) && raw.confirm.length === 0) {
    report(`${path}.confirm`, 'an action without a confirmation counts nothing');
    return false;
  }
  return results.every(Boolean);
}

/** Checks a pack as it comes (bundle, hub, workshop). Never throws. */
export function checkPack(source: unknown): CheckedPack {
  const raw = expandPack(source);
  const problems: PackProblem[] = [];
  const report: Report = (field, problem) => {
    problems.push({ field: field.replace(/^\./, ''), problem });
  };
  const kinds = {
    schema: 'text',
    id: 'text',
    version: 'text',
    name: 'text',
    status: 'text',
    deny: 'any',
    pages: 'any',
    actions: 'any',
    vocabulary: 'any',
    fingerprint: 'any?',
    inert: 'any?',
  };
  const refused: CheckedPack = { pack: null, problems };
  if (!shape(raw, '', kinds, report)) return refused;
  if (raw.schema !== 'nmc-pack/1') report('schema', 'unknown schema');
  if (!/^[a-z0-9-]{1,40}$/.test(String(raw.id))) report('id', 'not a valid id');
  if (!/^\d{1,5}\.\d{1,5}\.\d{1,5}$/.test(String(raw.version))) report('version', 'not a version');
  each(raw.deny, 'deny', report, (one, at) => isRegex(one) || report(at, 'not a valid regex'));
  if (raw.fingerprint !== undefined)
    shape(raw.fingerprint, 'fingerprint', { url: 'regex?', exists: 'texts?' }, report);
  if (!isBag(raw.vocabulary)) report('vocabulary', 'not an object');
  else {
    for (const [kind, words] of Object.entries(raw.vocabulary)) {
      const known = VALUES[kind];
      if (!known) report(`vocabulary.${kind}`, 'unknown operator');
      else if (!isBag(words) || !Object.values(words).every((one) => known.includes(one)))
        report(`vocabulary.${kind}`, 'unknown value');
    }
  }
  if (!Array.isArray(raw.pages)) report('pages', 'not a list');
  if (!Array.isArray(raw.actions)) report('actions', 'not a list');
  if (problems.length > 0) return refused;
  const pages = raw.pages as unknown[];
  const actions = raw.actions as unknown[];
  const goodPages = pages.filter((page, index) => checkPage(page, `pages.${index}`, report));
  const goodActions = actions.filter((action, index) => checkAction(action, `actions.${index}`, report));
  const good = new Set<unknown>([...goodPages, ...goodActions]);
  const inert = [...pages, ...actions]
    .filter((one) => !good.has(one))
    .map((one) => (isBag(one) ? { id: String(one.id), url: String(one.url) } : { id: '?', url: '' }));
  const before = Array.isArray(raw.inert) ? (raw.inert as { id: string; url: string }[]) : [];
  return {
    pack: {
      ...(raw as unknown as Pack),
      pages: goodPages as PageType[],
      actions: goodActions as ActionRule[],
      vocabulary: completeVocabulary(raw.vocabulary as Vocabulary),
      inert: [...before, ...inert],
    },
    problems,
  };
}
