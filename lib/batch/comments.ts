/** Comments between kiosk and hub: the hub's signed answer, and the file that carries them where there is no network. */
import * as z from 'zod/mini';
import { signCompact, type VerifyingKey, verifyCompact } from './jws.ts';
import {
  type CommentsReceipt,
  type CommentsRequest,
  commentsReceiptSchema,
  commentsRequestSchema,
} from './kiosk-protocol.ts';
import { type PublicJwk, publicJwkSchema } from './protocol.ts';

/** Ending of a file of comments. */
export const COMMENTS_ENDING = '.nmc-comments';
const FILE_BYTES = 4 * 1024 * 1024;

/** Content of a file of comments. The device's public key lets a unit page that knows the device check who wrote it. */
export const commentsFileSchema = z.strictObject({
  typ: z.literal('nmc-comments-file'),
  device: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id')),
  jwk: publicJwkSchema,
  sent: z.iso.datetime({ precision: 3 }),
  comments: z
    .array(commentsRequestSchema.shape.comments.def.element)
    .check(z.minLength(1), z.maxLength(2_000)),
});
export type CommentsFile = z.infer<typeof commentsFileSchema>;

/** The answer "these are kept" as a compact JWS by the hub's receipt key. */
export async function signCommentsReceipt(receipt: CommentsReceipt, key: CryptoKey): Promise<string> {
  return signCompact(receipt, 'nmc-comments', key);
}

/** An answer that is really from the holder of `key`. @throws BatchError */
export async function verifyCommentsReceipt(text: string, key: VerifyingKey): Promise<CommentsReceipt> {
  return verifyCompact(text.trim(), 'nmc-comments', key, commentsReceiptSchema);
}

/** Comments as a compact JWS by the device's key. `sent` in milliseconds, device clock. */
export async function signCommentsFile(
  by: { readonly id: string; readonly jwk: PublicJwk; readonly key: CryptoKey },
  comments: CommentsRequest['comments'],
  sent: number,
): Promise<string> {
  const file: CommentsFile = {
    typ: 'nmc-comments-file',
    device: by.id,
    jwk: by.jwk,
    sent: new Date(sent).toISOString(),
    comments,
  };
  return signCompact(file, 'nmc-comments-file', by.key);
}

/** A file of comments really signed by the holder of `key`. @throws BatchError */
export async function verifyCommentsFile(text: string, key: VerifyingKey): Promise<CommentsFile> {
  return verifyCompact(text.trim(), 'nmc-comments-file', key, commentsFileSchema, FILE_BYTES);
}
