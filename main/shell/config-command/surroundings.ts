import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { didYouMean, problemText } from '../../config/config-problem';
import { fileText } from '../../config/file-text';
import { type LoadedLocation, type LoadedLocations, loadLocations } from '../../config/load-locations';
import { locationIdOf } from '../../config/office/scaffold-location';
import { type AppEnvironment, readEnvironment } from '../environment';
import { CannotGoOn, type ConfigIo } from './command';

/**
 * The app's environment as the app itself would read it.
 * @throws {CannotGoOn} when a variable has a value that means nothing.
 */
export function surroundings(io: ConfigIo): AppEnvironment {
  const { env, packaged, bundledLocations } = io;
  try {
    const environment = readEnvironment(env, {
      packaged,
      bundledLocations,
      dataDir: io.dataDir ?? usualDataDir(env),
    });
    const { locationsFile, dataDir } = environment;
    return {
      ...environment,
      locationsFile: resolve(io.cwd, locationsFile),
      dataDir: resolve(io.cwd, dataDir),
    };
  } catch (error) {
    throw new CannotGoOn(error instanceof Error ? error.message : String(error));
  }
}

/** Electron's `userData`, which nobody can ask for outside Electron. */
function usualDataDir(env: ConfigIo['env']): string {
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Tillside');
    case 'win32':
      return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Tillside');
    default:
      return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'Tillside');
  }
}

/** @throws {CannotGoOn} */
export function readBytes(path: string, io: ConfigIo): Uint8Array {
  try {
    return readFileSync(resolve(io.cwd, path));
  } catch (error) {
    throw new CannotGoOn(`${path} cannot be read: ${reason(error)}`);
  }
}

/** @throws {CannotGoOn} also for an encoding that is none of text. */
export function readText(path: string, io: ConfigIo): string {
  const read = fileText(readBytes(path, io));
  if (!read.ok) throw new CannotGoOn(`${path}:${read.line}:${read.column} ${read.words}`);
  return read.text;
}

/** Why a file cannot be read or written, in words. */
export function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return REASONS[code] ?? `the computer says ${code}.`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there.',
  ENOTDIR: 'it is not there.',
  EISDIR: 'it is a folder.',
  EACCES: 'you have no right to.',
  EPERM: 'you have no right to.',
  EROFS: 'the disk is read-only.',
  ENOSPC: 'the disk is full.',
};

/** One location with the file that it stands in. */
export interface FoundLocation {
  readonly location: LoadedLocation;
  /** As it was given, or as a path. */
  readonly file: string;
  readonly text: string;
  /** The ids of all locations of the files. */
  readonly ids: readonly string[];
}

/** The files that the app reads: head office's, and the restaurants that were added on this computer. */
export function locationFiles(io: ConfigIo, given: string | undefined, ownFile?: string): string[] {
  if (given !== undefined) return [given];
  const usual = usualFile(io);
  return ownFile !== undefined && existsSync(ownFile) ? [usual, ownFile] : [usual];
}

/** The file that the app reads, as people see it from where they stand. */
export function usualFile(io: ConfigIo): string {
  const { locationsFile } = surroundings(io);
  const near = relative(io.cwd, locationsFile);
  return near.startsWith('..') || isAbsolute(near) ? locationsFile : near;
}

/** @throws {CannotGoOn} when the file cannot be read. */
export function loadFile(file: string, io: ConfigIo, production = true): LoadedLocations {
  return loadLocations(readBytes(file, io), { file, production });
}

/**
 * Finds a location by its name or id. What is wrong with it is printed.
 * @returns `undefined` when it is there and broken.
 * @throws {CannotGoOn} when there is none of that name.
 */
export function findLocation(
  name: string,
  files: readonly string[],
  io: ConfigIo,
): FoundLocation | undefined {
  const id = locationIdOf(name);
  const loaded = files.map((file) => ({
    file,
    ...loadFile(file, io, surroundings(io).name === 'production'),
  }));
  const ids = loaded.flatMap(({ locations }) => locations.map((location) => location.id));
  for (const { file, locations } of loaded) {
    const location = locations.find((known) => known.id === id);
    if (location !== undefined)
      return { location, file, text: readText(file, io).replace(/^\uFEFF/, ''), ids };
  }
  const errors = loaded.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) {
    const known = ids.length === 0 ? 'There is none.' : `There are: ${ids.join(', ')}.`;
    throw new CannotGoOn(
      `There is no restaurant “${name}” in ${files.map((file) => basename(file)).join(' or ')}. ${known}${didYouMean(id, ids)}`,
    );
  }
  io.err(`The restaurant ${id} is not there, or has mistakes:`);
  for (const problem of errors) io.err(problemText(problem));
  return undefined;
}
