import { BudgetSeats } from '../../main/pos/loyverse/budget-seats';
import { createLoyverseProvider } from '../../main/pos/loyverse/provider';
import type { Sandbox } from '../../main/training/sandbox';
import { tillAt } from '../support/loyverse/fixtures';
import { HASTY } from '../support/loyverse/hasty';
import { SILENT } from '../support/till';
import type { ContractTill } from './contract-till';

const SITE = 'Example Ordering';

/** A connector to a sandbox that has all the account's rules, a thousand times faster. */
export function sandboxTill(sandbox: Sandbox, looksAfterMs: readonly number[]): ContractTill {
  const { url, storeId } = sandbox;
  const seats = new BudgetSeats({ random: () => 0, limits: HASTY });
  return {
    provider: createLoyverseProvider({
      till: tillAt(url, { storeId, orderSources: [SITE] }),
      location: { id: 'CONTRACT', currency: 'TTD', timezone: 'America/Port_of_Spain' },
      secret: async () => sandbox.token,
      log: SILENT,
      now: Date.now,
      budget: seats.seat(url, storeId),
    }),
    currency: 'TTD',
    looksAfterMs,
    booksCharges: true,
    born: {
      make: () =>
        sandbox.ringUp({ source: SITE, lines: [{ sku: 'ROLL-DRAGON', quantity: 2 }] }).receipt_number,
      void: (number) => void sandbox.voidReceipt(number),
    },
  };
}
