/**
 * Keeps node_modules equal to package-lock.json. A stamp inside node_modules says for which lock file it was made, so
 * that the check costs one small read; an `npm install` done by hand is recognised and not done over.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { inRoot } from './paths.mjs';
import { npm, step } from './run.mjs';

const LOCK = inRoot('package-lock.json');
const STAMP = inRoot('node_modules', '.tillside-lock');
/** npm's own note of what it installed. */
const INSTALLED = inRoot('node_modules', '.package-lock.json');

/** Neither browsers nor Electron are fetched by install scripts (an old npm would run them): Electron has its own step. */
const ENV = { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };

export function npmPackagesCurrent() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();
}

export async function ensureNpmPackages() {
  if (npmPackagesCurrent()) return;
  if (!installedByHand()) {
    await step(
      'Installing the npm packages (about half a minute)',
      'Check that npm reaches its registry (npm ping), then run this again.',
      () =>
        npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
          capture: true,
          env: ENV,
        }),
    );
  }
  await writeFile(STAMP, fingerprint());
}

function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(LOCK));
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** True when npm's note agrees with the lock file, package by package. */
function installedByHand() {
  if (!existsSync(INSTALLED)) return false;
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  const present = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  return Object.entries(wanted)
    .filter(([path]) => path !== '')
    .every(([path, { version, optional }]) => (present[path] ? present[path].version === version : optional));
}
