import { BudgetSeats } from '../../main/pos/loyverse/budget-seats';
import { createLoyverseProvider } from '../../main/pos/loyverse/provider';
import { type SandboxOptions, startSandbox } from '../../main/training/sandbox';
import type { SandboxSwitches } from '../../main/training/switches';
import { tillAt } from '../support/loyverse/fixtures';
import { HASTY } from '../support/loyverse/hasty';
import { SILENT } from '../support/till';
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
    const till = tillAt(sandbox.url, { storeId: sandbox.storeId });
    const seats = new BudgetSeats({ random: () => 0, limits: HASTY });
    return {
      provider: createLoyverseProvider({
        till,
        location: { id: 'CONTRACT', currency: 'TTD', timezone: 'America/Port_of_Spain' },
        secret: async () => sandbox.token,
        log: SILENT,
        now: Date.now,
        budget: seats.seat(sandbox.url, sandbox.storeId),
      }),
      currency: 'TTD',
      looksAfterMs: [30, 60],
      booksCharges: true,
      close: () => sandbox.close(),
    };
  });
}
