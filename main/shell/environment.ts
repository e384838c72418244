import { join } from 'node:path';

export type EnvironmentName = 'production' | 'staging' | 'development';

/** The app's settings from outside, read once; the variables are described in the README. */
export interface AppEnvironment {
  readonly name: EnvironmentName;
  readonly dataDir: string;
  readonly locationsFile: string;
  readonly location: string | null;
  readonly training: boolean;
  /** On a virtual display: nobody is there to tap, so training accepts by itself and prints what happens. */
  readonly headless: boolean;
  readonly relayPort: number;
  readonly relayBind: string;
  readonly logLevel: string;
  /** Where secrets and plain values may come from in development and staging; empty in production. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export interface EnvironmentDefaults {
  readonly packaged: boolean;
  readonly dataDir: string;
  readonly bundledLocations: string;
}

/** The relay's port when nothing says otherwise. */
const RELAY_PORT = 4780;

/**
 * @throws a sentence when a variable has a value that means nothing: a misspelt environment must not
 * quietly become production.
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  defaults: EnvironmentDefaults,
): AppEnvironment {
  const name = environmentName(env.TILLSIDE_ENV, defaults.packaged);
  const base = env.TILLSIDE_DATA_DIR ?? defaults.dataDir;
  const training = env.TILLSIDE_TRAINING === '1';
  return {
    name,
    dataDir: base,
    locationsFile: env.TILLSIDE_LOCATIONS ?? defaults.bundledLocations,
    location: env.TILLSIDE_LOCATION ?? null,
    training,
    headless: env.TILLSIDE_HEADLESS === '1',
    relayPort: portNumber(env.TILLSIDE_RELAY_PORT),
    relayBind: env.TILLSIDE_RELAY_BIND ?? '127.0.0.1',
    logLevel: env.LOG_LEVEL ?? (env.DEBUG === 'true' ? 'debug' : 'info'),
    variables: name === 'production' ? {} : env,
  };
}

/** Each environment keeps its data apart. */
export function dataFolder(environment: AppEnvironment, training: boolean): string {
  return join(environment.dataDir, training ? 'training' : environment.name);
}

function environmentName(value: string | undefined, packaged: boolean): EnvironmentName {
  if (value === undefined || value === '') return packaged ? 'production' : 'development';
  if (value === 'production' || value === 'staging' || value === 'development') return value;
  throw new Error(`TILLSIDE_ENV is “${value}”. Use production, staging or development.`);
}

function portNumber(value: string | undefined): number {
  if (value === undefined || value === '') return RELAY_PORT;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`TILLSIDE_RELAY_PORT is “${value}”. Use a number from 0 to 65535.`);
}
