/** What a PC recorded from a dropped file comes into the unit's book: signed, once, with the receipt back in the journal. */
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { bookOf, unitSource } from '../../../lib/dashboard/unit-source.ts';
import type { EntryDraft } from '../../../lib/domain/entry.ts';
import { openJournal } from '../../../lib/journal/index.ts';
import { acceptReceiptFile, activateFromUnitFile, makeHandover } from '../../../lib/sync/index.ts';
import { bringHome } from '../../../lib/unit/export-import.ts';
import { openUnit } from '../../../lib/unit/index.ts';
import { sighting } from './sample.ts';

const NOW = Date.parse('2026-09-21T04:00:00.000Z');
const clock = () => NOW;

it('goes through the own journal, waits for acceptance, is counted once and frees the journal', async () => {
  const book = await openUnit({ name: 'export-home', clock });
  await book.createUnit({ name: 'Xã Mẫu', agencyCodes: ['H41.17.3'] });
  const { bytes } = await book.unitFile('mật khẩu đủ dài', 'extension');
  const device = await activateFromUnitFile(bytes, 'mật khẩu đủ dài', 'extension', 'Quầy 1');
  const second = new Map<string, string>();
  const journal = await openJournal({
    name: 'export-home-journal',
    kind: 'extension',
    clock,
    second: {
      put: async (texts) => texts.forEach((text, name) => void second.set(name, text)),
      remove: async (keys) => {
        for (const key of keys) second.delete(key);
      },
      all: async () => new Map(second),
    },
  });
  const draft = (name: string): EntryDraft =>
    ({
      ...sighting(
        name,
        { channel: 'online', received: '2026-09-02', due: '2026-09-10', status: 'processing' },
        { page: 'export', rank: 2 },
      ),
      ref: `export:${'0'.repeat(64)}#1.${name.length}@aaaaaaaa`,
    }) as EntryDraft;
  await journal.append([draft('a'), draft('bb')]);
  const home = () =>
    bringHome({
      take: bookOf(unitSource(book)),
      handover: () => makeHandover(journal, device, clock),
      acceptReceipt: ({ bytes: receipt }) =>
        acceptReceiptFile(journal, device, receipt).then(
          () => true,
          () => false,
        ),
    });
  const online = async () => {
    const { id } = (await book.unit())!;
    const { indicators } = await book.figures(id, 'calendar:2026-M09');
    return indicators.find((one) => one.id === 'onlineFiling')!.denominator;
  };

  expect(await home()).toBe('waiting');
  expect((await journal.state()).unsent).toBe(2);
  await book.acceptDevice(device.id);
  expect(await home()).toBe('received');
  expect((await journal.state()).unsent).toBe(0);
  expect(await online()).toBe(2);
  await journal.append([draft('ccc')]);
  expect(await home()).toBe('received');
  expect(await home()).toBe('received');
  expect(await online()).toBe(3);
  await book.revokeDevice(device.id);
  await journal.append([draft('dddd')]);
  expect(await home()).toBe('refused');
  expect(
    await bringHome({
      take: bookOf(unitSource(book)),
      handover: async () => null,
      acceptReceipt: async () => true,
    }),
  ).toBe('refused');
  await journal.close();
  await book.close();
});
