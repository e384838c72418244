import { didYouMean, problemText } from '../../config/config-problem';
import { EXPORT_TARGETS, type ExportTarget, exportLines } from '../../config/office/export-names';
import { type ConfigCommand, UsageError } from './command';
import { findLocation, loadFile, locationFiles } from './surroundings';
import { ownLocationsFile } from './this-computer';

export const exportSecretsCommand: ConfigCommand = {
  name: 'export-secrets',
  usage: '--to kubernetes|env-template [LOCATION…] [--file FILE]',
  help: 'Prints the names of the variables for another system, never a value.',
  options: { to: 'text', file: 'text' },
  most: Number.POSITIVE_INFINITY,
  run: async (args, io) => {
    const target = readTarget(args.text('to'));
    const files = locationFiles(io, args.text('file'), ownLocationsFile(io));
    if (args.rest.length > 0) {
      const found = args.rest.map((name) => findLocation(name, files, io)?.location);
      const locations = found.flatMap((location) => location ?? []);
      if (locations.length < found.length) return 1;
      for (const line of exportLines([...new Set(locations)], target)) io.out(line);
      return 0;
    }
    const loaded = files.map((file) => loadFile(file, io));
    const errors = loaded.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
    // A list that silently lacks a restaurant would be taken for all of them.
    if (errors.length > 0) {
      for (const problem of errors) io.err(problemText(problem));
      return 1;
    }
    const locations = loaded.flatMap((file) => file.locations);
    for (const line of exportLines(locations, target)) io.out(line);
    return 0;
  },
};

function readTarget(text: string | undefined): ExportTarget {
  const target = EXPORT_TARGETS.find((known) => known === text);
  if (target !== undefined) return target;
  const words =
    text === undefined ? 'Where to?' : `“--to ${text}” is not known.${didYouMean(text, EXPORT_TARGETS)}`;
  throw new UsageError(`${words} Use --to kubernetes or --to env-template.`);
}
