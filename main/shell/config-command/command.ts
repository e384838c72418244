import type { Arguments, OptionKinds } from './arguments';

/** `0` fine, `1` problems were found, `2` it was called wrongly or a file cannot be read. */
export type ExitCode = 0 | 1 | 2;

/** What a command works with instead of the process. */
export interface ConfigIo {
  /** One line of the result, without its line break. */
  out(line: string): void;
  /** One line about what went wrong. */
  err(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative paths start from. */
  readonly cwd: string;
  /** The restaurants' file that comes with the app. */
  readonly bundledLocations: string;
  readonly packaged: boolean;
  /** The app's data folder; default: where Electron keeps it for this person. */
  readonly dataDir?: string;
}

export interface ConfigCommand {
  readonly name: string;
  /** What stands behind the name: `[FILE] [--strict]`. */
  readonly usage: string;
  /** One line of the help. */
  readonly help: string;
  readonly options: OptionKinds;
  /** How many arguments that are no options it takes at most. */
  readonly most: number;
  /** @throws {CannotGoOn} */
  run(args: Arguments, io: ConfigIo): Promise<ExitCode>;
}

/** A file cannot be read or written, or there is no such restaurant: said in words, and the exit code is 2. */
export class CannotGoOn extends Error {
  override readonly name: string = 'CannotGoOn';
}

/** It was called wrongly: likewise, with how to call it. */
export class UsageError extends CannotGoOn {
  override readonly name = 'UsageError';
}
