/** Prints the path of the Electron binary in use, and nothing else, on stdout; does the set-up when it is missing. */
import { findElectron } from './lib/electron.mjs';
import { main } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  const { path } = findElectron() ?? (await setUp());
  process.stdout.write(`${path}\n`);
});
