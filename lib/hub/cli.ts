/** `npm run hub -- <command>`: finds the command, reads its options, says what went wrong in one line. */
import { parseArgs } from 'node:util';
import { bothWords as words } from '../i18n/hub/index.ts';
import type { Command } from './cli/command.ts';
import { COMMANDS, type CommandName } from './cli/commands.ts';

// `hub census | head` closes the pipe early; that is no failure of the hub.
process.stdout.on('error', () => undefined);

const [name = '', ...rest] = process.argv.slice(2);
process.exitCode = await main(name, rest);

async function main(name: string, rest: readonly string[]): Promise<number> {
  if (name === '' || name === 'help' || name === '--help' || name === '-h') {
    help();
    return 0;
  }
  if (!isCommand(name)) {
    process.stderr.write(`${words('cli.unknown', { name })}\n`);
    help();
    return 2;
  }
  const command: Command = COMMANDS[name];
  if (rest.includes('--help') || rest.includes('-h')) {
    const lines = [`npm run hub -- ${command.usage}`, words(`cli.${name}`), ...(command.details ?? [])];
    process.stdout.write(`${lines.join('\n  ')}\n`);
    return 0;
  }
  try {
    const options = Object.fromEntries(
      command.options.map((option) =>
        option.endsWith('=')
          ? ([option.slice(0, -1), { type: 'string' }] as const)
          : ([option, { type: 'boolean' }] as const),
      ),
    );
    const { values, positionals } = parseArgs({ args: [...rest], options, allowPositionals: true });
    const given = values as Record<string, string | true | undefined>;
    return await command.run({ options: given, words: positionals });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof Error && error.cause instanceof Error)
      process.stderr.write(`  ${error.cause.message}\n`);
    return 1;
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

function help(): void {
  process.stdout.write(`${words('cli.usage')}\n`);
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    process.stdout.write(`  ${COMMANDS[name].usage}\n      ${words(`cli.${name}`)}\n`);
  }
}
