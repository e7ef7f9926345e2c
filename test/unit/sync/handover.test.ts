import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { verifyBatch } from '../../../lib/batch/index.ts';
import { acceptReceiptFile, makeHandover } from '../../../lib/sync/index.ts';
import { action } from '../journal/helpers.ts';
import { deviceFor, makeWorld, START } from './world.ts';

const text = (...lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);

describe('hand-over', () => {
  it('everything unsent becomes files, the same bytes a hub takes; nothing is freed before the receipt', async () => {
    const world = await makeWorld();
    await world.journal.append([action(), action(), action()]);
    const files = await makeHandover(world.journal, world.device, () => START);
    expect(files.map((file) => file.name)).toEqual(['device-1-1-1-3.nmc']);
    expect((await verifyBatch(files[0]!.bytes, world.device.jwk)).lines).toHaveLength(3);
    expect((await world.journal.state()).unsent).toBe(3);
    const receipt = await world.hub.ingest(files[0]!.bytes);
    expect(await acceptReceiptFile(world.journal, world.device, text(receipt))).toBe(1);
    expect(await world.journal.state()).toMatchObject({ unsent: 0, offset: null });
    expect(await makeHandover(world.journal, world.device)).toEqual([]);
    await world.journal.close();
  });

  it('splits long journals, and holes between received ranges are files of their own', async () => {
    const world = await makeWorld();
    const refs = Array.from({ length: 1_205 }, (_, index) => action(`r#${index}`));
    await world.journal.append(refs);
    const names = async () => (await makeHandover(world.journal, world.device)).map((file) => file.name);
    expect(await names()).toEqual(['device-1-1-1-1000.nmc', 'device-1-1-1001-1205.nmc']);
    const files = await makeHandover(world.journal, world.device);
    const receipt = await world.hub.ingest(files[1]!.bytes);
    await acceptReceiptFile(world.journal, world.device, text(receipt));
    await world.journal.append([action()]);
    expect(await names()).toEqual(['device-1-1-1-1000.nmc', 'device-1-1-1206-1206.nmc']);
    await world.journal.close();
  });

  it('takes several receipts in one file, ignores those of others, and refuses a file with none', async () => {
    const world = await makeWorld();
    await world.journal.append([action(), action()]);
    const [file] = await makeHandover(world.journal, world.device);
    const mine = await world.hub.ingest(file!.bytes);
    const neighbour = await deviceFor(world.hub, 'device-2');
    const [other] = await makeHandover(world.journal, neighbour);
    const theirs = await world.hub.ingest(other!.bytes);
    await expect(acceptReceiptFile(world.journal, world.device, text(theirs))).rejects.toMatchObject({
      code: 'file',
    });
    expect((await world.journal.state()).unsent).toBe(2);
    expect(await acceptReceiptFile(world.journal, world.device, text(theirs, 'nonsense', mine))).toBe(1);
    expect((await world.journal.state()).unsent).toBe(0);
    const wrongHub = { ...world.device, hubId: 'hub-2' };
    await expect(acceptReceiptFile(world.journal, wrongHub, text(mine))).rejects.toMatchObject({
      code: 'file',
    });
    await expect(acceptReceiptFile(world.journal, world.device, text('<html>'))).rejects.toMatchObject({
      code: 'file',
    });
    await world.journal.close();
  });
});
