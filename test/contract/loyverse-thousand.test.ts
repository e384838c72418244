import { expect, it, onTestFinished } from 'vitest';
import { BudgetSeats } from '../../main/pos/loyverse/budget-seats';
import { createLoyverseProvider } from '../../main/pos/loyverse/provider';
import { startSandbox } from '../../main/training/sandbox';
import { line, orderOf, saleOrder, tillAt } from '../support/loyverse/fixtures';
import { HASTY } from '../support/loyverse/hasty';
import { SILENT } from '../support/till';
import { type ContractTill, readMenu, sell } from './contract-till';

const ORDERS = 1_000;
const AT_ONCE = 8;

it('a thousand orders through a till that loses, refuses and fails now and then are a thousand sales', {
  timeout: 120_000,
}, async () => {
  const sandbox = await startSandbox({ seed: 11 });
  onTestFinished(() => sandbox.close());
  const seats = new BudgetSeats({ random: () => 0, limits: HASTY });
  const till: ContractTill = {
    provider: createLoyverseProvider({
      till: tillAt(sandbox.url, { storeId: sandbox.storeId }),
      location: { id: 'CONTRACT', currency: 'TTD', timezone: 'America/Port_of_Spain' },
      secret: async () => sandbox.token,
      log: SILENT,
      now: Date.now,
      budget: seats.seat(sandbox.url, sandbox.storeId),
    }),
    currency: 'TTD',
    looksAfterMs: [5, 15],
    booksCharges: true,
  };
  const { index } = await readMenu(till);
  Object.assign(sandbox.switches, {
    lose: 0.1,
    tooManyChance: 0.05,
    serverErrorBeforeChance: 0.025,
    serverErrorAfterChance: 0.025,
  });
  const numbers = Array.from({ length: ORDERS }, (_, number) => number);
  const totals = new Map<string, number>();
  const worker = async (): Promise<void> => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) {
      const two = line({
        sku: 'ROLL-SPICY-TUNA',
        name: 'Spicy tuna roll',
        quantity: 2,
        unit_price: 4_500 + number,
      });
      const now = Date.now();
      const reference = `K-${number}`;
      const order = saleOrder(orderOf([two]), { reference, receivedAt: now, firstAttemptAt: now });
      const sale = await sell(till, order, index);
      totals.set(reference, sale.total);
      expect(sale.total).toBe(order.document.total);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  const receipts = sandbox.receipts();
  expect(receipts).toHaveLength(ORDERS);
  expect(new Set(receipts.map(({ order }) => order)).size).toBe(ORDERS);
  for (const { order, total_money } of receipts)
    expect(totals.get(order ?? '')).toBe(Math.round(total_money * 100));
  // The world was as bad as it says.
  const answers = sandbox.requests().map(({ status }) => status);
  for (const status of [0, 429, 500]) expect(answers).toContain(status);
});
