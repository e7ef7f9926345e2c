/**
 * Where the dashboard's figures come from: the hub by HTTP, or the unit page's own store. The views know only this port.
 * Nothing here throws: every call answers with a value or a failure ({@link Answer}).
 */
import type {
  ActivationCode,
  Capabilities,
  CodeRequest,
  Device,
  DeviceKind,
  FileBytes,
  HandoverResult,
  ImportReport,
  MadeCode,
  NewUnit,
  User,
} from '../../components/dashboard/model.ts';
import type { Procedure } from '../domain/procedure.ts';
import type { Unit } from '../domain/unit.ts';
import type { Figures } from '../indicators/figures.ts';
import type { ComplaintSource } from './complaint-source.ts';
import type { FeedbackPort } from './feedback-source.ts';
import type { PackSource } from './pack-source.ts';
import type { Answer } from './talk.ts';

export interface FiguresSource {
  readonly kind: 'hub' | 'unit';
  readonly capabilities: Capabilities;
  /** Who is signed in, or null. On the unit page: the unit itself, null before it was set up. */
  session(): Promise<Answer<User | null>>;
  login(name: string, password: string): Promise<Answer<User>>;
  logout(): Promise<Answer<null>>;
  units(): Promise<Answer<readonly Unit[]>>;
  /** Figures of a unit's subtree in a period (id of lib/domain/period.ts). */
  figures(unit: string, period: string): Promise<Answer<Figures>>;
  devices(unit: string): Promise<Answer<readonly Device[]>>;
  revoke(device: string): Promise<Answer<null>>;
  /** Only where `capabilities.acceptsDevices`; the name is how people know the device, '' keeps the one it has. */
  acceptDevice(device: string, name: string): Promise<Answer<null>>;
  activationCodes(unit: string): Promise<Answer<readonly ActivationCode[]>>;
  makeCode(request: CodeRequest): Promise<Answer<MadeCode>>;
  importUnits(csv: Uint8Array, dryRun: boolean): Promise<Answer<ImportReport>>;
  catalogue(): Promise<Answer<readonly Procedure[]>>;
  importCatalogue(csv: Uint8Array, dryRun: boolean): Promise<Answer<ImportReport>>;
  /** One hand-over file; never fails as a whole: the result says what became of it. */
  importHandover(file: FileBytes): Promise<HandoverResult>;
  /** Unit page only: the set-up of a unit without a hub. */
  createUnit(unit: NewUnit): Promise<Answer<User>>;
  /** Unit page only: the `.nmc-unit` file that ties devices to this unit. */
  unitFile(passphrase: string, kind: DeviceKind): Promise<Answer<FileBytes>>;
  /** Hub only: packs and how pages are read. */
  readonly packs?: PackSource;
  /** Ratings and kiosks. */
  readonly feedback?: FeedbackPort;
  /** Hub only: complaints, and codes for citizens' phones. */
  readonly complaints?: ComplaintSource;
}
