/** Packs at the hub: what the dashboard asks and tells. A unit without a hub has none of this. */
import type { PackDetail, PackHealth, PackRow, StageWish } from '../../components/dashboard/packs/model.ts';
import { packHealthSchema, packSchema, packsSchema } from './pack-schemas.ts';
import type { Answer, HubTalk } from './talk.ts';

export interface PackSource {
  health(unit: string): Promise<Answer<PackHealth>>;
  list(): Promise<Answer<readonly PackRow[]>>;
  /** `ref` is `id@version`. */
  read(ref: string): Promise<Answer<PackDetail>>;
  sign(ref: string, password: string, sha256: string): Promise<Answer<null>>;
  stage(ref: string, wish: StageWish): Promise<Answer<null>>;
  refuse(ref: string, reason: string): Promise<Answer<null>>;
  retire(ref: string): Promise<Answer<null>>;
}

/** Packs over the hub's API. */
export function hubPacks({ ask, tell }: HubTalk): PackSource {
  const pathOf = (ref: string) => `/v1/packs/${ref.split('@').map(encodeURIComponent).join('/')}`;
  const post = (ref: string, act: string, json: unknown) =>
    tell(`${pathOf(ref)}/${act}`, { method: 'POST', ...(json === undefined ? {} : { json }) });
  return {
    health: (unit) => ask('/v1/pack-health', { query: { unit } }, packHealthSchema, (health) => health),
    list: () => ask('/v1/packs', {}, packsSchema, ({ packs }) => packs),
    read: (ref) => ask(pathOf(ref), {}, packSchema, ({ pack }) => pack),
    sign: (ref, password, sha256) => post(ref, 'sign', { password, sha256 }),
    stage: (ref, wish) => post(ref, 'stage', wish),
    refuse: (ref, reason) => post(ref, 'refuse', { reason }),
    retire: (ref) => post(ref, 'retire', undefined),
  };
}
