/** Trusted Types of the extension's own pages: the policy `nmc`, the only one their CSP admits, made once per page. */

interface Policy {
  createHTML(text: string): string;
  createScriptURL(text: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
}

let policy: Policy | null = null;

function rules(): Policy {
  const same = (text: string) => text;
  const own: Policy = { createHTML: same, createScriptURL: same };
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  policy ??= types ? types.createPolicy('nmc', own) : own;
  return policy;
}

/** The address of one of the package's own scripts. */
export function trustedScript(path: `/${string}.js`): string {
  return rules().createScriptURL(path);
}

/** Parses HTML to a document that never runs anything and loads nothing; only ever read, never shown. */
export function parseInert(html: string): Document {
  return new DOMParser().parseFromString(rules().createHTML(html), 'text/html');
}
