/** The forty cases (`test/unit/kiosk/cases.test.ts`), at the hub on the real database: the same posted at once, and a conflict. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { verifyReceipt } from '../../lib/batch/index.ts';
import { census } from '../../lib/hub/jobs/census.ts';
import { recomputeCheck } from '../../lib/hub/jobs/recompute.ts';
import { rating } from '../unit/kiosk/cases-device.ts';
import {
  callerOf,
  NOON,
  type TestDevice,
  type TestHub,
  type TestServer,
  testHub,
  testServer,
} from './support.ts';

const AT_ONCE = 20;

let server: TestServer;
let at: TestHub;
let kiosk: TestDevice;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  at = await testHub(server);
  kiosk = await at.device('xa-a', 'kiosk');
});
afterEach(() => at.close());

async function count(table: string): Promise<number> {
  const rows = await at.hub.db.tx({ role: 'ingest' }, (query) =>
    query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`),
  );
  return Number(rows[0]!.n);
}

it(`T40 ${AT_ONCE} posts of the same ratings at once: a receipt for each, every rating once`, async () => {
  kiosk.append(rating('a'), rating('b', 1), rating('c', 3));
  const bytes = await kiosk.batch();
  // A hub that is busy says so; a device comes again, and so does this one, until every post reached the database.
  const post = async (): Promise<Response> => {
    for (;;) {
      const answer = await callerOf(at.hub.url)('POST', '/v1/batches', bytes);
      if (answer.status !== 503) return answer;
      await answer.body?.cancel();
    }
  };
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, post));
  expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
  for (const answer of answers) {
    const receipt = await verifyReceipt(await answer.text(), at.hub.keys.receipts.jwk);
    expect(receipt).toMatchObject({ device: kiosk.id, received: [[1, 3]], gaps: [], quarantined: [] });
  }
  expect(await count('entry')).toBe(3);
  expect((await census(at.hub.db))[0]!.streams[0]).toMatchObject({ entries: 3, quarantined: 0 });
  expect((await recomputeCheck(at.hub.db, NOON)).differences.size).toBe(0);
});

it('T37 a conflict is put aside and counts as received: the queue behind it goes on', async () => {
  const copy = kiosk.clone();
  kiosk.append(rating('a'), rating('b'));
  await kiosk.receipt();
  copy.append(rating('a'), rating('another'), rating('behind it'));
  const receipt = await copy.receipt();
  expect(receipt.received).toEqual([[1, 3]]);
  expect(receipt.quarantined).toEqual([{ seq: 2, code: 'fork' }]);
  expect(await count('entry')).toBe(3);
  expect(await count('quarantine')).toBe(1);
});

it('T37 what cannot be read is put aside, too, and blocks nothing', async () => {
  kiosk.append(rating('a'));
  kiosk.appendLine('{"no":"entry"}');
  kiosk.append(rating('behind it'));
  const receipt = await kiosk.receipt();
  expect(receipt.received).toEqual([[1, 3]]);
  expect(receipt.quarantined).toMatchObject([{ seq: 2 }]);
  expect(await count('entry')).toBe(2);
});
