/** What the dashboard asks and tells a hub about ratings and kiosks, over real HTTP. */
import { expect, it } from 'vitest';
import { hubSource } from '../../../lib/dashboard/hub-source.ts';
import { CLIPS, COUNTERS, KIOSKS, QUESTIONNAIRES, RATINGS, SETTING } from './feedback-sample.ts';
import { startHub } from './hub.ts';

const ANSWERS: [RegExp, unknown][] = [
  [/^\/v1\/feedback\?/, RATINGS],
  [/^\/v1\/kiosks\?/, { kiosks: KIOSKS }],
  [/^\/v1\/counters\?/, { counters: COUNTERS }],
  [/^\/v1\/kiosk-settings/, { setting: SETTING }],
  [/^\/v1\/questionnaires/, { questionnaires: QUESTIONNAIRES }],
  [/^\/v1\/clips$/, { clips: CLIPS }],
];

it('asks and tells at the right addresses, and believes only answers of the known form', async () => {
  const hub = await startHub(({ path }) => ({ json: ANSWERS.find(([at]) => at.test(path))?.[1] ?? {} }));
  const { feedback } = hubSource({ fetch, origin: hub.origin, timeout: 5_000, language: () => 'vi' });
  const { read, kiosks, hub: to } = feedback!;
  expect(await read('a', 'calendar:2026-M09')).toEqual({ ok: true, value: RATINGS });
  expect(await kiosks('a')).toEqual({ ok: true, value: KIOSKS });
  expect(await to!.counters('a')).toEqual({ ok: true, value: COUNTERS });
  expect(await to!.setting('a')).toEqual({ ok: true, value: SETTING });
  expect(await to!.questionnaires()).toEqual({ ok: true, value: QUESTIONNAIRES });
  expect(await to!.clips()).toEqual({ ok: true, value: CLIPS });
  await to!.eraseComment('ab');
  await to!.addCounter('a', 'Quầy 1');
  await to!.saveCounter('q1', { name: 'Quầy 1', isActive: false });
  await to!.place('d1', null);
  await to!.addQuestionnaire({ id: 'x' });
  await to!.saveSetting('a', { isOutOfService: true });
  await to!.decideClip('cd', 'share');
  const told = hub.asked.slice(6);
  expect(told.map(({ method, path, body }) => `${method} ${path} ${body.toString()}`.trim())).toEqual([
    'POST /v1/feedback/comments/ab/erase',
    'POST /v1/counters {"unit":"a","name":"Quầy 1"}',
    'PUT /v1/counters/q1 {"name":"Quầy 1","isActive":false}',
    'PUT /v1/devices/d1/counter {"counter":null}',
    'POST /v1/questionnaires {"id":"x"}',
    'PUT /v1/kiosk-settings/a {"isOutOfService":true}',
    'POST /v1/clips/cd/share',
  ]);
  for (const one of told) expect(one.headers['x-nmc']).toBe('1');
  hub.answer = () => ({ json: { ...RATINGS, released: 'nhiều' } });
  expect(await read('a', 'calendar:2026-M09')).toMatchObject({ ok: false, failure: { code: 'answer' } });
  hub.answer = () => ({ json: { ...RATINGS, questionnaires: [{ id: 'hỏng' }] } });
  expect(await read('a', 'calendar:2026-M09')).toMatchObject({ ok: true, value: { questionnaires: [] } });
  await hub.close();
});
