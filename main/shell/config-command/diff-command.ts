import { problemText } from '../../config/config-problem';
import { diffLocations } from '../../config/office/diff-locations';
import { CannotGoOn, type ConfigCommand, UsageError } from './command';
import { loadFile } from './surroundings';

/** As `diff` does: 0 when nothing differs that matters, 1 when something does, 2 when a file cannot be compared. */
export const diffCommand: ConfigCommand = {
  name: 'diff',
  usage: 'A B [--json]',
  help: 'Says what changes for each restaurant from file A to file B (exit code 1: something does).',
  options: { json: 'switch' },
  most: 2,
  run: async (args, io) => {
    const [a, b] = args.rest;
    if (a === undefined || b === undefined) throw new UsageError('Which two files?');
    const [before, after] = [loadFile(a, io), loadFile(b, io)];
    const errors = [...before.problems, ...after.problems].filter(({ severity }) => severity === 'error');
    // What does not load cannot be compared, and would look as if it were gone.
    if (errors.length > 0) {
      for (const problem of errors) io.err(problemText(problem));
      throw new CannotGoOn('Put these mistakes right first; then the files can be compared.');
    }
    const differences = diffLocations(before.locations, after.locations);
    if (args.on('json')) io.out(JSON.stringify({ a, b, differences }, null, 2));
    else if (differences.length === 0) io.out('Nothing changes for any restaurant.');
    else for (const { words } of differences) io.out(words);
    return differences.length === 0 ? 0 : 1;
  },
};
