/**
 * A pack version that the province retired (kill list of the configuration). The hub voids what was read with it by itself;
 * this device takes it back in its own journal too, so that the day shown here and a unit page fed by files agree.
 */
import type { Deps } from './deps.ts';
import { record } from './state.ts';

/** Writes one retraction per retired version this journal holds something of. Again is the same as once. */
export async function takeBackRetired(deps: Deps): Promise<void> {
  const retired = new Set((await deps.sync.config())?.retiredPacks ?? []);
  if (retired.size === 0) return;
  const entries = await (await deps.journal()).entries({ kinds: ['dossier', 'document', 'action', 'void'] });
  const used = new Set<string>();
  for (const { body } of entries) if ('pack' in body && retired.has(body.pack)) used.add(body.pack);
  for (const entry of entries) {
    if (entry.kind === 'void' && 'pack' in entry.body.target) used.delete(entry.body.target.pack);
  }
  await record(
    deps,
    [...used].sort().map((pack) => ({
      kind: 'void',
      ref: `retired#${pack}`,
      body: { target: { pack }, reason: 'Tỉnh thu hồi phiên bản bộ nhận diện trang' },
    })),
  );
}
