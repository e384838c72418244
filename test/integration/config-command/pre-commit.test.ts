import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../support/temp-folder';

const SAMPLE = readFileSync('data/locations.yaml', 'utf8');
const DOCS = readFileSync('docs/configuration-checks.md', 'utf8');

/** Stands for the script of that name, which would first build the app: the same command line, from source. */
const CONFIG_SCRIPT = `
import { spawnSync } from 'node:child_process';
const args = ['--import', ${JSON.stringify(require.resolve('tsx'))}, ${JSON.stringify(resolve('main/shell/config-command/cli.ts'))}];
process.exitCode = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], { stdio: 'inherit' }).status;
`;

it('lets no file with mistakes be committed by the documented hook, and looks at what is staged', () => {
  const hook = /```sh\n(#!\/bin\/sh\n[\s\S]*?)```/.exec(DOCS)?.[1] ?? '';
  const cwd = tempFolder();
  const env = { PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...args: string[]) => spawnSync('git', args, { cwd, env, encoding: 'utf8' });
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@tillside.example'];
  const commit = () => git(...identity, 'commit', '--quiet', '--message', 'A change');
  const write = (text: string) => writeFileSync(join(cwd, 'data/locations.yaml'), text);
  execFileSync('git', ['init', '--quiet'], { cwd, env });
  mkdirSync(join(cwd, 'data'));
  mkdirSync(join(cwd, 'scripts'));
  writeFileSync(join(cwd, 'scripts/config.mjs'), CONFIG_SCRIPT);
  writeFileSync(join(cwd, '.git/hooks/pre-commit'), hook, { mode: 0o755 });

  write(SAMPLE.replace('mode: Auto', 'mode: Often'));
  git('add', '.');
  // Mended in the folder, but not staged.
  write(SAMPLE);
  const refused = commit();
  expect(refused.status).not.toBe(0);
  expect(refused.stdout + refused.stderr).toMatch(/^data\/locations\.yaml:\d+:\d+ error locations\[0\]/m);

  git('add', '.');
  const taken = commit();
  expect(taken.stderr).toContain('data/locations.yaml: 4 restaurants, 0 errors');
  expect(taken.status).toBe(0);
  // A commit without the file asks nothing.
  writeFileSync(join(cwd, 'notes.txt'), 'x');
  git('add', '.');
  expect(commit()).toMatchObject({ status: 0, stdout: '', stderr: '' });
});
