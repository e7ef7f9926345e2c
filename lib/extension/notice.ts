/** The written notice that every official reads before the first record (DESIGN §11), by version. */
import type { Deps } from './deps.ts';
import { NOTICE_VERSION } from './settings.ts';
import { record, showState } from './state.ts';

/** Remembers the acceptance; the journal gets it as soon as there is one to write to (at most once per version). */
export async function acceptNotice(deps: Deps, version: number): Promise<boolean> {
  if (version !== NOTICE_VERSION) return false;
  await deps.local.notice.set({ version, at: new Date(deps.clock()).toISOString() });
  await noteAcceptance(deps);
  await showState(deps);
  return true;
}

/** Writes the acceptance into the journal of an activated PC. Called after acceptance and after activation. */
export async function noteAcceptance(deps: Deps): Promise<void> {
  const notice = await deps.local.notice.get();
  if (notice === null || (await deps.device()) === null) return;
  await record(deps, [
    {
      kind: 'health',
      ref: `notice#${notice.version}`,
      body: {
        topic: 'notice',
        state: 'accepted',
        detail: { version: notice.version, acceptedAt: notice.at },
      },
    },
  ]);
}
