import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { ELECTRON_ARGS, electronPath } from '../support/electron-app';

const ROOT = resolve(__dirname, '../..');

interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
}

/** The app itself, called with head office's words. */
function run(...words: string[]): Promise<Ended> {
  return new Promise((done) => {
    execFile(electronPath(), [...ELECTRON_ARGS, 'config', ...words], { cwd: ROOT }, (error, stdout) =>
      done({ code: error === null ? 0 : (error.code ?? null), stdout }),
    );
  });
}

test('the app takes head office’s commands, without a window and with exit codes', async () => {
  const good = await run('validate', 'data/locations.yaml', '--json');
  expect(good.code).toBe(0);
  expect(good.stdout).toContain('LOYVERSE_WEBHOOK_SECRET');
  expect((await run('validate', 'data/training-menu.json')).code).toBe(1);
  expect((await run('validate', 'not-there.yaml')).code).toBe(2);
});
