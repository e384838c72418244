/** `npm run bench`: measures the real app, each figure beside its floor. */
import { main } from './lib/run.mjs';
import { runSessionScript } from './lib/session-script.mjs';

await main((args) => runSessionScript('test/bench/bench.ts', args));
