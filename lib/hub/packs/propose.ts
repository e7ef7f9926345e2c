/**
 * A pack repaired in a workshop comes in (`POST /v1/device/packs`). The hub believes nothing of what the workshop found:
 * structure and lint run again here. What is stored is only a proposal; no device gets it before the province signs.
 */
import { createHash } from 'node:crypto';
import { checkPack } from '../../adapters/check-pack.ts';
import { lintPack } from '../../adapters/lint.ts';
import type { PackProposal } from '../../batch/protocol.ts';
import type { Db } from '../database/db.ts';
import { audit } from '../people/people.ts';
import { sql } from './queries.ts';
import { bundledPack, compareVersions, readRef, refOf } from './version.ts';

/** Bounds of one proposal: the pack by itself (it goes to every device), the whole body with its fixtures, how deep it nests. */
export const PACK_LIMITS = {
  packBytes: 256 * 1024,
  bodyBytes: 4 * 1024 * 1024,
  depth: 32,
  /** Proposals of one device that nobody has decided yet. */
  open: 20,
} as const;

export type Proposed =
  | {
      readonly ok: true;
      readonly ref: string;
      readonly stage: string;
      readonly sha256: string;
      /** False: these very bytes were there already. */
      readonly isNew: boolean;
    }
  | {
      readonly ok: false;
      readonly code: 'packInvalid' | 'packTooLarge' | 'packVersion' | 'packTaken' | 'packMany';
      readonly field: string;
      readonly values: Readonly<Record<string, string | number>>;
    };

/** SHA-256 of a pack's text, hex: what the province signs. */
export function packHash(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

/** Stores a proposal. The same pack again is the same as once; anything wrong names its field. */
export async function proposePack(
  db: Db,
  device: string,
  proposal: PackProposal,
  now: number,
): Promise<Proposed> {
  const refused = (
    code: Extract<Proposed, { ok: false }>['code'],
    field: string,
    values: Readonly<Record<string, string | number>> = {},
  ): Proposed => ({ ok: false, code, field, values });
  if (!isShallow(proposal, PACK_LIMITS.depth)) {
    return refused('packInvalid', 'pack', { problem: 'nested too deep', more: 0 });
  }
  const text = JSON.stringify(proposal.pack);
  if (text === undefined || Buffer.byteLength(text) > PACK_LIMITS.packBytes) {
    return refused('packTooLarge', 'pack', { limit: PACK_LIMITS.packBytes });
  }
  const problems = problemsOf(proposal.pack);
  const checked = checkPack(proposal.pack).pack;
  if (problems.length > 0 || checked === null) {
    const { field, problem } = problems[0] ?? { field: '', problem: 'not a pack' };
    return refused('packInvalid', field === '' ? 'pack' : `pack.${field}`, {
      problem,
      more: Math.max(0, problems.length - 1),
    });
  }
  const { id, version, name } = checked;
  const sha256 = packHash(proposal.pack);
  return db.tx({ role: 'ingest' }, async (query): Promise<Proposed> => {
    const { province } = db;
    await query(sql.lockFamily, [province, id]);
    const known = await query<{ version: string; stage: string; sha256: string }>(sql.versions, [
      province,
      id,
    ]);
    const same = known.find((one) => one.version === version);
    const ref = refOf({ id, version });
    if (same?.sha256 === sha256) return { ok: true, ref, stage: same.stage, sha256, isNew: false };
    const retired = (await query<{ pack: string }>(sql.retired, [province]))
      .map(({ pack }) => readRef(pack))
      .filter((one) => one?.id === id);
    const highest = [...known, ...retired, bundledPack(id)]
      .flatMap((one) => one?.version ?? [])
      .sort(compareVersions)
      .at(-1);
    if (same !== undefined) return refused('packTaken', 'pack.version', { version, highest: highest! });
    if (highest !== undefined && compareVersions(version, highest) <= 0) {
      return refused('packVersion', 'pack.version', { version, highest });
    }
    const [open] = await query<{ n: number }>(sql.openProposals, [province, device]);
    if (open!.n >= PACK_LIMITS.open) return refused('packMany', 'pack', { count: open!.n });
    await query(sql.addPack, [
      province,
      id,
      version,
      name,
      text,
      sha256,
      JSON.stringify(proposal.fixtures),
      JSON.stringify(proposal.results),
      proposal.note,
      device,
      new Date(now).toISOString(),
    ]);
    const failed = proposal.results.filter((one) => !one.ok).length;
    await audit(query, province, {
      actor: device,
      action: 'pack:propose',
      object: ref,
      detail: { sha256, fixtures: proposal.results.length, failed },
    });
    return { ok: true, ref, stage: 'proposed', sha256, isNew: true };
  });
}

/** What structure check and lint say of a pack, each problem once. */
export function problemsOf(body: unknown): { field: string; problem: string }[] {
  const found = new Map(
    [...lintPack(body)].map(({ field, problem }) => [`${field} ${problem}`, { field, problem }] as const),
  );
  return [...found.values()];
}

/** Whether nothing nests deeper; walks without recursion, because the depth is what is in doubt. Refuses U+0000 too. */
function isShallow(root: unknown, most: number): boolean {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { value, depth } = one;
    if (typeof value === 'string' && value.includes('\u0000')) return false;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= most) return false;
    for (const [name, inner] of Object.entries(value)) {
      if (name.includes('\u0000')) return false;
      open.push({ value: inner, depth: depth + 1 });
    }
  }
  return true;
}
