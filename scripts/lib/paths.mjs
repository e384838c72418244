/** Where things are: the repository, and the cache that survives `npm ci` and can be shared between clones. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Git-ignored. `TILLSIDE_CACHE_DIR` lets several clones share one download of Electron. */
export const CACHE_DIR = process.env.TILLSIDE_CACHE_DIR
  ? resolve(process.env.TILLSIDE_CACHE_DIR)
  : join(ROOT, '.cache');

/** A path inside the repository. */
export function inRoot(...parts) {
  return join(ROOT, ...parts);
}

/** The script behind a package's command: started with this very Node, without a shell and without `npx`. */
export function packageScript(name, ...parts) {
  return inRoot('node_modules', name, ...parts);
}
