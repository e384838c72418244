import type { LoadedLocation } from '../../config/load-locations';
import { locationIdOf } from '../../config/office/scaffold-location';
import { locationName } from '../../core/location';
import { type EnvFile, readEnvFile } from '../../credentials/env-file';
import type { SortedVariables } from '../../credentials/env-import';
import { createVault } from '../../credentials/vault';
import { Configuration, type KnownField } from '../configuration';
import type { Arguments } from './arguments';
import { CannotGoOn, type ConfigCommand, type ConfigIo, type ExitCode, UsageError } from './command';
import { checkVariables } from './import-check';
import { type Kept, keepVariables } from './import-keep';
import { findLocation, readText, surroundings } from './surroundings';
import { isAppRunning } from './this-computer';

/** Takes one restaurant's variables out of a `.env` file. The file itself is neither changed nor kept. */
export const importCommand: ConfigCommand = {
  name: 'import',
  usage: 'FILE.env [--location ID] [--json]',
  help: 'Takes a restaurant’s variables: secrets into the keychain, the others into the settings.',
  options: { location: 'text', json: 'switch' },
  most: 1,
  run: async (args, io) => {
    const [file] = args.rest;
    if (file === undefined) throw new UsageError('Which file? Such as: import ariapita.env.');
    const environment = surroundings(io);
    const text = readText(file, io);
    if (isAppRunning(environment)) {
      io.err('Tillside is running on this computer. Close it first, or import the file in its set-up.');
      return 1;
    }
    const configuration = new Configuration(environment, createVault(environment.name));
    const location = chooseLocation(args, configuration, io);
    if (location === undefined) return 1;
    const env = readEnvFile(text);
    const sorted = checkVariables(env, location, configuration);
    const result = await keepVariables(sorted.take, location, configuration);
    const known = await configuration.fields(location);
    const missing = 'status' in known ? null : known.filter(isMissing).map(({ field }) => field.name);
    const report: Report = { file, environment: environment.name, location, env, sorted, result, missing };
    if (args.on('json')) io.out(JSON.stringify(asData(report), null, 2));
    else printReport(report, io);
    if (result.words !== null) printFailure(report, result.words, io);
    if (result.unrecorded !== null) io.err(result.unrecorded);
    return exitCode(report);
  },
};

interface Report {
  readonly file: string;
  readonly environment: string;
  readonly location: LoadedLocation;
  readonly env: EnvFile;
  readonly sorted: SortedVariables;
  readonly result: Kept;
  /** What the location still needs; `null` when the keychain cannot be asked. */
  readonly missing: readonly string[] | null;
}

function chooseLocation(
  args: Arguments,
  configuration: Configuration,
  io: ConfigIo,
): LoadedLocation | undefined {
  const id = args.text('location') ?? configuration.chosenId();
  if (id === null) {
    const ids = configuration.locationIds();
    throw new UsageError(`Which restaurant is this? Add --location with one of: ${ids.join(', ')}.`);
  }
  const loaded = configuration.load();
  if ('unreadable' in loaded) throw new CannotGoOn(loaded.unreadable);
  const location = loaded.locations.find((known) => known.id === locationIdOf(id));
  // Says what is wrong with it, or that there is none.
  return location ?? findLocation(id, [...configuration.files.slice(0, 1)], io)?.location;
}

function isMissing({ field, present }: KnownField): boolean {
  return field.required && !present;
}

function asData({ location, environment, env, sorted, result, missing }: Report) {
  return {
    location: location.id,
    environment,
    kept: result.kept.map(({ name, account, kind }) => ({ name, account, kind })),
    left: sorted.leave,
    duplicates: env.duplicates,
    unreadable: env.unreadable,
    missing,
    failed: result.words,
  };
}

function printReport(
  { file, environment, location, env, sorted, result, missing }: Report,
  io: ConfigIo,
): void {
  const name = locationName(location.id);
  if (result.kept.length === 0) io.out(`Nothing was taken for ${name} from ${file}.`);
  else io.out(`Taken for ${name} (${location.id}), environment ${environment}:`);
  for (const { name: variable, account, kind } of result.kept) {
    const as = variable === account ? '' : ` (as ${account})`;
    io.out(`  ${variable}${as} → ${kind === 'secret' ? 'keychain' : 'settings'}`);
  }
  if (sorted.leave.length + env.unreadable.length > 0) io.out('Left out:');
  for (const { name: variable, line, because } of sorted.leave)
    io.out(`  line ${line} ${variable}: ${because}`);
  for (const line of env.unreadable) io.out(`  line ${line}: It is no NAME=value.`);
  for (const { name: variable, lines } of env.duplicates) {
    io.out(`${variable} stands in lines ${lines.join(', ')}; line ${lines.at(-1)} counts.`);
  }
  if (missing !== null && missing.length > 0) io.out(`${name} still needs: ${missing.join(', ')}.`);
  io.out(`${file} was not changed. It may hold secrets: delete it when you are done.`);
}

function printFailure({ sorted, result }: Report, words: string, io: ConfigIo): void {
  const lost = sorted.take
    .filter((variable) => !result.kept.includes(variable))
    .map(({ account }) => account);
  io.err(words);
  io.err(`Kept: ${result.kept.map(({ account }) => account).join(', ') || 'nothing'}.`);
  io.err(`Not kept: ${lost.join(', ') || 'nothing'}.`);
  io.err('It is safe to import the same file again: what is there already stays or is replaced by the same.');
}

/** Other restaurants' variables are no trouble; what was meant for this one and could not be taken is. */
function exitCode({ env, sorted, result }: Report): ExitCode {
  const refused = sorted.leave.some(({ kind }) => kind === 'refused');
  const trouble = refused || env.unreadable.length > 0 || result.words !== null || result.kept.length === 0;
  return trouble ? 1 : 0;
}
