/** One journal entry as a sentence a person can read. Pure; names nothing that the entry does not hold. */
import { dayPart, showDay } from '../../lib/domain/dates.ts';
import type { Entry, Facts } from '../../lib/domain/entry.ts';
import type { Words } from '../popup/model.ts';

/** The sentence of an entry. */
export function entryWords(t: Words, entry: Entry): string {
  switch (entry.kind) {
    case 'action':
      return t('words.action', {
        action: t(`action.${entry.body.action}`),
        n: entry.body.n,
      });
    case 'dossier': {
      const facts = factWords(t, entry.body.facts);
      const key = shortKey(entry.body.keys);
      return facts.length === 0
        ? t('words.dossierNoFacts', { key })
        : t('words.dossier', { key, facts: facts.join(', ') });
    }
    case 'document': {
      const { due } = entry.body;
      const values = {
        key: shortKey(entry.body.keys),
        role: t(`role.${entry.body.role}`),
        state: t(`documentState.${entry.body.state}`),
      };
      if (entry.body.direction === 'out') return t('words.documentOut', { key: values.key });
      return due === undefined
        ? t('words.document', values)
        : t('words.documentDue', { ...values, due: showDay(dayPart(due)) });
    }
    case 'manual':
      return t('words.manual', {
        action: t(`action.${entry.body.action}`),
        n: entry.body.n,
        day: showDay(entry.body.day),
        reason: entry.body.reason,
      });
    case 'void':
      return 'pack' in entry.body.target
        ? t('words.voidPack', { pack: entry.body.target.pack })
        : t('words.void', { target: `${entry.body.target.stream}/${entry.body.target.seq}` });
    case 'guidance':
      return t(`words.guidance.${entry.body.topic}`, { n: entry.body.n });
    case 'health':
      return healthWords(t, entry.body);
    default:
      return t('words.other', { kind: t(`ledger.kind.${entry.kind}`) });
  }
}

function healthWords(t: Words, body: Extract<Entry, { kind: 'health' }>['body']): string {
  const detail = body.detail ?? {};
  const text = (name: string) => String(detail[name] ?? '');
  if (body.topic === 'notice') return t('words.notice', { version: text('version') });
  if (body.topic === 'recording') return t(body.state === 'paused' ? 'words.paused' : 'words.resumed');
  if (body.topic === 'host')
    return t(body.state === 'revoked' ? 'words.hostRevoked' : 'words.hostGranted', {
      system: text('system'),
    });
  if (body.topic === 'message') return t('words.malformed', { field: text('field') });
  if (body.topic === 'pack' && isHealth(body.state))
    return t('words.pack', {
      pack: text('pack'),
      page: text('page'),
      state: t(`packHealth.${body.state}`).toLocaleLowerCase('vi'),
    });
  return t('words.health', { topic: body.topic, state: body.state });
}

function isHealth(state: string): state is 'ok' | 'degraded' | 'broken' | 'unverified' {
  return ['ok', 'degraded', 'broken', 'unverified'].includes(state);
}

/** The facts of a sighting, in reading order. */
function factWords(t: Words, facts: Facts): string[] {
  const day = (value: string) => showDay(dayPart(value));
  const words: (string | null)[] = [
    facts.status === undefined ? null : t(`status.${facts.status}`),
    facts.procedure === undefined ? null : t('fact.procedure', { value: facts.procedure }),
    facts.channel === undefined ? null : t('fact.channel', { value: t(`channel.${facts.channel}`) }),
    facts.received === undefined ? null : t('fact.received', { value: day(facts.received) }),
    facts.due === undefined
      ? null
      : facts.due === null
        ? t('fact.noDue')
        : t('fact.due', { value: day(facts.due) }),
    facts.finished === undefined ? null : t('fact.finished', { value: day(facts.finished) }),
    facts.returned === undefined ? null : t('fact.returned', { value: day(facts.returned) }),
    facts.fee === undefined ? null : t(facts.fee ? 'fact.feeYes' : 'fact.feeNo'),
    facts.paidBy === undefined ? null : t('fact.paidBy', { value: t(`payment.${facts.paidBy}`) }),
    facts.digitised === undefined ? null : t(facts.digitised ? 'fact.digitisedYes' : 'fact.digitisedNo'),
    facts.resultFile === undefined ? null : t(facts.resultFile ? 'fact.resultFileYes' : 'fact.resultFileNo'),
    facts.reused === undefined ? null : t(facts.reused ? 'fact.reusedYes' : 'fact.reusedNo'),
    facts.supplements === undefined ? null : t('fact.supplements', { value: facts.supplements }),
    facts.agency === undefined ? null : t('fact.agency', { value: facts.agency }),
  ];
  return words.filter((one) => one !== null);
}

/** The end of the first key: enough to tell rows apart, no code. */
function shortKey(keys: readonly string[]): string {
  return (keys[0] ?? '').slice(-6);
}
