import { didYouMean } from '../../config/config-problem';
import { addCommand } from './add-command';
import { readArguments } from './arguments';
import { CannotGoOn, type ConfigCommand, type ConfigIo, type ExitCode, UsageError } from './command';
import { diffCommand } from './diff-command';
import { envCommand } from './env-command';
import { explainCommand } from './explain-command';
import { exportSecretsCommand } from './export-secrets-command';
import { importCommand } from './import-command';
import { validateCommand } from './validate-command';

const COMMANDS: readonly ConfigCommand[] = [
  validateCommand,
  explainCommand,
  addCommand,
  envCommand,
  importCommand,
  diffCommand,
  exportSecretsCommand,
];

/**
 * Whether the app was called for its configuration: `Tillside config …`.
 * @param argv what stands behind the program (and, from source, behind its folder).
 */
export function isConfigCommand(argv: readonly string[]): boolean {
  return argv.find((argument) => !argument.startsWith('-')) === 'config';
}

/**
 * Runs one command of the command line.
 * @param argv as for `isConfigCommand`.
 * @returns the exit code: 0 fine, 1 problems were found, 2 called wrongly or a file cannot be read.
 */
export async function runConfigCommand(argv: readonly string[], io: ConfigIo): Promise<ExitCode> {
  const [name, ...args] = argv.slice(argv.indexOf('config') + 1);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    for (const line of helpLines()) (name === undefined ? io.err : io.out)(line);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) {
    const names = COMMANDS.map((known) => known.name);
    io.err(`There is no command “${name}”.${didYouMean(name, names)} “config --help” shows all of them.`);
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    io.out(`config ${command.name} ${command.usage}`);
    io.out(command.help);
    return 0;
  }
  try {
    return await command.run(readArguments(args, command.options, command.most), io);
  } catch (error) {
    if (!(error instanceof CannotGoOn)) throw error;
    io.err(error.message);
    if (error instanceof UsageError) io.err(`Usage: config ${command.name} ${command.usage}`);
    return 2;
  }
}

function helpLines(): string[] {
  return [
    'config COMMAND …: the restaurants’ configuration.',
    '',
    ...COMMANDS.flatMap(({ name, usage, help }) => [`  ${name} ${usage}`, `      ${help}`]),
    '',
    'Exit codes: 0 fine, 1 problems were found, 2 called wrongly or a file cannot be read.',
    'TILLSIDE_ENV, TILLSIDE_DATA_DIR and TILLSIDE_LOCATIONS count as they do for the app.',
  ];
}
