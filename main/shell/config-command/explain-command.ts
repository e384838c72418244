import { NO_CHOICES } from '../../config/local-choices';
import {
  type ExplainedValue,
  explainLocation,
  type Origin,
  type SecretState,
} from '../../config/office/explain-location';
import { locationName } from '../../core/location';
import { unreachable } from '../../core/never';
import { createVault } from '../../credentials/vault';
import type { AppEnvironment } from '../environment';
import { type ConfigCommand, UsageError } from './command';
import { findLocation, locationFiles, surroundings } from './surroundings';
import { ownLocationsFile, storedSettings } from './this-computer';

export const explainCommand: ConfigCommand = {
  name: 'explain',
  usage: 'LOCATION [--file FILE] [--json]',
  help: 'Shows every value of a restaurant and where it came from; secrets only as set or missing.',
  options: { file: 'text', json: 'switch' },
  most: 1,
  run: async (args, io) => {
    const [name] = args.rest;
    if (name === undefined) throw new UsageError('Which restaurant? Such as: explain ARIAPITA.');
    const environment = surroundings(io);
    const found = findLocation(name, locationFiles(io, args.text('file'), ownLocationsFile(io)), io);
    if (found === undefined) return 1;
    const { location, file, text } = found;
    const settings = storedSettings(environment);
    const keychain = await askKeychain(environment);
    const values = explainLocation(location, {
      text,
      choices: settings?.choices ?? NO_CHOICES,
      lookup: (variable) => {
        const kept = settings?.values[variable];
        if (kept !== undefined) return { value: kept, from: 'settings' };
        const value = environment.variables[variable];
        return value === undefined ? undefined : { value, from: 'environment' };
      },
      secret: keychain.state,
    });
    if (args.on('json')) {
      const { id } = location;
      io.out(JSON.stringify({ location: id, environment: environment.name, file, values }, null, 2));
      return 0;
    }
    io.out(`${locationName(location.id)} (${location.id}) in ${file}, environment ${environment.name}`);
    for (const value of values) io.out(valueLine(value, file));
    if (keychain.words !== null) io.err(keychain.words);
    return 0;
  },
};

/** Only the names are asked for: no value leaves the keychain. */
async function askKeychain({ name, variables }: AppEnvironment): Promise<{
  readonly state: (account: string) => SecretState;
  readonly words: string | null;
}> {
  const list = await createVault(name).list();
  const inEnvironment = (account: string) => variables[account] !== undefined;
  if (list.status !== 'listed') {
    return { state: (account) => (inEnvironment(account) ? 'environment' : 'unknown'), words: list.words };
  }
  const there = new Set(list.accounts);
  return {
    state: (account) =>
      there.has(account) ? 'keychain' : inEnvironment(account) ? 'environment' : 'nowhere',
    words: null,
  };
}

function valueLine({ path, value, origin }: ExplainedValue, file: string): string {
  return `${path} = ${value ?? '(not set)'}  [${originWords(origin, file)}]`;
}

function originWords(origin: Origin, file: string): string {
  switch (origin.kind) {
    case 'file':
      return `${file}:${origin.line}`;
    case 'default':
      return 'default';
    case 'island':
      return 'by the island';
    case 'variables':
      return 'by the names of its variables';
    case 'choice':
      return 'chosen on this computer';
    case 'settings':
      return `this computer’s settings, ${origin.name}${asked(origin.line, file)}`;
    case 'environment':
      return `environment variable ${origin.name}${asked(origin.line, file)}`;
    case 'keychain':
      return `keychain, ${origin.name}${asked(origin.line, file)}`;
    case 'nowhere':
      return `${origin.name} is not set${asked(origin.line, file)}`;
    case 'unknown':
      return `the keychain cannot be asked for ${origin.name}${asked(origin.line, file)}`;
    default:
      return unreachable(origin);
  }
}

function asked(line: number | null, file: string): string {
  return line === null ? '; default name' : `; ${file}:${line}`;
}
