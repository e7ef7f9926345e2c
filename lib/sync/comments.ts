/**
 * The words of citizens on their way to the hub, apart from the journal so that they can be erased there. Sent after the
 * entries that name them; a comment leaves the device when a verified answer names its hash, whatever the HTTP status.
 */
import {
  COMMENTS_ENDING,
  type CommentsRequest,
  DEVICE_SCHEME,
  signCommentsFile,
  signDeviceToken,
  verifyCommentsReceipt,
} from '../batch/index.ts';
import type { HandoverFile } from './handover.ts';
import { readText } from './http.ts';
import type { Device, Fetch } from './types.ts';

/** Where a device keeps comments until they are received. */
export interface CommentBox {
  /** The oldest ones, at most so many. */
  oldest(most: number): Promise<CommentsRequest['comments']>;
  /** Removes those with these hashes; unknown ones are fine. */
  remove(hashes: readonly string[]): Promise<void>;
}

export interface SendCommentsDeps {
  readonly device: Device;
  readonly box: CommentBox;
  readonly fetch?: Fetch;
  readonly clock?: () => number;
  /** Clock offset of the journal's state, so that a wrong device clock does not spoil the token. */
  readonly offset?: number | null;
}

/** How sending comments ended. `kept`: the hub did not take what it was offered; all of it stays here. */
export interface SendCommentsResult {
  readonly state: 'done' | 'kept' | 'offline' | 'noHub';
  /** Comments confirmed and removed in this run. */
  readonly received: number;
}

const AT_ONCE = 50;
const MOST_REQUESTS = 40;
const TIMEOUT = 60_000;
const ANSWER_BYTES = 64 * 1024;
/** A file of comments is bounded as a batch file is. */
const FILE_COMMENTS = 2_000;

/** Sends what is held, oldest first. Rejects only when the box cannot be read or written. */
export async function sendComments(deps: SendCommentsDeps): Promise<SendCommentsResult> {
  const { device, box } = deps;
  if (device.hub === null) return { state: 'noHub', received: 0 };
  let received = 0;
  let most = AT_ONCE;
  for (let count = 0; count < MOST_REQUESTS; count += 1) {
    const comments = await box.oldest(most);
    if (comments.length === 0) return { state: 'done', received };
    const answer = await post(deps, comments);
    if (answer === 'offline') return { state: 'offline', received };
    if (answer === 'tooLarge' && comments.length > 1) {
      most = Math.ceil(comments.length / 2);
      continue;
    }
    const receipt =
      answer === 'tooLarge' ? null : await verifyCommentsReceipt(answer, device.hubJwk).catch(() => null);
    const kept = receipt?.device === device.id ? receipt.kept : [];
    const named = comments.filter(({ hash }) => kept.includes(hash)).map(({ hash }) => hash);
    if (named.length === 0) return { state: 'kept', received };
    await box.remove(named);
    received += named.length;
    if (named.length < comments.length) return { state: 'kept', received };
  }
  return { state: 'kept', received };
}

async function post(
  deps: SendCommentsDeps,
  comments: CommentsRequest['comments'],
): Promise<string | 'offline' | 'tooLarge'> {
  const { device, clock = Date.now } = deps;
  const token = await signDeviceToken(device.id, clock() + (deps.offset ?? 0), device.key);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    const send: Fetch = deps.fetch ?? fetch;
    const response = await send(`${device.hub}/v1/device/comments`, {
      method: 'POST',
      headers: { authorization: `${DEVICE_SCHEME} ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ comments } satisfies CommentsRequest),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      signal: stop.signal,
    });
    if (response.status === 413) return 'tooLarge';
    return await readText(response, ANSWER_BYTES);
  } catch {
    return 'offline';
  } finally {
    clearTimeout(timer);
  }
}

/** The comments held as a signed file to carry by hand, or null when there is none. Nothing is removed by it. */
export async function makeCommentsFile(
  device: Device,
  box: CommentBox,
  clock: () => number = Date.now,
): Promise<HandoverFile | null> {
  const comments = await box.oldest(FILE_COMMENTS);
  if (comments.length === 0) return null;
  const sent = clock();
  const text = await signCommentsFile(device, comments, sent);
  return { name: `${device.id}-${sent}${COMMENTS_ENDING}`, bytes: new TextEncoder().encode(`${text}\n`) };
}

/**
 * Takes over the answers in a receipt file: comments they name leave the device.
 * @returns how many comments were named
 */
export async function acceptCommentsReceipts(
  device: Pick<Device, 'id' | 'hubJwk'>,
  box: CommentBox,
  text: string,
): Promise<number> {
  const held = new Set((await box.oldest(Number.MAX_SAFE_INTEGER)).map(({ hash }) => hash));
  const named = new Set<string>();
  for (const one of text.split(/\s+/).filter(Boolean).slice(0, 1_000)) {
    const receipt = await verifyCommentsReceipt(one, device.hubJwk).catch(() => null);
    if (receipt?.device !== device.id) continue;
    for (const hash of receipt.kept) if (held.has(hash)) named.add(hash);
  }
  if (named.size > 0) await box.remove([...named]);
  return named.size;
}
