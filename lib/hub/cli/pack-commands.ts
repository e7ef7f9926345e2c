/** `npm run hub -- packs …`: what the dashboard does with packs, for whoever sits at the server. */
import { bothWords as words } from '../../i18n/hub/index.ts';
import { type Decided, refusePack, signPack, stagePack, type WantedStage } from '../packs/decide.ts';
import { retirePack } from '../packs/retire.ts';
import { readRef, refOf } from '../packs/version.ts';
import { listPacks, readPack } from '../packs/views.ts';
import { type Args, type Command, fail, say, text, whole } from './command.ts';
import { type Reached, withHub } from './reach.ts';

const ALL = { scope: '*', unit: '' } as const;
const CLI = 'cli';
const VERBS = ['list', 'show', 'sign', 'stage', 'refuse', 'retire'] as const;

export const packCommands = {
  packs: {
    usage: `packs [${VERBS.join('|')}] [ID@VERSION]`,
    details: [
      'list                                   every version: stage, signature, fixtures',
      'show ID@VERSION                        what changed, lint, fixtures, history',
      'sign ID@VERSION                        counter-signs a proposal',
      'stage ID@VERSION trial [--units A,B] [--percent N]',
      'stage ID@VERSION everywhere|proposed   to every device, or taken back from all',
      'refuse ID@VERSION --reason TEXT        says no to a proposal',
      'retire ID@VERSION                      what was read with it counts no more, anywhere',
    ],
    options: ['units=', 'percent=', 'reason='],
    run: (args) => {
      const verb = VERBS.find((one) => one === (args.words[0] ?? 'list'));
      if (verb === undefined) return Promise.resolve(fail(words('cli.need', { what: VERBS.join('|') })));
      return withHub((hub) => (verb === 'list' ? list(hub) : act(hub, verb, args)));
    },
  },
} as const satisfies Readonly<Record<string, Command>>;

async function list({ db }: Reached): Promise<number> {
  for (const pack of await listPacks(db, ALL, Date.now())) {
    const { units = [], percent = 0 } = pack.trial ?? {};
    const trial =
      pack.trial === null ? '' : ` (${[...units, ...(percent > 0 ? [`${percent} %`] : [])].join(', ')})`;
    const signed = pack.source === 'bundled' ? 'bundled' : (pack.signedBy ?? '–');
    const results =
      pack.results === null ? '' : `  ${pack.results.passed}/${pack.results.passed + pack.results.failed}`;
    say(`${refOf(pack)}  ${pack.stage}${trial}  ${signed}${results}`);
  }
  return 0;
}

async function act(
  hub: Reached,
  verb: Exclude<(typeof VERBS)[number], 'list'>,
  { options, words: [, name = '', wanted] }: Args,
): Promise<number> {
  const { db, keys } = hub;
  const ref = readRef(name);
  if (ref === null) return fail(words('cli.need', { what: 'ID@VERSION' }));
  const deed = { ...ref, actor: CLI, now: Date.now() };
  switch (verb) {
    case 'show':
      return show(hub, name);
    case 'sign':
      return ended(name, await signPack(db, keys, { ...deed, sha256: null }));
    case 'stage': {
      const stage = stageOf(wanted, options);
      if (stage === null) {
        return fail(words('cli.need', { what: 'trial [--units A,B] [--percent N] | everywhere | proposed' }));
      }
      return ended(name, await stagePack(db, { ...deed, wanted: stage }));
    }
    case 'refuse': {
      const reason = text(options.reason);
      if (reason === undefined) return fail(words('cli.need', { what: '--reason TEXT' }));
      return ended(name, await refusePack(db, { ...deed, reason }));
    }
    case 'retire':
      say(words('cli.retired', { pack: name, count: await retirePack(db, name, CLI, deed.now) }));
      return 0;
  }
}

function stageOf(wanted: string | undefined, options: Args['options']): WantedStage | null {
  if (wanted === 'everywhere' || wanted === 'proposed') return { stage: wanted };
  if (wanted !== 'trial') return null;
  const percent = whole(options.percent, [0, 100], 0);
  const units = (text(options.units) ?? '').split(',').map((unit) => unit.trim());
  return percent === null ? null : { stage: 'trial', units: units.filter((unit) => unit !== ''), percent };
}

function ended(pack: string, decided: Decided): number {
  if (!decided.ok) return fail(words(decided.code, { ...decided.values, field: decided.field }));
  say(words('cli.packDone', { pack, stage: decided.stage }));
  return 0;
}

async function show({ db }: Reached, name: string): Promise<number> {
  const pack = await readPack(db, { ...ALL, mayRetire: true }, readRef(name)!, Date.now());
  if (pack === null) return fail(words('cli.packNone', { pack: name }));
  const {
    body: _body,
    changes,
    lint,
    fixtureResults,
    history,
    fixtures: _fixtures,
    health: _health,
    ...facts
  } = pack;
  for (const [field, value] of Object.entries(facts)) say(`${field}  ${JSON.stringify(value)}`);
  for (const { path, before, after } of changes) {
    say(`~ ${path}  ${JSON.stringify(before) ?? '–'} → ${JSON.stringify(after) ?? '–'}`);
  }
  for (const { field, problem } of lint) say(`! ${field}  ${problem}`);
  for (const { name: fixture, ok, problem } of fixtureResults)
    say(`${ok ? '✓' : '✗'} ${fixture}  ${problem ?? ''}`);
  for (const { at, actor, action, detail } of history)
    say(`${at}  ${actor}  ${action}  ${JSON.stringify(detail)}`);
  return 0;
}
