import type { vi } from './vi.ts';

export const en: Record<keyof typeof vi, string> = {
  'state.recording': 'Recording work done, no citizen names',
  'state.paused': 'Recording is paused',
  'state.notActivated': 'This PC is not activated: nothing is recorded',
  'state.storageBroken': 'Cannot store: nothing is recorded',
  'state.degraded': 'This page has changed: some rows cannot be read',
  'state.broken': 'This page cannot be read: nothing is recorded',
  'state.unverified': 'This page is not verified: nothing is recorded',
  'state.unconfirmed': 'Recording; this page is not verified yet',
  'short.recording': 'Recording',
  'short.paused': 'Paused',
  'short.notActivated': 'Not activated',
  'short.storageBroken': 'Storage error',
  'short.degraded': 'Recording (!)',
  'short.broken': 'Cannot read',
  'short.unverified': 'Not verified',
  'short.unconfirmed': 'Recording (?)',
  today: 'Today: {n}',
  open: 'Press to open. Drag or use the arrow keys to move.',
};
