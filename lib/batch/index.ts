/**
 * The batch format: lines, hash chain, signatures, receipts. No storage, no network; browser and Node.
 * Bytes and bounds are described in `protocol.ts`.
 */
export { byteLength, chainStep, fromHex, GENESIS, lineHash, toHex } from './chain.ts';
export {
  COMMENTS_ENDING,
  type CommentsFile,
  signCommentsFile,
  signCommentsReceipt,
  verifyCommentsFile,
  verifyCommentsReceipt,
} from './comments.ts';
export { type BatchError, type BatchErrorCode, isBatchError } from './error.ts';
export { gunzipBounded } from './gzip.ts';
export {
  DEVICE_SCHEME,
  peekDeviceToken,
  signDeviceToken,
  signProof,
  unwrapKey,
  verifyDeviceToken,
  verifyProof,
  wrapKey,
} from './identity.ts';
export type { VerifyingKey } from './jws.ts';
export * from './kiosk-protocol.ts';
export { type BatchContent, type BatchSigner, packBatch } from './pack.ts';
export * from './protocol.ts';
export {
  addRange,
  completeThrough,
  countOf,
  gapsOf,
  hasSeq,
  highestOf,
  normaliseRanges,
  type Range,
  type Ranges,
  subtractRanges,
  uniteRanges,
} from './ranges.ts';
export {
  type BatchParts,
  readBatchHeader,
  readBatchLine,
  type VerifiedBatch,
  verifyBatch,
} from './read.ts';
export { signConfig, signReceipt, verifyConfig, verifyReceipt } from './receipt.ts';
export * from './unlock.ts';
