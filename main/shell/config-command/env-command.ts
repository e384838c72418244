import { envLines } from '../../config/office/env-lines';
import { type ConfigCommand, UsageError } from './command';
import { findLocation, locationFiles } from './surroundings';
import { ownLocationsFile } from './this-computer';

export const envCommand: ConfigCommand = {
  name: 'env',
  usage: 'LOCATION [--file FILE]',
  help: 'Prints the lines of a .env file to fill in for one restaurant, without values.',
  options: { file: 'text' },
  most: 1,
  run: async (args, io) => {
    const [name] = args.rest;
    if (name === undefined) throw new UsageError('Which restaurant? Such as: env ARIAPITA.');
    const found = findLocation(name, locationFiles(io, args.text('file'), ownLocationsFile(io)), io);
    if (found === undefined) return 1;
    for (const line of envLines(found.location)) io.out(line);
    return 0;
  },
};
