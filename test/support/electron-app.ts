import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
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
  const log = AppLog.ofFolder(logFolder(env));
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [...ELECTRON_ARGS],
    env,
    cwd: ROOT,
  });
  const page = await app.firstWindow();
  const close = async (): Promise<void> => {
    await app.close();
    log.stop();
  };
  return { app, page, log, relayUrl: () => relayUrl(log), close };
}

function logFolder(env: Record<string, string>): string {
  const environment = env.TILLSIDE_TRAINING === '1' ? 'training' : (env.TILLSIDE_ENV ?? 'development');
  return join(env.TILLSIDE_DATA_DIR ?? '', environment, 'logs');
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
  const log = AppLog.ofStream(child.stdout);
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
