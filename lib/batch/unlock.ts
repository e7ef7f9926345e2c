/**
 * Unlocking a kiosk whose PIN was forgotten. The device, by its own token, shows the hub a one-time code that the unit's
 * administrator made; the hub uses the code up and answers signed, so that no page of a network can open the staff area.
 */
import * as z from 'zod/mini';
import { signCompact, type VerifyingKey, verifyCompact } from './jws.ts';

const nonce = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/, '16 bytes in base64url'));

/** Body of `POST /v1/device/unlock`. */
export const unlockRequestSchema = z.strictObject({
  /** Ten Crockford base32 characters with check, as typed. */
  code: z.string().check(z.minLength(4), z.maxLength(40)),
  /** Fresh for every request; an answer of another day opens nothing. */
  nonce,
});
export type UnlockRequest = z.infer<typeof unlockRequestSchema>;

/** Payload of the hub's signed answer. */
export const unlockAnswerSchema = z.strictObject({
  typ: z.literal('nmc-unlock'),
  device: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id')),
  nonce,
  time: z.iso.datetime({ precision: 3 }),
});
export type UnlockAnswer = z.infer<typeof unlockAnswerSchema>;

/** The answer as a compact JWS by the hub's receipt key. */
export function signUnlock(answer: UnlockAnswer, key: CryptoKey): Promise<string> {
  return signCompact(answer, 'nmc-unlock', key);
}

/** An answer that is really from the holder of `key`. @throws BatchError */
export function verifyUnlock(text: string, key: VerifyingKey): Promise<UnlockAnswer> {
  return verifyCompact(text.trim(), 'nmc-unlock', key, unlockAnswerSchema);
}
