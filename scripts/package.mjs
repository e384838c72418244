/**
 * `npm run package`: set-up, build, and a packaged app in `dist/`. With the fallback runtime, electron-builder gets a
 * copy of it without the default app, which would be started in place of ours.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runForeground } from './lib/foreground.mjs';
import { CACHE_DIR, inRoot, packageScript } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { setUpAndBuild } from './lib/setup.mjs';

/** Switches that the fallback runtime is too old to have; setting one would stop the packaging. */
const NEWER_FUSES = ['grantFileProtocolExtraPrivileges'];

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
    const config = `${folder}.yml`;
    await writeFile(config, await configWithoutNewerFuses());
    return await build(
      '--config',
      config,
      `-c.electronDist=${folder}`,
      `-c.electronVersion=${electron.version}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.yml`, { force: true });
  }
});

async function configWithoutNewerFuses() {
  const lines = (await readFile(inRoot('electron-builder.yml'), 'utf8')).split('\n');
  return lines.filter((line) => !NEWER_FUSES.some((fuse) => line.trim().startsWith(`${fuse}:`))).join('\n');
}
