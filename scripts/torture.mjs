/** `npm run torture`: the real app against a hostile world with a seed; prints what was done to it and what held. */
import { main } from './lib/run.mjs';
import { runSessionScript } from './lib/session-script.mjs';

await main((args) => runSessionScript('test/torture/torture.ts', args));
