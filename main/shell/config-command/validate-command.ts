import { problemText } from '../../config/config-problem';
import type { Arguments } from './arguments';
import { type ConfigCommand, UsageError } from './command';
import { loadFile, usualFile } from './surroundings';

/** Prints every problem of a file where editors and CI systems look for it. */
export const validateCommand: ConfigCommand = {
  name: 'validate',
  usage: '[FILE] [--strict] [--env development|staging] [--json]',
  help: 'Checks a restaurants’ file; with --strict, warnings count as problems.',
  options: { strict: 'switch', env: 'text', json: 'switch' },
  most: 1,
  run: async (args, io) => {
    const file = args.rest[0] ?? usualFile(io);
    const { locations, problems } = loadFile(file, io, isProduction(args));
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const warnings = problems.length - errors;
    const ok = errors === 0 && (warnings === 0 || !args.on('strict'));
    if (args.on('json')) {
      const ids = locations.map(({ id }) => id);
      io.out(JSON.stringify({ file, ok, errors, warnings, locations: ids, problems }, null, 2));
    } else {
      for (const problem of problems) io.out(problemText(problem));
      const counts = [
        count(locations.length, 'restaurant'),
        count(errors, 'error'),
        count(warnings, 'warning'),
      ];
      io.out(`${file}: ${counts.join(', ')}.`);
    }
    return ok ? 0 : 1;
  },
};

function isProduction(args: Arguments): boolean {
  const name = args.text('env') ?? 'production';
  if (!['production', 'staging', 'development'].includes(name)) {
    throw new UsageError(`“--env ${name}” is none. Use production, staging or development.`);
  }
  return name === 'production';
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
