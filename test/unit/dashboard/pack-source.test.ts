import { expect, it } from 'vitest';
import { hubSource } from '../../../lib/dashboard/hub-source.ts';
import { startHub } from './hub.ts';
import { HEALTH, proposal } from './packs.ts';

it('asks and tells at the right addresses, and believes only answers of the known form', async () => {
  const hub = await startHub(({ path }) =>
    path.startsWith('/v1/pack-health')
      ? { json: HEALTH }
      : path === '/v1/packs'
        ? { json: { packs: [proposal(), { ...proposal(), stage: 'odd' }] } }
        : { json: { pack: proposal() } },
  );
  const { packs } = hubSource({ fetch, origin: hub.origin, timeout: 5_000, language: () => 'vi' });
  expect(await packs!.health('a')).toEqual({ ok: true, value: HEALTH });
  expect(await packs!.list()).toMatchObject({ ok: false, failure: { kind: 'broken', code: 'answer' } });
  expect(await packs!.read('igate2@1.2.0')).toEqual({ ok: true, value: proposal() });
  await packs!.sign('igate2@1.2.0', 'p', 'c'.repeat(64));
  await packs!.stage('igate2@1.2.0', { stage: 'everywhere' });
  await packs!.refuse('igate2@1.2.0', 'r');
  await packs!.retire('igate2@1.2.0');
  expect(hub.asked.map(({ method, path, body }) => `${method} ${path} ${body.toString()}`.trim())).toEqual([
    'GET /v1/pack-health?unit=a',
    'GET /v1/packs',
    'GET /v1/packs/igate2/1.2.0',
    `POST /v1/packs/igate2/1.2.0/sign {"password":"p","sha256":"${'c'.repeat(64)}"}`,
    'POST /v1/packs/igate2/1.2.0/stage {"stage":"everywhere"}',
    'POST /v1/packs/igate2/1.2.0/refuse {"reason":"r"}',
    'POST /v1/packs/igate2/1.2.0/retire',
  ]);
  for (const one of hub.asked.slice(3)) expect(one.headers['x-nmc']).toBe('1');
  await hub.close();
});
