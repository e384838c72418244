import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../main/training/sandbox';
import { line, orderOf, saleOrder } from '../support/loyverse/fixtures';
import { readMenu, sell } from './contract-till';
import { sandboxTill } from './sandbox-till';

const ORDERS = 1_000;
const AT_ONCE = 8;

it('a thousand orders through a till that loses, refuses and fails now and then are a thousand sales', {
  timeout: 120_000,
}, async () => {
  const sandbox = await startSandbox({ seed: 11 });
  onTestFinished(() => sandbox.close());
  const till = sandboxTill(sandbox, [5, 15]);
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
