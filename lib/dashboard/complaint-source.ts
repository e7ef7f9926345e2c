/** Complaints and codes for phones at the hub: what the dashboard asks and tells. A unit without a hub has neither. */
import * as z from 'zod/mini';
import type {
  ComplaintAct,
  ComplaintList,
  ComplaintWords,
  LinkRow,
  LinkWish,
  MadeLinks,
  SlipWish,
} from '../../components/dashboard/complaints/model.ts';
import { COMPLAINT_STATES } from '../domain/complaint.ts';
import { LINK_KINDS } from '../domain/public-form.ts';
import type { Answer, HubTalk } from './talk.ts';

export interface ComplaintSource {
  list(unit: string): Promise<Answer<ComplaintList>>;
  /** Name, phone and words; the hub writes down who opened them. */
  open(id: string): Promise<Answer<ComplaintWords>>;
  change(id: string, act: ComplaintAct): Promise<Answer<null>>;
  registerSlip(wish: SlipWish): Promise<Answer<null>>;
  links(unit: string): Promise<Answer<readonly LinkRow[]>>;
  makeLinks(wish: LinkWish): Promise<Answer<MadeLinks>>;
  revokeLinks(id: string): Promise<Answer<null>>;
}

const text = z.string();
const maybe = z.nullable(text);
const count = z.int().check(z.gte(0));

const listSchema = z.object({
  today: text,
  complaints: z.array(
    z.object({
      id: text,
      unit: text,
      unitName: text,
      aboutUnitName: maybe,
      aboutHead: z.boolean(),
      counterName: maybe,
      way: z.enum(['phone', 'slip']),
      slip: maybe,
      receivedAt: text,
      due: text,
      state: z.enum(COMPLAINT_STATES),
      answeredAt: maybe,
      erasedAt: maybe,
    }),
  ),
  slips: z.array(z.object({ number: text, day: text, unit: text, unitName: text })),
});
const wordsSchema = z.object({
  words: z.object({
    name: maybe,
    phone: maybe,
    text: maybe,
    answer: maybe,
    consentVersion: z.nullable(count),
  }),
});
const linksSchema = z.object({
  links: z.array(
    z.object({
      id: text,
      kind: z.enum(LINK_KINDS),
      unitName: text,
      counterName: maybe,
      origins: z.array(text),
      count,
      used: count,
      quota: z.nullable(count),
      madeAt: text,
      expires: text,
      revokedAt: maybe,
    }),
  ),
});
const madeSchema = z.object({ id: text, urls: z.array(text) });

/** Complaints and codes over the hub's API. */
export function hubComplaints({ ask, tell }: HubTalk): ComplaintSource {
  const pathOf = (id: string) => `/v1/complaints/${encodeURIComponent(id)}`;
  return {
    list: (unit) => ask('/v1/complaints', { query: { unit } }, listSchema, (list) => list),
    open: (id) => ask(`${pathOf(id)}/open`, { method: 'POST' }, wordsSchema, ({ words }) => words),
    change: (id, json) => tell(pathOf(id), { method: 'PUT', json }),
    registerSlip: (json) => tell('/v1/complaints/slips', { method: 'POST', json }),
    links: (unit) => ask('/v1/feedback-links', { query: { unit } }, linksSchema, ({ links }) => links),
    makeLinks: (json) => ask('/v1/feedback-links', { method: 'POST', json }, madeSchema, (made) => made),
    revokeLinks: (id) => tell(`/v1/feedback-links/${encodeURIComponent(id)}/revoke`, { method: 'POST' }),
  };
}
