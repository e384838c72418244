/** `npm run config -- …`: checks, explains and changes the restaurants' configuration, for head office and CI systems. */
import { runForeground } from './lib/foreground.mjs';
import { inRoot } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { setUpAndBuild } from './lib/setup.mjs';

/** npm runs scripts in the project's folder; paths are meant from where the person stands. */
function calledFrom() {
  const { npm_lifecycle_event: event, INIT_CWD: folder } = process.env;
  return event === 'config' && folder ? folder : process.cwd();
}

await main(async (args) => {
  await setUpAndBuild();
  return runForeground(process.execPath, [inRoot('out', 'main', 'config.js'), ...args], {
    cwd: calledFrom(),
  });
});
