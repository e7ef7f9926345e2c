/** Upload, receipts, device configuration, hand-over files (DESIGN §6). */
export { backoffDelay, retryAfter } from './backoff.ts';
export {
  acceptCommentsReceipts,
  type CommentBox,
  makeCommentsFile,
  type SendCommentsDeps,
  type SendCommentsResult,
  sendComments,
} from './comments.ts';
export { loadConfig, type PullDeps, type PullResult, pullConfig } from './config.ts';
export {
  type ActivateOptions,
  activate,
  activateFromUnitFile,
  forgetDevice,
  loadDevice,
} from './device.ts';
export {
  acceptReceiptFile,
  faultOfReceiptFile,
  type HandoverScope,
  makeHandover,
  type ReceiptFault,
} from './handover.ts';
export { type KeyMaker, provinceKeys } from './keys.ts';
export { type LookUpDeps, type LookUpResult, lookUp } from './lookup.ts';
export { type SendPackDeps, type SendPackResult, sendPack } from './packs.ts';
export { slotOf } from './schedule.ts';
export {
  type Device,
  type Fetch,
  isSyncError,
  type ProvinceKey,
  type SyncError,
  type SyncErrorCode,
  type SyncResult,
  type SyncState,
} from './types.ts';
export { readUnitFile, type UnitFile, writeUnitFile } from './unit-file.ts';
export { unlock } from './unlock.ts';
export { type SyncDeps, syncNow } from './upload.ts';
