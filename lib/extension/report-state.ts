/** What is kept beside the journal: lists of reports to send, and tables that look like lists of dossiers. No entries. */
import { admit, answerOf, type Of } from './admission.ts';
import type { Deps, Sender } from './deps.ts';
import type { WorkerView } from './messages.ts';
import type { PageReport, StoredAnswer } from './page-messages.ts';

const MOST_SYSTEMS = 20;
const MOST_SUGGESTIONS = 10;
const MOST_REPORTS = 500;
/** A page of the list read within this time after another belongs to the same reading, milliseconds. */
const PAGING = 30 * 60_000;

/** One code comes again every period, with another day to send it. */
const nameOf = ({ code, due }: PageReport) => `${code} ${due}`;

/**
 * The list as it stands now; it replaces the one read before on this system. One read soon after adds to it: such a list
 * has pages, and a filter shows a part of it.
 */
export async function reports(
  deps: Deps,
  message: Of<'page-worker/reports'>,
  sender: Sender,
): Promise<StoredAnswer> {
  const admitted = await admit(deps, sender, message.context);
  if ('stored' in admitted) return admitted;
  const system = admitted.binding.tenant;
  const readAt = deps.clock();
  await deps.local.reports.update((all) => {
    const kept = Object.entries(all).filter(([name]) => name !== system);
    const before = all[system];
    const isPaging = before !== undefined && readAt - before.readAt < PAGING;
    const found = new Map(
      [...(isPaging ? before.reports : []), ...message.reports].map((one) => [nameOf(one), one]),
    );
    const list = { system, readAt, reports: [...found.values()].slice(-MOST_REPORTS) };
    return Object.fromEntries([...kept.slice(1 - MOST_SYSTEMS), [system, list]]);
  });
  return answerOf('stored', 0);
}

/** A table on a host without a pack of its own; the newest of each host is kept until the browser closes. */
export async function suggest(
  deps: Deps,
  message: Of<'page-worker/suggest'>,
  sender: Sender,
): Promise<StoredAnswer> {
  const admitted = await admit(deps, sender, message.context);
  if ('stored' in admitted) return admitted;
  const system = admitted.binding.tenant;
  const found = { system, at: deps.clock(), headers: [...message.headers], hits: [...message.hits] };
  await deps.session.suggestions.update((all) =>
    [found, ...all.filter((one) => one.system !== system)].slice(0, MOST_SUGGESTIONS),
  );
  return answerOf('stored', 0);
}

/** Both, as popup and options page see them. */
export async function reportedViews(deps: Deps): Promise<Pick<WorkerView, 'reports' | 'suggestions'>> {
  const [lists, suggestions] = await Promise.all([deps.local.reports.get(), deps.session.suggestions.get()]);
  return { reports: Object.values(lists), suggestions };
}
