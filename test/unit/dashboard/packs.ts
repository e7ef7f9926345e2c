/** Made-up health and a made-up proposal; tests change what they are about. */
import type { PackDetail, PackHealth } from '../../../components/dashboard/packs/model.ts';

export const none = { ok: 0, degraded: 0, broken: 0, unverified: 0 };

export const HEALTH: PackHealth = {
  asOf: '2026-09-11T08:12:00.000Z',
  pages: [
    {
      system: 'mc',
      systemName: 'Một cửa tỉnh',
      pack: 'igate2',
      page: 'list',
      devices: { ok: 3, degraded: 0, broken: 2, unverified: 0 },
      unread: 31,
      since: '2026-09-10T01:00:00.000Z',
      lastAt: '2026-09-11T08:00:00.000Z',
      versions: [
        { version: '1.0.0', devices: { ...none, broken: 2 } },
        { version: '1.0.1', devices: { ...none, ok: 3 } },
      ],
      troubles: [
        {
          device: 'd1',
          name: 'Quầy 1',
          unit: 'Xã Đô Lương',
          state: 'broken',
          version: '1.0.0',
          since: '2026-09-10T01:00:00.000Z',
          unread: 31,
        },
      ],
    },
    {
      system: 'vb',
      systemName: null,
      pack: 'ioffice-dwr',
      page: 'incoming',
      devices: { ...none, ok: 5 },
      unread: 0,
      since: '2026-09-01T01:00:00.000Z',
      lastAt: '2026-09-11T08:00:00.000Z',
      versions: [{ version: '1.0.0', devices: { ...none, ok: 5 } }],
      troubles: [],
    },
  ],
};

export const proposal = (change: Partial<PackDetail> = {}): PackDetail => ({
  id: 'igate2',
  version: '1.2.0',
  name: 'VNPT iGate 2',
  status: 'unverified',
  source: 'hub',
  stage: 'proposed',
  note: 'Cột “Ngày hẹn trả” đổi tên',
  sha256: 'ab'.repeat(32),
  trial: null,
  proposedBy: { device: 'Máy CNTT', unit: 'Sở KHCN' },
  proposedAt: '2026-09-10T02:00:00.000Z',
  signedBy: null,
  signedAt: null,
  results: { passed: 3, failed: 0 },
  health: none,
  before: '1.0.0',
  changes: [
    { path: 'version', before: '1.0.0', after: '1.2.0' },
    { path: 'pages[list].fields.due.from.1.header', before: ['Ngày hẹn'], after: ['Ngày hẹn', 'Hẹn trả'] },
    { path: 'pages[list].coverage', after: 0.9 },
  ],
  lint: [],
  fixtureResults: [
    { name: 'list-1', ok: true },
    { name: 'list-2', ok: false, problem: 'thiếu cột “Ngày hẹn trả”' },
  ],
  history: [{ at: '2026-09-10T02:00:00.000Z', actor: 'Máy CNTT', action: 'pack:propose', detail: {} }],
  entries: { dossier: 1234, action: 56, void: 2 },
  ...change,
});
