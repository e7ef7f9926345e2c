/** Several families on one host: the document's path tells which pack reads it; who confirmed the host is passed on. */
import { describe, expect, it } from 'vitest';
import { BUNDLED_PACKS } from '../../../lib/adapters/packs/index.ts';
import { bindingsOf } from '../../../lib/extension/hosts.ts';
import { packAt } from '../../../lib/extension/packs.ts';
import type { HelloAnswer } from '../../../lib/extension/page-messages.ts';
import { makeWorld, own, page, ready } from './world.ts';

const door = {
  packOf: async (family: string) => BUNDLED_PACKS.find((pack) => pack.id === family) ?? null,
};
const NGHE_AN = { family: 'igate1', families: ['igate2'] };
const at = async (place: string | null, binding: Parameters<typeof packAt>[1] = NGHE_AN) =>
  (await packAt(door, binding, place))?.id ?? null;

describe('which family a document is of', () => {
  it.each([
    ['/dich-vu-cong/tiep-nhan-online/nhap-le-phi-ho-so', 'igate1'],
    ['/bo-cong-an/tiep-nhan-online/nhap-thong-tin-ho-so', 'igate1'],
    ['/vi/dossier/search', 'igate2'],
    ['/vi/dossier/search/0123456789abcdef01234567', 'igate2'],
    ['/vi/padsvc/apply-online/0123456789abcdef01234567', 'igate2'],
    ['/vi', 'igate2'],
    ['/vi/', 'igate2'],
    ['/', 'igate1'],
    ['/tin-tuc/bai-viet', 'igate1'],
    [null, 'igate1'],
  ])('%s: %s', async (place, family) => {
    expect(await at(place)).toBe(family);
  });

  it('an order the other way round changes only what no family knows', async () => {
    const other = { family: 'igate2', families: ['igate1'] };
    expect(await at('/dich-vu-cong/tiep-nhan-online/nhap-le-phi-ho-so', other)).toBe('igate1');
    expect(await at('/tin-tuc', other)).toBe('igate2');
  });

  it('a family without a pack in force is passed over; with none there is no pack', async () => {
    expect(await at('/vi/dossier/search', { family: 'gone', families: ['igate2'] })).toBe('igate2');
    expect(await at('/vi/dossier/search', { family: 'gone' })).toBeNull();
  });
});

describe('the worker', () => {
  it('answers hello by the path of the document', async () => {
    const world = makeWorld();
    await ready(world);
    const origin = 'https://dichvucong.nghean.gov.vn';
    await world.say({ type: 'extension-worker/bind', origin, family: 'igate1', name: 'Nghệ An' }, own);
    const hello = async (place: string) =>
      (await world.say({ type: 'page-worker/hello', origin }, { ...page, origin, place })) as HelloAnswer;
    expect(await hello('/vi/dossier/search')).toMatchObject({ pack: { id: 'igate2' }, system: 'nghe-an' });
    expect(await hello('/dich-vu-cong/cong-dan')).toMatchObject({
      pack: { id: 'igate1' },
      system: 'nghe-an',
    });
  });

  it("the province's word on a host replaces the person's, with families and status", () => {
    const origin = 'https://dichvucong.nghean.gov.vn';
    const chosen = [{ origin, tenant: 'nghe-an', family: 'igate1', families: ['igate2'], name: 'x' }];
    const province = {
      id: 'na',
      name: 'NA',
      family: 'igate2',
      families: [],
      origins: [origin],
      agency: 'H41',
    };
    const [own] = bindingsOf(chosen, [], []);
    expect(own).toMatchObject({ source: 'options', families: ['igate2'] });
    expect(own!.status).toBeUndefined();
    expect(bindingsOf(chosen, [{ ...province, status: 'verified' }], [])).toEqual([
      {
        origin,
        tenant: 'na',
        family: 'igate2',
        families: [],
        name: 'NA',
        source: 'province',
        status: 'verified',
      },
    ]);
    expect(bindingsOf([], [{ ...province, status: 'unverified' }], [])[0]).toMatchObject({
      status: 'unverified',
    });
  });
});
