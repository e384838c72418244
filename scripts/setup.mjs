/** `npm run setup`: everything that `npm start` and `npm test` do first, and nothing more. */
import { main, seconds } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  const started = performance.now();
  const electron = await setUp();
  console.log(
    `Ready (${seconds(started)}): Node ${process.versions.node}, Electron ${electron.version} (${electron.kind}).`,
  );
});
