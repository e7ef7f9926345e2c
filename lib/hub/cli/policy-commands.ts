/** `npm run hub -- policy-token …` and `policy-kit`: enrolment of many PCs by policy, from the terminal. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GECKO_ID, TEST_ID } from '../../build/manifest.ts';
import { readTenants } from '../../build/tenants.ts';
import { bothWords as words } from '../../i18n/hub/index.ts';
import {
  issuePolicyToken,
  listPolicyTokens,
  type NewPolicyToken,
  revokePolicyToken,
} from '../device/policy-token.ts';
import { visibleUnit } from '../device/views.ts';
import { policyKit } from '../policy/kit.ts';
import { type Args, type Command, fail, say, tell, text, whole } from './command.ts';
import { type Reached, withHub } from './reach.ts';

const CLI = 'cli';
const MOST_DEVICES = 10_000;
const MOST_DAYS = 366;
/** The Chrome Web Store; Edge and Cốc Cốc take it too. */
const STORE = 'https://clients2.google.com/service/update2/crx';
/** To be filled in by hand: Firefox has no address by which an unlisted add-on is known. */
const XPI = 'https://DIEN-DIA-CHI-CUA-GOI/nhip-mot-cua.xpi';

export const policyCommands = {
  'policy-token': {
    usage: 'policy-token --unit ID [--quota N] [--days N] [--name NAME] | list | revoke ID',
    options: ['unit=', 'quota=', 'days=', 'name='],
    run: (args) =>
      withHub(async (hub) => {
        const [verb, id] = args.words;
        if (verb === 'list') return list(hub);
        if (verb === 'revoke') return revoke(hub, id ?? '');
        const made = await makeToken(hub, args);
        if (typeof made === 'number') return made;
        say(made.token);
        return 0;
      }),
  },

  'policy-kit': {
    usage: 'policy-kit --unit ID --out DIR [--hub URL] [--quota N] [--days N] [--tenant FILE]',
    details: [
      '--extension-id ID   id of the package in the store (without it: the test build)',
      `--update-url URL    where Chromium fetches it; without it ${STORE}`,
      '--xpi-url URL       where Firefox fetches the signed package',
    ],
    options: [
      'unit=',
      'out=',
      'hub=',
      'quota=',
      'days=',
      'name=',
      'tenant=',
      'extension-id=',
      'update-url=',
      'xpi-url=',
    ],
    run: (args) => withHub((hub) => writeKit(hub, args)),
  },
} as const satisfies Readonly<Record<string, Command>>;

async function list({ db }: Reached): Promise<number> {
  for (const one of await listPolicyTokens(db)) {
    const state =
      one.revokedAt !== null ? 'revoked' : Date.parse(one.expires) <= Date.now() ? 'expired' : 'active';
    say(`${one.id}  ${one.unit}  ${one.used}/${one.quota}  ${one.expires}  ${state}  ${one.name}`);
  }
  return 0;
}

async function revoke({ db }: Reached, id: string): Promise<number> {
  if (!(await revokePolicyToken(db, id, CLI, Date.now()))) return fail(words('cli.policyNone', { id }));
  say(words('cli.policyRevoked', { id }));
  return 0;
}

/** A fresh token by the options, told on stderr; or the exit code of what is missing. */
async function makeToken({ db, secrets }: Reached, { options }: Args) {
  const unit = text(options.unit);
  if (unit === undefined) return fail(words('cli.need', { what: '--unit ID' }));
  const found = await visibleUnit(db, '*', unit);
  if (found === null) return fail(words('cli.noUnit', { unit }));
  const quota = whole(options.quota, [1, MOST_DEVICES], 50);
  if (quota === null) return fail(words('cli.need', { what: `--quota 1–${MOST_DEVICES}` }));
  const days = whole(options.days, [1, MOST_DAYS], 30);
  if (days === null) return fail(words('cli.need', { what: `--days 1–${MOST_DAYS}` }));
  const wanted: NewPolicyToken = { unit, name: text(options.name) ?? found.name.slice(0, 60), quota, days };
  const { id, token, expires } = await issuePolicyToken(db, secrets, wanted, CLI, Date.now());
  tell(words('cli.policyMade', { id, unit: found.name, quota, expires }));
  return { token, expires, quota, unit: found.name };
}

async function writeKit(hub: Reached, args: Args): Promise<number> {
  const { options } = args;
  const out = text(options.out);
  if (out === undefined) return fail(words('cli.need', { what: '--out DIR' }));
  const address = (text(options.hub) ?? hub.config.publicUrl ?? '').replace(/\/+$/, '');
  if (!/^https:\/\/[^\s/]+$|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(address)) {
    return fail(words('cli.needHub'));
  }
  const extensionId = text(options['extension-id']) ?? TEST_ID;
  if (!/^[a-p]{32}$/.test(extensionId)) return fail(words('cli.need', { what: '--extension-id a–p × 32' }));
  const tenants = readTenants(text(options.tenant));
  const made = await makeToken(hub, args);
  if (typeof made === 'number') return made;
  if (extensionId === TEST_ID) tell(words('cli.kitTestId'));
  const files = policyKit({
    ...made,
    hub: address,
    tenants,
    extensionId,
    isTestId: extensionId === TEST_ID,
    geckoId: GECKO_ID,
    updateUrl: text(options['update-url']) ?? STORE,
    xpiUrl: text(options['xpi-url']) ?? XPI,
  });
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes, { mode: 0o600 });
  say(words('cli.kitMade', { count: files.length, folder }));
  return 0;
}
