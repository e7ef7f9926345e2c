/** The durable local log of one device, shared by extension and kiosk (DESIGN §5). */
export { isJournalError, type JournalError, type JournalErrorCode } from './error.ts';
export { openJournal } from './journal.ts';
export { opfsPlace } from './opfs-place.ts';
export { type StorageArea, storageLocalPlace } from './storage-place.ts';
export type {
  EntryQuery,
  Journal,
  JournalOptions,
  JournalState,
  PendingBatch,
  SecondPlace,
  StreamState,
} from './types.ts';
