/** Which device calls: `Authorization: NMC-Device <token>`, signed by the key it was activated with. */
import { DEVICE_SCHEME, peekDeviceToken, verifyDeviceToken } from '../../batch/index.ts';
import { type DeviceRow, findDevice } from '../ingest/index.ts';
import type { HubContext, Parts } from './context.ts';
import { refuse } from './problem.ts';

const DAY = 86_400_000;

/** The active device of the request, of this kind where one is asked for. Refuses 401, 403, or 400 for its clock. */
export async function needDevice(
  c: HubContext,
  { db, clock }: Parts,
  kind?: 'extension' | 'kiosk',
): Promise<DeviceRow> {
  const token = new RegExp(`^${DEVICE_SCHEME} (\\S+)$`).exec(c.req.header('authorization') ?? '')?.[1];
  const id = token === undefined ? null : peekDeviceToken(token);
  const device = id === null ? null : await findDevice(db, id);
  if (token === undefined || device === null) throw refuse(401, 'unknownDevice', { field: 'authorization' });
  const said = await verifyDeviceToken(token, device.jwk).catch(() => null);
  if (said?.device !== device.id) throw refuse(401, 'deviceToken', { field: 'authorization' });
  if (device.status !== 'active') throw refuse(403, 'revokedDevice');
  const now = clock();
  if (Math.abs(now - said.time) > DAY) {
    throw refuse(400, 'deviceClock', { field: 'time', values: { time: new Date(now).toISOString() } });
  }
  if (kind !== undefined && device.kind !== kind)
    throw refuse(403, kind === 'kiosk' ? 'kioskOnly' : 'deviceKind');
  return device;
}
