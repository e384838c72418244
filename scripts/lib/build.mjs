/** Builds with electron-vite, but only when something that goes into the build changed since the last time. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot, packageScript, ROOT } from './paths.mjs';
import { run, step } from './run.mjs';

const FOLDERS = ['main', 'preload', 'renderer', 'data', 'assets'];
const FILES = /^(electron\.vite\.config\..+|tsconfig\.json|package\.json|package-lock\.json)$/;
const STAMP = inRoot('out', '.build-stamp');

export function buildCurrent() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint();
}

export async function ensureBuilt() {
  if (buildCurrent()) return;
  // Taken before the build: a file saved while it runs makes the next start build again.
  const built = fingerprint();
  await step('Building the app (a few seconds)', 'Mend what is named above, then run this again.', () =>
    run(process.execPath, [packageScript('electron-vite', 'bin', 'electron-vite.js'), 'build'], {
      capture: true,
    }),
  );
  await writeFile(STAMP, built);
}

/** Names and contents, not times: a branch switched back and forth, or a fresh clone with a copied `out/`, stays built. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of sources()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRoot(file)))
      .update('\0');
  }
  return `${hash.digest('hex')}\n`;
}

function sources() {
  const files = readdirSync(ROOT).filter((name) => FILES.test(name));
  return [...files, ...FOLDERS.flatMap((folder) => filesUnder(folder))].sort();
}

function filesUnder(path) {
  const stats = statSync(inRoot(path), { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(inRoot(path)).flatMap((name) => filesUnder(join(path, name)));
}
