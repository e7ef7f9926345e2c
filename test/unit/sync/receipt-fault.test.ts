import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { signReceipt } from '../../../lib/batch/index.ts';
import { faultOfReceiptFile, makeHandover } from '../../../lib/sync/index.ts';
import { signer } from '../batch/keys.ts';
import { action } from '../journal/helpers.ts';
import { deviceFor, makeWorld } from './world.ts';

const text = (...lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);

describe('a receipt file that is refused', () => {
  it('names the field that is wrong, and whose it is', async () => {
    const world = await makeWorld();
    await world.journal.append([action()]);
    const [file] = await makeHandover(world.journal, world.device);
    const mine = await world.hub.ingest(file!.bytes);
    const neighbour = await deviceFor(world.hub, 'device-2');
    const [other] = await makeHandover(world.journal, neighbour);
    const theirs = await world.hub.ingest(other!.bytes);
    const fault = (device: Parameters<typeof faultOfReceiptFile>[0], ...lines: string[]) =>
      faultOfReceiptFile(device, text(...lines));

    expect(await fault(world.device, mine)).toBeNull();
    expect(await fault(world.device, theirs)).toEqual({ field: 'device', other: 'device-2' });
    expect(await fault({ ...world.device, hubId: 'hub-2' }, mine)).toEqual({ field: 'hub', other: 'hub-1' });
    const [head, body, mark] = mine.split('.') as [string, string, string];
    const changed = [head, body.slice(0, -2) + (body.endsWith('AA') ? 'BB' : 'AA'), mark].join('.');
    expect(await fault(world.device, changed)).toEqual({ field: 'signature' });
    const stranger = await signer();
    expect(await fault({ ...world.device, hubJwk: stranger.jwk }, mine)).toEqual({ field: 'signature' });
    expect(await fault(world.device, '<html>', 'đăng nhập')).toEqual({ field: 'format' });
    expect(await faultOfReceiptFile(world.device, new Uint8Array(4 * 1024 * 1024 + 1))).toEqual({
      field: 'size',
    });
    await world.journal.close();
  });

  it('names a field of the content when it is rightly signed but not of the known form', async () => {
    const keys = await signer();
    const device = { id: 'device-1', hubId: 'hub-1', hubJwk: keys.jwk };
    const receipt = { typ: 'nmc-receipt', hub: 'hub-1', device: 'device-1', epoch: 0 };
    const signed = await signReceipt(receipt as never, keys.key);
    expect(await faultOfReceiptFile(device, text(signed))).toEqual({ field: 'content', name: 'epoch' });
  });

  it('tells of the receipt that came nearest', async () => {
    const world = await makeWorld();
    await world.journal.append([action()]);
    const neighbour = await deviceFor(world.hub, 'device-2');
    const [other] = await makeHandover(world.journal, neighbour);
    const theirs = await world.hub.ingest(other!.bytes);
    expect(await faultOfReceiptFile(world.device, text('rác', theirs, 'a.b.c'))).toMatchObject({
      field: 'device',
    });
    await world.journal.close();
  });
});
