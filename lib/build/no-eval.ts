/**
 * Takes the code generator out of Zod. Under our CSP it would only throw and report a violation, and reviewers look
 * for `Function` in a package: the interpreter that Zod falls back to is what we use everywhere.
 */
import type { Plugin } from 'vite';

const GENERATORS = /zod[\\/]v4[\\/]core[\\/](?:util|doc|compile)\.js$/;
const EVAL = 'const F = Function;';

/** The Vite plugin. Errors: a Zod version whose generator looks different, so that it never slips back in. */
export function noEval(): Plugin {
  return {
    name: 'nmc:no-eval',
    enforce: 'pre',
    transform(code, id) {
      if (!GENERATORS.test(id.replace(/\?.*$/, ''))) return null;
      if (!code.includes(EVAL))
        throw new Error(`${id}: the code generator moved; adapt lib/build/no-eval.ts`);
      return { code: code.replaceAll(EVAL, "const F = () => { throw new Error('no eval'); };"), map: null };
    },
  };
}
