/** `npm run sandbox`: the Loyverse-compatible till of the training mode, alone, for developers and head office. */
import { runForeground } from './lib/foreground.mjs';
import { inRoot } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { setUpAndBuild } from './lib/setup.mjs';

await main(async (args) => {
  await setUpAndBuild();
  return runForeground(process.execPath, [inRoot('out', 'main', 'sandbox.js'), ...args]);
});
