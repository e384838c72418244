/** The whole set-up, in order: Node, system libraries, npm packages, Electron, and the build where it is needed. */
import { buildCurrent, ensureBuilt } from './build.mjs';
import { ensureSystemPackages, systemPackagesCurrent } from './debian.mjs';
import { ensureElectron, findElectron } from './electron.mjs';
import { withLock } from './lock.mjs';
import { checkNode } from './node-version.mjs';
import { ensureNpmPackages, npmPackagesCurrent } from './npm-packages.mjs';
import { ROOT } from './paths.mjs';

/** Leaves everything in place to run the app and its tests; resolves with the Electron binary to use. */
export async function setUp() {
  checkNode();
  const electron = findElectron();
  if (electron && npmPackagesCurrent() && systemPackagesCurrent()) return electron;
  return withLock(ROOT, async () => {
    await ensureSystemPackages();
    await ensureNpmPackages();
    return ensureElectron();
  });
}

/** Set-up, then a build of the sources as they are now. */
export async function setUpAndBuild() {
  const electron = await setUp();
  if (!buildCurrent()) await withLock(ROOT, ensureBuilt);
  return electron;
}
