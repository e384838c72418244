import { type SandboxOptions, startSandbox } from '../../main/training/sandbox';
import type { SandboxSwitches } from '../../main/training/switches';
import { sandboxTill } from './sandbox-till';
import { describeTill } from './till-contract';

const MINUTE = 60_000;
/** As many late commits and answers of 429 as the whole suite can meet. */
const NOW_AND_THEN = 0.2;

/**
 * What nobody knows of Loyverse, each way that it may be; and what goes wrong on the way there. The connector must keep
 * its promises under all of them.
 */
const WORLDS: readonly (readonly [string, Partial<SandboxSwitches>, SandboxOptions?])[] = [
  ['as it most likely is', {}],
  ['late-commit', { lose: NOW_AND_THEN }],
  ['list-lag', { listLagMs: 60, lose: NOW_AND_THEN }],
  ['money-amount-mismatch: refuse', { moneyAmountMismatch: 'refuse' }],
  ['order-filter: prefix', { orderFilter: 'prefix' }],
  ['order-filter: ignored', { orderFilter: 'ignored' }],
  ['auto-tax', { autoTax: true }],
  ['stores-partial: replace', { storesPartial: 'replace' }],
  ['5xx before and after', { serverErrorBeforeChance: NOW_AND_THEN, serverErrorAfterChance: NOW_AND_THEN }],
  ['429 now and then', { tooManyChance: NOW_AND_THEN }],
  ['history-limit', { historyLimit: 31 }],
  ['a clock ten minutes ahead of ours', { clockOffsetMs: 10 * MINUTE }],
  ['a clock ten minutes behind ours', { clockOffsetMs: -10 * MINUTE }],
  ['unknown fields ignored', {}, { strict: false }],
];

for (const [name, switches, options] of WORLDS) {
  describeTill(`Loyverse’s sandbox, ${name}`, async () => {
    const sandbox = await startSandbox({ seed: 7, extras: true, ...options });
    Object.assign(sandbox.switches, switches);
    return { ...sandboxTill(sandbox, [30, 60]), close: () => sandbox.close() };
  });
}
