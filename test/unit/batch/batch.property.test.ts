/** Properties of the format: whatever lines go in come out, and no byte of a batch can be changed unnoticed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainStep, GENESIS, isBatchError, packBatch, toHex, verifyBatch } from '../../../lib/batch/index.ts';
import { type Entry, readLine } from '../../../lib/domain/entry.ts';
import { signer } from './keys.ts';

const device = await signer();

const VIETNAMESE = [
  'Bộ phận một cửa xã Nghĩa Đàn',
  'trễ hẹn vì mất điện',
  'Ủy ban nhân dân phường Vinh Phú',
  'giấy tờ đã nộp rồi vẫn bị hỏi lại',
  '𠀀 chữ Nôm',
  'dòng\u2028đặc biệt\u00a0\ufeff',
  '"ngoặc" \\ gạch chéo \t',
];
const text = fc.oneof(
  fc.constantFrom(...VIETNAMESE),
  fc.constantFrom(...VIETNAMESE).map((one) => one.normalize('NFD')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
);

const anyEntry = (seq: number): fc.Arbitrary<Entry> =>
  fc
    .record({
      reason: text,
      n: fc.integer({ min: 1, max: 10_000 }),
      offset: fc.option(fc.integer()),
      stream: fc.constant(3),
    })
    .map(({ reason, n, offset, stream }) => ({
      v: 1,
      stream,
      seq,
      at: '2026-09-21T01:00:00.000Z',
      boot: 'khởi-động-1',
      offset,
      kind: 'manual',
      body: { action: 'receive', n, day: '2026-09-21', reason },
    }));

const run = fc
  .tuple(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 0, max: 12 }))
  .chain(([first, count]) =>
    fc.tuple(
      fc.constant(first),
      count === 0
        ? fc.constant<Entry[]>([])
        : fc.tuple(...Array.from({ length: count }, (_, index) => anyEntry(first + index))),
    ),
  );

async function pack(first: number, lines: string[], prev: Uint8Array): Promise<Uint8Array> {
  return packBatch(
    {
      device: 'device-1',
      kind: 'kiosk',
      stream: 3,
      first,
      lines,
      prev,
      sent: Date.parse('2026-09-21T09:30:00.000Z'),
      beacon: { head: first + lines.length, unsent: 1 },
    },
    device,
  );
}

describe('batch properties', () => {
  it('lines come out byte for byte, in any script and normal form, and read as the entries they were', async () => {
    const counted = { nfd: 0, empty: 0, full: 0 };
    await fc.assert(
      fc.asyncProperty(
        run,
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        async ([first, entries], prev) => {
          const lines = entries.map((entry) => JSON.stringify(entry));
          if (lines.length === 0) counted.empty += 1;
          else counted.full += 1;
          if (lines.some((line) => line !== line.normalize('NFC'))) counted.nfd += 1;
          const batch = await verifyBatch(await pack(first, lines, prev), device.jwk);
          expect(batch.lines).toEqual(lines);
          let chain: Uint8Array = prev;
          batch.lines.forEach((line, index) => {
            chain = chainStep(chain, first + index, line);
            expect(batch.chain[index]).toEqual(chain);
            expect(readLine(line)).toEqual({ ok: true, entry: entries[index] });
          });
          expect(batch.header.head).toBe(toHex(chain));
        },
      ),
      { numRuns: 150 },
    );
    for (const [name, count] of Object.entries(counted)) expect(count, name).toBeGreaterThan(0);
  });

  it('every single changed byte is refused', async () => {
    const bytes = await pack(1, ['{"a":"Nghệ An"}', '{"b":2}'], GENESIS);
    let refused = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      for (const flip of [1, 0x20, 0x80]) {
        const changed = bytes.slice();
        changed[at]! ^= flip;
        const error = await verifyBatch(changed, device.jwk).catch((caught: unknown) => caught);
        expect(isBatchError(error), `byte ${at} changed by ${flip}`).toBe(true);
        refused += 1;
      }
    }
    expect(refused).toBe(bytes.length * 3);
  });

  it('every spelling of the signature but one is refused', async () => {
    const bytes = await pack(1, ['{}'], GENESIS);
    const end = bytes.indexOf(0x0a);
    const last = String.fromCharCode(bytes[end - 1]!);
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      if (letter === last) continue;
      const changed = bytes.slice();
      changed[end - 1] = letter.charCodeAt(0);
      await expect(verifyBatch(changed, device.jwk)).rejects.toSatisfy(isBatchError);
    }
  });

  it('any cut, any addition is refused', async () => {
    const bytes = await pack(1, ['{"a":"Nghệ An"}'], GENESIS);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.uint8Array({ minLength: 1, maxLength: 20 }),
        async (cut, more) => {
          await expect(verifyBatch(bytes.slice(0, cut), device.jwk)).rejects.toSatisfy(isBatchError);
          const longer = new Uint8Array([...bytes, ...more]);
          await expect(verifyBatch(longer, device.jwk)).rejects.toSatisfy(isBatchError);
        },
      ),
    );
  });

  it('garbage never does anything but a typed refusal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        await expect(verifyBatch(bytes, device.jwk)).rejects.toSatisfy(isBatchError);
      }),
    );
  });
});
