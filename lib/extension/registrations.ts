/**
 * The reader's registration follows the bindings (style: uBlock Lite's scripting-manager): compute what is wanted,
 * unregister, register. Idempotent, so it runs on install, start, and every change of permission or binding.
 * Registering without permission succeeds and silently does nothing (w3c/webextensions#356): only granted hosts count.
 */
import { patternOf } from './hosts.ts';
import type { Binding } from './messages.ts';

export const READER_FILE = 'content-scripts/reader.js';
export const PANEL_FILE = 'content-scripts/panel.js';
export const ENGINE_FILE = 'engine.js';
const ID = 'nmc-reader';

/** What we need of `scripting`, `permissions` and `tabs`. */
export interface ScriptingPort {
  readonly isGranted: (pattern: string) => Promise<boolean>;
  readonly registered: () => Promise<readonly { readonly id: string; readonly matches: readonly string[] }[]>;
  readonly unregister: (ids: readonly string[]) => Promise<void>;
  readonly register: (id: string, file: string, matches: readonly string[]) => Promise<void>;
  /** Tabs open on these patterns. */
  readonly tabsOn: (patterns: readonly string[]) => Promise<readonly number[]>;
  readonly inject: (tab: number, file: string) => Promise<void>;
}

/** The patterns wanted now: bound and granted, sorted, each once. */
async function wantedPatterns(port: ScriptingPort, bindings: readonly Binding[]): Promise<string[]> {
  const patterns = [...new Set(bindings.map(({ origin }) => patternOf(origin)))].sort();
  const granted = await Promise.all(patterns.map((pattern) => port.isGranted(pattern)));
  return patterns.filter((_, at) => granted[at]);
}

/** Answers whether two lists hold the same patterns. */
function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join() === [...b].sort().join();
}

/** One run at a time: two overlapping runs would register the same id twice, which throws. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * Where the reader is started in tabs that are already open: nowhere (the browser starts: tabs load it themselves),
 * on newly wanted hosts, or on all (after an install or update the old readers are orphans).
 */
export type OpenTabs = 'none' | 'new' | 'all';

/** Brings the registration in line with the bindings, then sees to open tabs. Answers the patterns now read. */
export function reconcile(
  port: ScriptingPort,
  bindings: () => Promise<readonly Binding[]>,
  openTabs: OpenTabs,
): Promise<readonly string[]> {
  const run = queue.then(async () => {
    const wanted = await wantedPatterns(port, await bindings());
    const current = await port.registered();
    const before = current.find(({ id }) => id === ID)?.matches ?? [];
    if (!isSame(before, wanted)) {
      if (current.length > 0) await port.unregister(current.map(({ id }) => id));
      if (wanted.length > 0) await port.register(ID, READER_FILE, wanted);
    }
    const fresh =
      openTabs === 'all'
        ? wanted
        : openTabs === 'new'
          ? wanted.filter((pattern) => !before.includes(pattern))
          : [];
    if (fresh.length > 0) await injectInto(port, fresh);
    return wanted;
  });
  queue = run.catch(() => undefined);
  return run;
}

async function injectInto(port: ScriptingPort, patterns: readonly string[]): Promise<void> {
  const tabs = await port.tabsOn(patterns);
  // A tab may close or navigate to a page we may not touch meanwhile: that is no failure of the others.
  await Promise.allSettled(tabs.map((tab) => port.inject(tab, READER_FILE)));
}
