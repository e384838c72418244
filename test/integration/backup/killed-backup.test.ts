import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readBackup } from '../../../main/backup/archive-reader';
import { makeRecoveryKey } from '../../../main/backup/recovery-key';
import { tempFolder } from '../../support/temp-folder';

it.each<[string, (child: ChildProcess, folder: string) => Promise<void>]>([
  ['while it writes', firstBytesOfSecond],
  ['before it is checked', (child) => said(child, 'checking')],
])('a backup that is killed %s never has its name, and the older one stays', async (_, moment) => {
  const root = tempFolder();
  const folder = join(root, 'stick');
  mkdirSync(folder);
  const { identity, recipient } = await makeRecoveryKey();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', require.resolve('./endless-backup.ts'), folder, recipient],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(child, 'exit');
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await moment(child, folder);
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);

  expect(readdirSync(folder)).toEqual(['first.age', 'second.age.new']);
  const into = join(root, 'unpacked');
  mkdirSync(into);
  const read = await readBackup({
    file: join(folder, 'first.age'),
    key: { kind: 'identity', identity },
    into,
  });
  expect(read.ok).toBe(true);
});

function said(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve) => {
    child.stdout?.on('data', (text: Buffer) => {
      if (text.includes(word)) resolve();
    });
  });
}

function firstBytesOfSecond(_: ChildProcess, folder: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (_event, name) => {
      if (name === 'second.age.new') resolve();
    });
    onTestFinished(() => watcher.close());
  });
}
