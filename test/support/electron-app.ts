import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { AppLog } from './app-log';

const ROOT = resolve(__dirname, '../..');

/** The switches that a container as root needs; a restaurant's computer runs without them. */
export const ELECTRON_ARGS: readonly string[] = ['--no-sandbox', '--disable-gpu', ROOT];

let binary: string | undefined;

export function electronPath(): string {
  binary ??= execFileSync('node', [resolve(ROOT, 'scripts/electron-path.mjs')], { encoding: 'utf8' }).trim();
  return binary;
}

/** The real app in a real window, driven from outside. */
export interface ShownApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly log: AppLog;
  relayUrl(): Promise<string>;
  close(): Promise<void>;
}

export async function showApp(env: Record<string, string>): Promise<ShownApp> {
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [...ELECTRON_ARGS],
    env,
    cwd: ROOT,
  });
  const { stdout } = app.process();
  if (stdout === null) throw new Error('The app has no stdout.');
  const log = new AppLog(stdout);
  const page = await app.firstWindow();
  return { app, page, log, relayUrl: () => relayUrl(log), close: () => app.close() };
}

/** The real app, to be killed. */
export interface RunningApp {
  readonly process: ChildProcess;
  readonly log: AppLog;
  /** It has ended, by whatever cause. */
  readonly ended: Promise<unknown>;
  relayUrl(): Promise<string>;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Asked to end, and waited for. */
  stop(): Promise<void>;
}

export function runApp(env: Record<string, string>): RunningApp {
  const child = spawn(electronPath(), [...ELECTRON_ARGS], {
    env,
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const log = new AppLog(child.stdout);
  const gone = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  return {
    process: child,
    log,
    ended: gone,
    relayUrl: () => relayUrl(log),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function relayUrl(log: AppLog): Promise<string> {
  return String((await log.waitFor('relay_listening')).url);
}
