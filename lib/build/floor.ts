/**
 * Checks built code against the oldest browser it must run in (DESIGN §4: Chromium 109, Firefox ESR 140), by MDN's
 * compatibility data. Syntax by parsing; names of the platform by this rule: a name is too new when *every* feature of
 * that name came after the floor, so that a common word never raises a false alarm.
 */
import compatibility from '@mdn/browser-compat-data' with { type: 'json' };
import { type Node, parse } from 'acorn';

type Browser = 'chrome' | 'firefox';
interface Support {
  readonly version_added?: string | boolean | null;
}
interface Feature {
  readonly __compat?: { readonly support: Partial<Record<Browser, Support | readonly Support[]>> };
  readonly [name: string]: unknown;
}
interface Data {
  readonly api: Feature;
  readonly javascript: { readonly builtins: Feature };
  readonly css: { readonly properties: Feature; readonly 'at-rules': Feature; readonly selectors: Feature };
}

/** A name that is newer than the floor, or syntax that the floor does not know. */
export interface TooNew {
  readonly name: string;
  readonly at: number;
}

/** Newest ECMAScript whose syntax each floor knows whole. */
const ECMA = { chrome: 2022, firefox: 2025 } as const;

const data = compatibility as unknown as Data;

/** Names under these features that are all newer than `floor` (or unknown to the browser). */
function newNames(roots: readonly Feature[], browser: Browser, floor: number): ReadonlySet<string> {
  const isNew = new Map<string, boolean>();
  const visit = (feature: Feature) => {
    for (const [name, child] of Object.entries(feature)) {
      if (name === '__compat' || typeof child !== 'object' || child === null) continue;
      const { __compat } = child as Feature;
      const bare = name.replace(/_static$/, '');
      if (__compat) isNew.set(bare, (isNew.get(bare) ?? true) && isAfter(__compat.support[browser], floor));
      visit(child as Feature);
    }
  };
  for (const root of roots) visit(root);
  return new Set([...isNew].filter(([, all]) => all).map(([name]) => name));
}

function isAfter(support: Support | readonly Support[] | undefined, floor: number): boolean {
  const all = support === undefined ? [] : 'length' in support ? support : [support];
  return all.every(({ version_added: since }) => {
    if (since === true) return false;
    return typeof since !== 'string' || !(Number.parseInt(since.replace('≤', ''), 10) <= floor);
  });
}

/**
 * Platform names that these scripts use together and the floor lacks, and syntax that it does not know. A name that the
 * scripts define themselves (a method of a library's own object) is theirs and not the platform's.
 */
export function newerInScripts(
  scripts: readonly { readonly name: string; readonly code: string }[],
  browser: Browser,
  floor: number,
): (TooNew & { readonly file: string })[] {
  const names = newNames([data.api, data.javascript.builtins], browser, floor);
  const found: (TooNew & { readonly file: string })[] = [];
  const own = new Set<string>();
  const uses: (TooNew & { readonly file: string })[] = [];
  for (const { name: file, code } of scripts) {
    let tree: Node;
    try {
      tree = parse(code, { ecmaVersion: ECMA[browser], sourceType: 'module', allowHashBang: true });
    } catch (error) {
      found.push({ name: (error as Error).message, at: (error as { pos?: number }).pos ?? 0, file });
      continue;
    }
    walk(tree, (node) => {
      for (const defined of definedNames(node)) own.add(defined);
      const name = usedName(node);
      if (name !== null && names.has(name)) uses.push({ name, at: node.start, file });
    });
  }
  return [...found, ...uses.filter(({ name }) => !own.has(name))];
}

/** Names that this node gives to something of the scripts' own. */
function definedNames(node: Bag): string[] {
  const nameOf = (one: unknown) => {
    const { type, name } = (one ?? {}) as Bag;
    return type === 'Identifier' ? [String(name)] : [];
  };
  switch (node.type) {
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return node.computed ? [] : nameOf(node.key);
    case 'AssignmentExpression': {
      const left = node.left as Bag;
      return left.type === 'MemberExpression' && !left.computed ? nameOf(left.property) : nameOf(left);
    }
    case 'VariableDeclarator':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ClassDeclaration':
      return [...nameOf(node.id), ...((node.params as unknown[] | undefined) ?? []).flatMap(nameOf)];
    case 'ArrowFunctionExpression':
      return (node.params as unknown[]).flatMap(nameOf);
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
      return nameOf(node.local);
    default:
      return [];
  }
}

/** What a call or a capitalised global asks the platform for: `x.name(…)`, `name(…)`, `new Name(…)`, `Name.member`. */
function usedName(node: Bag): string | null {
  if (node.type === 'CallExpression' || node.type === 'NewExpression') {
    const callee = node.callee as Bag;
    if (callee.type === 'Identifier') return String(callee.name);
    if (callee.type === 'MemberExpression' && !callee.computed) return String((callee.property as Bag).name);
  }
  if (node.type === 'MemberExpression' && (node.object as Bag).type === 'Identifier') {
    const name = String((node.object as Bag).name);
    return /^[A-Z]/.test(name) ? name : null;
  }
  return null;
}

type Bag = Node & Record<string, unknown>;

function walk(node: Node, visit: (node: Bag) => void): void {
  visit(node as Bag);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child) walk(child as Node, visit);
    }
  }
}

/** Properties, at-rules and pseudo-classes of a style sheet that the floor lacks. */
export function newerInStyles(css: string, browser: Browser, floor: number): TooNew[] {
  const patterns: readonly (readonly [Feature, RegExp])[] = [
    [data.css.properties, /(?<=[{;]\s*)([a-z][a-z-]+)(?=\s*:)/g],
    [data.css['at-rules'], /(?<=@)([a-z-]+)/g],
    [data.css.selectors, /(?<=::?)([a-z][a-z-]+)(?=[^;}]*\{)/g],
  ];
  return patterns.flatMap(([root, pattern]) => {
    const names = new Set(
      Object.entries(root)
        .filter(([, one]) => isAfter((one as Feature).__compat?.support[browser], floor))
        .filter(([, one]) => (one as Feature).__compat !== undefined)
        .map(([name]) => name),
    );
    return [...css.matchAll(pattern)]
      .filter(([name]) => names.has(name))
      .map((match) => ({ name: match[0], at: match.index }));
  });
}
