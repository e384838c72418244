/** `npm run demo`: drives the real app through a whole service and leaves pictures and a summary. */
import { main } from './lib/run.mjs';
import { runSessionScript } from './lib/session-script.mjs';

await main((args) => runSessionScript('test/demo/demo.ts', args));
