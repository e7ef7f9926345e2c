/**
 * Hosts whose permission the person or the browser took away (or gave back) while we run: readers in open tabs ask anew and
 * find nothing, and the journal says since when a host was not seen, so that coverage stays honest (DESIGN §3).
 */
import type { Deps } from './deps.ts';
import { patternOf } from './hosts.ts';
import { bindings, record } from './state.ts';

/** Writes down, per bound system, that its host can or can no longer be read. `patterns` as the browser names them. */
export async function noteGrants(deps: Deps, patterns: readonly string[], isGranted: boolean): Promise<void> {
  if ((await deps.device()) === null) return;
  const touched = (await bindings(deps)).filter(({ origin }) => patterns.some((one) => covers(one, origin)));
  const at = deps.clock();
  await record(
    deps,
    [...new Set(touched.map(({ tenant }) => tenant))].map((system) => ({
      kind: 'health' as const,
      ref: `host#${system.slice(0, 60)}.${at}`,
      body: { topic: 'host', state: isGranted ? 'granted' : 'revoked', detail: { system } },
    })),
  );
}

/** True when a match pattern of a permission covers this origin's own pattern. */
function covers(pattern: string, origin: string): boolean {
  if (pattern === '<all_urls>') return true;
  const [scheme, host] = pattern.split('://') as [string, string | undefined];
  const wanted = new URL(patternOf(origin).replace('/*', '/'));
  const name = host?.split('/')[0]?.replace(/:.*$/, '') ?? '';
  const isScheme = scheme === '*' || `${scheme}:` === wanted.protocol;
  const isHost =
    name === '*' ||
    name === wanted.hostname ||
    (name.startsWith('*.') && `.${wanted.hostname}`.endsWith(name.slice(1)));
  return isScheme && isHost;
}
