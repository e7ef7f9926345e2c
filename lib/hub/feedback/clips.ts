/** Recorded phrases: staff propose them at a kiosk, the province shares them, every kiosk fetches what is shared. */
import { createHash } from 'node:crypto';
import type { ClipRequest } from '../../batch/index.ts';
import { KIOSK_LIMITS } from '../../batch/index.ts';
import type { ClipStage, ClipView } from '../../indicators/kiosks.ts';
import type { Db, Scope } from '../database/db.ts';
import { sql } from './queries.ts';
import { type Actor, noteChange, refused, type Saved } from './types.ts';

/** Proposals of one device that may wait at a time: every phrase of a few languages. */
const MOST_WAITING = 1_000;

/** What the first bytes of each container are. */
const SIGNATURES: Readonly<Record<ClipRequest['mime'], (bytes: Buffer) => boolean>> = {
  'audio/webm': (bytes) => bytes.readUInt32BE(0) === 0x1a45dfa3,
  'audio/ogg': (bytes) => bytes.toString('latin1', 0, 4) === 'OggS',
  'audio/mp4': (bytes) => bytes.toString('latin1', 4, 8) === 'ftyp',
  'audio/mpeg': (bytes) =>
    bytes.toString('latin1', 0, 3) === 'ID3' || (bytes.readUInt16BE(0) & 0xffe0) === 0xffe0,
  'audio/wav': (bytes) =>
    bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WAVE',
};

/** Keeps a proposal; the same bytes again are a repeat. Errors: `tooLarge`, `clipInvalid` (not what it says it is), `clipMany`. */
export async function proposeClip(
  db: Db,
  device: string,
  { language, phrase, mime, content }: ClipRequest,
  now: number,
): Promise<Saved<{ readonly sha256: string }>> {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length > KIOSK_LIMITS.clipBytes)
    return refused('tooLarge', 'content', { limit: KIOSK_LIMITS.clipBytes });
  if (bytes.length < 16 || !SIGNATURES[mime](bytes)) return refused('clipInvalid', 'content');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return db.tx({ role: 'ingest' }, async (query): Promise<Saved<{ sha256: string }>> => {
    const [waiting] = await query<{ n: number }>(sql.waitingClips, [db.province, device]);
    if (waiting!.n >= MOST_WAITING) return refused('clipMany', 'content', { count: waiting!.n });
    const time = new Date(now).toISOString();
    await query(sql.addClip, [db.province, sha256, language, phrase, mime, bytes, device, time]);
    return { ok: true, value: { sha256 } };
  });
}

/** The bytes of a clip with their type, or null. */
export async function readClip(
  db: Db,
  sha256: string,
): Promise<{ readonly mime: string; readonly content: Uint8Array<ArrayBuffer> } | null> {
  const rows = await db.tx({ role: 'ingest' }, (query) =>
    query<{ mime: string; content: Uint8Array<ArrayBuffer> }>(sql.readClip, [db.province, sha256]),
  );
  return rows[0] ?? null;
}

/** Every clip of the province, by language and phrase. Where it was recorded is told to whoever sees the whole province. */
export async function listClips(db: Db, scope: Scope): Promise<ClipView[]> {
  const rows = await db.tx({ role: 'admin' }, (query) => query<ClipView>(sql.listClips, [db.province]));
  return scope === '*' ? rows : rows.map((one) => ({ ...one, deviceName: '', unitName: '' }));
}

/**
 * Shares a clip (the one shared before for the same phrase is withdrawn) or withdraws it. Devices hear it with their next
 * configuration. Twice is the same as once. Errors: `clipUnknown`.
 */
export async function decideClip(
  db: Db,
  actor: Actor,
  sha256: string,
  stage: Exclude<ClipStage, 'proposed'>,
  now: number,
): Promise<Saved<{ readonly sha256: string; readonly stage: ClipStage }>> {
  const { province } = db;
  const time = new Date(now).toISOString();
  return db.tx({ role: 'admin' }, async (query): Promise<Saved<{ sha256: string; stage: ClipStage }>> => {
    const [clip] = await query<{ language: string; phrase: string; stage: ClipStage }>(sql.lockClip, [
      province,
      sha256,
    ]);
    if (clip === undefined) return refused('clipUnknown', 'sha256');
    if (clip.stage === stage) return { ok: true, value: { sha256, stage } };
    const { language, phrase } = clip;
    if (stage === 'shared')
      await query(sql.replaceShared, [province, language, phrase, sha256, actor.id, time]);
    await query(sql.stageClip, [province, sha256, stage, actor.id, time]);
    const detail = { language, phrase };
    await noteChange(
      query,
      province,
      { actor: actor.id, action: `clip:${stage}`, object: sha256, detail },
      now,
    );
    return { ok: true, value: { sha256, stage } };
  });
}
