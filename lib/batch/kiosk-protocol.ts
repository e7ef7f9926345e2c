/** What kiosks and hub say to each other beside batches: settings, recorded phrases, erasable comments (DESIGN §9). */
import * as z from 'zod/mini';

/** Bounds of what a kiosk hands in. */
export const KIOSK_LIMITS = {
  /** Characters (UTF-16) of one comment. */
  commentCharacters: 1_000,
  /** Bytes of one recorded phrase. */
  clipBytes: 500_000,
} as const;

const sha256Hex = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex'));
const languageCode = z.string().check(z.regex(/^[a-z]{2,3}$/, 'a language code'));
const phraseId = z.string().check(z.regex(/^[A-Za-z0-9@._-]{1,120}$/, 'a phrase id'));

/** What a browser can record and play without a library. */
const CLIP_TYPES = ['audio/webm', 'audio/ogg', 'audio/mp4', 'audio/mpeg', 'audio/wav'] as const;

/** How the kiosks of a device's unit behave (part of the device configuration). */
export const kioskConfigSchema = z.strictObject({
  /** A supervisor took the device out of service: it takes no answers and says so. */
  isOutOfService: z.boolean(),
  /** Seconds untouched before the warning; the device's own setting when absent. */
  idleSeconds: z.optional(z.int().check(z.gte(10), z.lte(300))),
  /** Address of the QR code shown beside thanks, for those who want an answer; absent: none. */
  phoneUrl: z.optional(z.string().check(z.maxLength(300))),
});

/** A recorded phrase, fetched by its hash. */
export const clipRefSchema = z.strictObject({
  language: languageCode,
  phrase: phraseId,
  sha256: sha256Hex,
  mime: z.enum(CLIP_TYPES),
  bytes: z.int().check(z.gte(1), z.lte(KIOSK_LIMITS.clipBytes)),
});
export type ClipRef = z.infer<typeof clipRefSchema>;

/** Body of `POST /v1/device/comments`. `hash` = SHA-256 of salt ‖ NFC UTF-8 text. */
export const commentsRequestSchema = z.strictObject({
  comments: z
    .array(
      z.strictObject({
        hash: sha256Hex,
        /** 16 random bytes, base64url. */
        salt: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/, '16 bytes in base64url')),
        text: z.string().check(z.minLength(1), z.maxLength(KIOSK_LIMITS.commentCharacters)),
      }),
    )
    .check(z.minLength(1), z.maxLength(50)),
});
export type CommentsRequest = z.infer<typeof commentsRequestSchema>;

/** Payload of the hub's signed answer: the device may forget these. */
export const commentsReceiptSchema = z.strictObject({
  typ: z.literal('nmc-comments'),
  device: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id')),
  kept: z.array(sha256Hex),
  time: z.iso.datetime({ precision: 3 }),
});
export type CommentsReceipt = z.infer<typeof commentsReceiptSchema>;

/** Body of `POST /v1/device/clips`: one phrase as staff recorded it. */
export const clipRequestSchema = z.strictObject({
  language: languageCode,
  phrase: phraseId,
  mime: z.enum(CLIP_TYPES),
  /** Base64; at most {@link KIOSK_LIMITS}.clipBytes once decoded. */
  content: z.base64().check(z.minLength(1), z.maxLength(Math.ceil(KIOSK_LIMITS.clipBytes / 3) * 4)),
});
export type ClipRequest = z.infer<typeof clipRequestSchema>;
