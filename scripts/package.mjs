/**
 * `npm run package`: set-up, build, and a packaged app in `dist/`. With the fallback runtime, electron-builder gets a
 * copy of it without the default app, which would be started in place of ours.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runForeground } from './lib/foreground.mjs';
import { CACHE_DIR, packageScript } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { setUpAndBuild } from './lib/setup.mjs';

await main(async (args) => {
  const electron = await setUpAndBuild();
  const target = args.length > 0 ? args : ['--dir'];
  const build = (...overrides) =>
    runForeground(process.execPath, [packageScript('electron-builder', 'cli.js'), ...target, ...overrides]);

  if (electron.kind === 'official') return build();
  const folder = await mkdtemp(join(CACHE_DIR, 'runtime-'));
  try {
    const defaultApp = join(electron.dist, 'resources', 'app');
    await cp(electron.dist, folder, {
      recursive: true,
      filter: (source) => source !== defaultApp && source !== join(electron.dist, 'version'),
    });
    return await build(`-c.electronDist=${folder}`, `-c.electronVersion=${electron.version}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
