import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { tempFolder } from '../temp-folder';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../../..');
const CHILD = [process.execPath, '--import', 'tsx', require.resolve('./ask-vault.ts')];

export interface KeychainSession {
  /** Asks in a new session whose keychain was opened with its password. */
  open(...questions: readonly string[]): Promise<unknown[]>;
  /** Asks in a new session whose keychain nobody has opened, and where no prompt can be shown. */
  locked(...questions: readonly string[]): Promise<unknown[]>;
  /** Asks in a session without any keychain. */
  absent(...questions: readonly string[]): Promise<unknown[]>;
}

/** Keychains of our own, kept in a folder that is gone after the test. */
export function keychainSession(): KeychainSession {
  const data = tempFolder();
  const runtime = join(data, 'runtime');
  mkdirSync(runtime, { mode: 0o700 });
  const env = {
    PATH: process.env.PATH,
    HOME: data,
    XDG_DATA_HOME: data,
    XDG_RUNTIME_DIR: runtime,
    NODE_NO_WARNINGS: '1',
  };
  const ask = async (command: readonly string[], questions: readonly string[]): Promise<unknown[]> => {
    const [program = '', ...args] = [...command, ...CHILD, 'test', ...questions];
    const { stdout } = await run(program, args, { cwd: ROOT, env });
    const answers = stdout.split('\n').filter((line) => line.startsWith('{'));
    return answers.map((line): unknown => JSON.parse(line));
  };
  const unlock = 'printf "a password\\n" | gnome-keyring-daemon --unlock --components=secrets; exec "$@"';
  return {
    open: (...questions) => ask(['dbus-run-session', '--', 'bash', '-c', unlock, '_'], questions),
    // The bus starts the keychain by itself when it is asked, and then it is locked.
    locked: (...questions) => ask(['dbus-run-session', '--'], questions),
    absent: (...questions) => ask(['env', 'DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere'], questions),
  };
}
