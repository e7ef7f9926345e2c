/** Tenants with several families on their way to the devices; outgoing documents kept apart from incoming ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SUGGESTED_TENANTS } from '../../lib/adapters/tenants/index.ts';
import { signDeviceToken, verifyConfig } from '../../lib/batch/index.ts';
import type { EntryDraft } from '../../lib/domain/entry.ts';
import { parsePeriod } from '../../lib/domain/period.ts';
import { readFigures } from '../../lib/hub/figures/figures.ts';
import { recomputeCheck } from '../../lib/hub/jobs/recompute.ts';
import {
  callerOf,
  keyOf,
  load,
  NOON,
  type TestDevice,
  type TestHub,
  type TestServer,
  testHub,
  testServer,
} from './support.ts';

let server: TestServer;
let at: TestHub;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  at = await testHub(server);
});
afterEach(() => at.close());

async function tenantsOf(device: TestDevice) {
  const authorization = `NMC-Device ${await signDeviceToken(device.id, at.clock.now, device.keys.key)}`;
  const answer = await callerOf(at.hub.url)('GET', '/v1/device/config', undefined, { authorization });
  return (await verifyConfig(await answer.text(), at.hub.keys.config.jwk)).tenants;
}

describe('tenants', () => {
  it('reach the device with families, agency and who confirmed them', async () => {
    const device = await at.device('xa-a');
    const header = 'id,name,family,origins,families,agency,status\n';
    const row = 'nghe-an,Nghệ An,igate1,https://dichvucong.nghean.gov.vn,igate2,h41,';
    await load(at.hub, 'tenants', `${header}${row}\n`);
    const tenant = {
      id: 'nghe-an',
      name: 'Nghệ An',
      family: 'igate1',
      families: ['igate2'],
      origins: ['https://dichvucong.nghean.gov.vn'],
      agency: 'H41',
      status: 'unverified',
    };
    expect(await tenantsOf(device)).toEqual([tenant]);
    await load(at.hub, 'tenants', `${header}${row}verified\n`);
    expect(await tenantsOf(device)).toEqual([{ ...tenant, status: 'verified' }]);
  });

  it('a file that says nothing of the status leaves the confirmation as it was', async () => {
    const device = await at.device('xa-a');
    await load(
      at.hub,
      'tenants',
      'id,name,family,origins,status\na,A,igate2,https://a.example.gov.vn,verified\n',
    );
    await load(at.hub, 'tenants', 'id,name,family,origins\na,B,td-antd,https://a.example.gov.vn\n');
    expect(await tenantsOf(device)).toMatchObject([
      { id: 'a', name: 'B', family: 'td-antd', families: [], agency: '', status: 'verified' },
    ]);
  });

  it('the suggested file is taken whole', async () => {
    const file = join(import.meta.dirname, '../../lib/adapters/tenants/suggested.csv');
    const report = await load(at.hub, 'tenants', readFileSync(file, 'utf8'));
    expect(report).toMatchObject({ rows: SUGGESTED_TENANTS.length, errors: [] });
  });
});

describe('outgoing documents', () => {
  it('are kept and never counted with the incoming ones', async () => {
    const device = await at.device('xa-a');
    const paper = (name: string, direction?: 'in' | 'out'): EntryDraft => ({
      kind: 'document',
      body: {
        keys: [keyOf(name)],
        system: 'ioffice',
        pack: 'ioffice-dwr@0.2.0',
        page: direction === 'out' ? 'outgoing' : 'incoming',
        seen: new Date(NOON).toISOString(),
        role: 'XLC',
        due: '2026-09-18',
        state: 'waiting',
        ...(direction === undefined ? {} : { direction }),
      },
    });
    device.append(paper('a'), paper('b', 'in'), paper('c', 'out'), paper('d', 'out'));
    await device.receipt();
    const figures = await readFigures(at.hub.db, '*', {
      unit: 'xa-a',
      period: parsePeriod('report:2026-Q3')!,
      now: NOON,
    });
    expect(figures!.documents.find((one) => one.role === 'XLC')).toEqual({
      role: 'XLC',
      waiting: 2,
      overdue: 2,
    });
    const kept = await at.hub.db.tx({ role: 'ingest' }, (query) =>
      query<{ direction: string; n: number }>(
        'SELECT direction, count(*) AS n FROM document GROUP BY direction ORDER BY direction',
      ),
    );
    expect(kept).toEqual([
      { direction: 'in', n: 2 },
      { direction: 'out', n: 2 },
    ]);
    expect([...(await recomputeCheck(at.hub.db, NOON)).differences]).toEqual([]);
  });
});
