/** The commands of `npm run hub -- <command>`: each a few lines that hand over to a room of the hub. */
import { readFileSync } from 'node:fs';
import { bothWords as words } from '../../i18n/hub/index.ts';
import { readConfig } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { issueCode } from '../device/activation.ts';
import { visibleUnit } from '../device/views.ts';
import { IMPORTS, type ImportKind, importFile } from '../imports/import.ts';
import { census } from '../jobs/census.ts';
import { recomputeCheck, recomputeRepair } from '../jobs/recompute.ts';
import { retirePack } from '../packs/retire.ts';
import { PACK_REF } from '../packs/version.ts';
import { ROLES } from '../people/access.ts';
import { SHORTEST } from '../people/password.ts';
import { addPerson, addToken } from '../people/people.ts';
import { startHub } from '../server.ts';
import { type Command, fail, say, tell, text } from './command.ts';
import { examine } from './doctor.ts';
import { packCommands } from './pack-commands.ts';
import { readPassword } from './password.ts';
import { policyCommands } from './policy-commands.ts';
import { withDatabase, withHub } from './reach.ts';

const commands = {
  migrate: {
    usage: 'migrate',
    options: [],
    run: () =>
      withDatabase(async (db) => {
        const applied = await migrate(db);
        for (const name of applied) say(words('cli.applied', { name }));
        if (applied.length === 0) say(words('cli.upToDate'));
        return 0;
      }),
  },

  'create-admin': {
    usage: `create-admin NAME [--password-file FILE] [--role ${ROLES.join('|')}] [--unit ID]`,
    options: ['name=', 'password-file=', 'role=', 'unit='],
    run: async ({ options, words: [first] }) => {
      const name = (text(options.name) ?? first ?? '').trim();
      if (name === '') return fail(words('cli.need', { what: 'NAME' }));
      const role = ROLES.find((one) => one === (options.role ?? 'provinceAdmin'));
      if (role === undefined) return fail(words('cli.need', { what: `--role ${ROLES.join('|')}` }));
      const unit = text(options.unit) ?? null;
      const password = await readPassword(
        text(options['password-file']),
        words('cli.askPassword', { least: SHORTEST }),
      );
      if (password.length < SHORTEST) return fail(words('cli.shortPassword', { least: SHORTEST }));
      return withHub(async ({ db }) => {
        if (unit !== null && (await visibleUnit(db, '*', unit)) === null) {
          return fail(words('cli.noUnit', { unit }));
        }
        try {
          await addPerson(db, { name, password, role, unit }, 'cli');
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === '23505') {
            return fail(words('cli.nameTaken', { name }));
          }
          throw error;
        }
        say(words('cli.created', { name, role }));
        return 0;
      });
    },
  },

  activate: {
    usage: 'activate --unit ID [--kind extension|kiosk] [--name NAME]',
    options: ['unit=', 'kind=', 'name='],
    run: ({ options, words: [first] }) =>
      withHub(async ({ db, secrets }) => {
        const unit = text(options.unit) ?? first;
        if (unit === undefined) return fail(words('cli.need', { what: '--unit ID' }));
        const found = await visibleUnit(db, '*', unit);
        if (found === null) return fail(words('cli.noUnit', { unit }));
        const kind = options.kind ?? 'extension';
        if (kind !== 'extension' && kind !== 'kiosk') {
          return fail(words('cli.need', { what: '--kind extension|kiosk' }));
        }
        const wanted = { unit, kind, name: text(options.name) ?? '' } as const;
        const { code, expires } = await issueCode(db, secrets, wanted, 'cli', Date.now());
        tell(words('cli.code', { unit: found.name, expires }));
        say(code);
        return 0;
      }),
  },

  token: {
    usage: 'token [--unit ID] [--name NAME] [--days N]',
    options: ['unit=', 'name=', 'days='],
    run: ({ options, words: [first] }) =>
      withHub(async ({ db, secrets }) => {
        const unit = text(options.unit) ?? first ?? null;
        if (unit !== null && (await visibleUnit(db, '*', unit)) === null) {
          return fail(words('cli.noUnit', { unit }));
        }
        const days = options.days === undefined ? null : Number(options.days);
        if (days !== null && !(days > 0)) return fail(words('cli.need', { what: '--days N' }));
        const wanted = { unit, name: text(options.name) ?? 'cli', days };
        const token = await addToken(db, secrets, wanted, Date.now());
        tell(words('cli.tokenMade'));
        say(token);
        return 0;
      }),
  },

  import: {
    usage: `import ${IMPORTS.join('|')} FILE [--dry-run]`,
    details: [
      'CSV, UTF-8; lists inside a cell separated by ";"; days as 2026-09-21 or 21/09/2026',
      'units      id,parent,name,kind,agency_codes,aliases,valid_from,valid_to',
      '           kind: province|agency|commune|centre|other',
      'catalogue  code,name,sector,online,has_fee,returns_result,limit_days,valid_from,valid_to',
      '           online: full|partial|none; has_fee, returns_result: 1|0',
      'tenants    id,name,family,origins[,families,agency,status]',
      '           status: verified|unverified; a start: lib/adapters/tenants/suggested.csv',
    ],
    options: ['dry-run'],
    run: async ({ options, words: [name, file] }) => {
      const kind = IMPORTS.find((one) => one === name);
      if (kind === undefined) return fail(words('cli.need', { what: IMPORTS.join('|') }));
      if (file === undefined) return fail(words('cli.need', { what: 'FILE' }));
      return importCommand(kind, readFileSync(file), options['dry-run'] === true);
    },
  },

  census: {
    usage: 'census',
    options: [],
    run: () =>
      withHub(async ({ db }) => {
        for (const device of await census(db)) say(JSON.stringify(device));
        return 0;
      }),
  },

  recompute: {
    usage: 'recompute [--check] [--repair]',
    options: ['check', 'repair'],
    run: ({ options }) =>
      withHub(async ({ db }) => {
        const isRepair = options.repair === true;
        const found = await (isRepair ? recomputeRepair : recomputeCheck)(db, Date.now());
        const { dossiers, documents, differences } = found;
        if (differences.size === 0) say(words('cli.equal', { dossiers, documents }));
        else {
          const names = [...differences].map(([name, count]) => `${name} ×${count}`).slice(0, 50);
          say(words('cli.different', { count: differences.size, names: names.join(', ') }));
        }
        if (isRepair) say(words('cli.repaired'));
        return differences.size === 0 || isRepair ? 0 : 1;
      }),
  },

  'retire-pack': {
    usage: 'retire-pack ID@VERSION',
    options: [],
    run: ({ words: [pack] }) =>
      withHub(async ({ db }) => {
        if (!PACK_REF.test(pack ?? '')) {
          return fail(words('cli.need', { what: 'ID@VERSION' }));
        }
        const count = await retirePack(db, pack!, 'cli', Date.now());
        say(words('cli.retired', { pack: pack!, count }));
        return 0;
      }),
  },

  ...packCommands,
  ...policyCommands,

  serve: {
    usage: 'serve',
    options: [],
    run: async () => {
      const hub = await startHub(readConfig(process.env));
      for (const note of hub.notes) tell(note);
      say(words('cli.running', { url: hub.url }));
      await new Promise<void>((done) => {
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
      });
      tell(words('cli.stopping'));
      await hub.close();
      return 0;
    },
  },

  doctor: {
    usage: 'doctor',
    options: [],
    run: async () => {
      const findings = await examine();
      for (const { name, isOk, advice } of findings) {
        say(isOk ? `${words('cli.ok')}  ${name}` : `${words('cli.bad')}  ${name}: ${advice}`);
      }
      return findings.every((one) => one.isOk) ? 0 : 1;
    },
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof commands;
export const COMMANDS: Readonly<Record<CommandName, Command>> = commands;

function importCommand(kind: ImportKind, bytes: Uint8Array, isDryRun: boolean): Promise<number> {
  return withHub(async ({ db }) => {
    const report = await importFile(db, { kind, bytes, isDryRun, actor: 'cli', words, now: Date.now() });
    for (const { line, field, message } of report.errors) {
      tell(words('cli.rowError', { line, field, message }));
    }
    if (report.errors.length > 0) return fail(words('cli.notImported', { errors: report.errors.length }));
    const { rows, created, updated } = report;
    say(words(isDryRun ? 'cli.dryRun' : 'cli.imported', { rows, created, updated }));
    return 0;
  });
}
