import { type BudgetSeat, BudgetSeats } from '../../../main/pos/loyverse/budget-seats';
import { PATIENT } from '../../../main/pos/loyverse/patience';
import { createLoyverseProvider, type LoyverseOptions } from '../../../main/pos/loyverse/provider';
import type { PosProvider } from '../../../main/pos/provider';
import categories from './categories.json';
import { memoryLog, tillAt } from './fixtures';
import items from './items.json';
import modifiers from './modifiers.json';
import paymentTypes from './payment-types.json';
import receipts from './receipts.json';
import type { Lists } from './scripted-till';
import taxes from './taxes.json';

/** Obviously not a real one, and made at run time. */
export const TOKEN = `obviously-fake-${'0a'.repeat(10)}`;

/** The recorded account. */
export const ACCOUNT: Lists = {
  '/merchant/': {
    id: '00000010-6b1e-4c52-9d3a-0f5e7a1c2d40',
    business_name: 'Example Sushi',
    currency: { code: 'TTD', decimal_places: 2 },
  },
  '/stores': {
    stores: [
      { id: '00000021-6b1e-4c52-9d3a-0f5e7a1c2d40', name: 'Ariapita' },
      { id: '00000022-6b1e-4c52-9d3a-0f5e7a1c2d40', name: 'Mucurapo' },
    ],
  },
  '/payment_types': paymentTypes,
  '/taxes': taxes,
  '/modifiers': modifiers,
  '/categories': categories,
  '/items': items,
  '/receipts': receipts,
};

export interface Connected {
  readonly provider: PosProvider;
  readonly log: ReturnType<typeof memoryLog>;
}

/** Holds nothing back, whatever the till complains about. */
export function freeSeat(): BudgetSeat {
  const seat = new BudgetSeats().seat('', '');
  return { ...seat, admit: async () => ({ kind: 'go', at: 0 }), complained: () => undefined };
}

/** The connector as the app builds it, with short time limits. */
export function connect(apiUrl: string, changes: Partial<LoyverseOptions> = {}): Connected {
  const log = memoryLog();
  const provider = createLoyverseProvider({
    till: tillAt(apiUrl),
    location: { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' },
    secret: async () => TOKEN,
    log,
    now: Date.now,
    timeouts: { readMs: 1_000, writeMs: 1_000, menuMs: 1_000 },
    budget: freeSeat(),
    patience: { ...PATIENT, longestMs: 0 },
    ...changes,
  });
  return { provider, log };
}
