import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ELECTRON_ARGS, electronPath } from '../support/electron-app';

/** An Electron window with nothing in it, of the same binary and with the same switches as the app. */
export interface BareWindow {
  readonly pid: number;
  /** Resolves when its page can be shown. */
  readonly ready: Promise<void>;
  /** Asked to end, and waited for. */
  stop(): Promise<void>;
}

/** A bare window that can be shown, for as long as `work` takes. @param profile the folder of its profile. */
export async function withBareWindow<T>(
  profile: string,
  work: (window: BareWindow) => Promise<T>,
): Promise<T> {
  const window = startBareWindow(profile);
  try {
    await window.ready;
    return await work(window);
  } finally {
    await window.stop();
  }
}

function startBareWindow(profile: string): BareWindow {
  const switches = ELECTRON_ARGS.filter((argument) => argument.startsWith('--'));
  const child = spawn(electronPath(), [...switches, join(__dirname, 'bare-window')], {
    env: { ...process.env, BARE_WINDOW_DATA: profile },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (child.pid === undefined) throw new Error('The bare window did not start.');
  const gone = once(child, 'exit');
  return {
    pid: child.pid,
    ready: new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line === 'ready-to-show') resolve();
      });
      child.once('exit', (code) =>
        reject(new Error(`The bare window ended with ${code} before it was ready.`)),
      );
    }),
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
