/**
 * The portal's own figures (`officialTotal`): written down when they are new or changed, as a check of ours, never added
 * to them. What was written today is remembered by hash, so that a page read again writes nothing; losing the memory
 * repeats an entry, which no figure notices (the latest of a unit and period counts).
 */
import { dayOf } from '../domain/dates.ts';
import type { EntryDraft } from '../domain/entry.ts';
import { shortUnit } from '../domain/unit.ts';
import { admit, answerOf, type Of, personOnDuty } from './admission.ts';
import type { Deps, Sender } from './deps.ts';
import type { PageTotal, StoredAnswer } from './page-messages.ts';
import { hashOf, refOf } from './recorder.ts';
import { record } from './state.ts';

/** Units times periods that are remembered in one day. */
const KEEP = 3_000;

let queue: Promise<unknown> = Promise.resolve();

/** Figures of one page, one message after the other, so that two frames do not both find them new. */
export function totals(deps: Deps, message: Of<'page-worker/totals'>, sender: Sender): Promise<StoredAnswer> {
  const run = queue.then(() => recordTotals(deps, message, sender));
  queue = run.catch(() => undefined);
  return run;
}

async function recordTotals(
  deps: Deps,
  message: Of<'page-worker/totals'>,
  sender: Sender,
): Promise<StoredAnswer> {
  const admitted = await admit(deps, sender, message.context);
  if ('stored' in admitted) return admitted;
  const system = admitted.binding.tenant;
  const { pack } = message.context;
  const today = dayOf(deps.clock());
  const known = await deps.session.totals.get();
  const told = known.day === today ? known.told : {};
  const person = await personOnDuty(deps);
  const fresh: Record<string, string> = {};
  const drafts: EntryDraft[] = [];
  message.totals.forEach((total, at) => {
    const name = hashOf([system, pack, total.rule, total.unit, total.from, total.to]);
    const figures = hashOf(total.figures);
    if (told[name] === figures || Object.keys(total.figures).length === 0) return;
    fresh[name] = figures;
    drafts.push({
      kind: 'officialTotal',
      ref: `${refOf(message.ref)}.t${at}`,
      ...(person === null ? {} : { person }),
      body: bodyOf(total, system, pack),
    });
  });
  const recorded = await record(deps, drafts);
  if (recorded === 'stored' && drafts.length > 0) {
    await deps.session.totals.update((now) => {
      const kept = now.day === today && Object.keys(now.told).length < KEEP ? now.told : {};
      return { day: today, told: { ...kept, ...fresh } };
    });
  }
  return answerOf(recorded, 0);
}

function bodyOf(
  { rule, unit, from, to, figures }: PageTotal,
  system: string,
  pack: string,
): Extract<EntryDraft, { kind: 'officialTotal' }>['body'] {
  return {
    system,
    ...(unit === null ? {} : { unit: shortUnit(unit) }),
    from,
    to,
    figures: { ...figures },
    source: `${pack}:${rule}`.slice(0, 60),
  };
}
