import { describe, expect, it, onTestFinished } from 'vitest';
import { indexMenu } from '../../../main/core/menu';
import { parseOnlineOrder } from '../../../main/core/online-order';
import { createLoyverseProvider } from '../../../main/pos/loyverse/provider';
import { trainingLocation } from '../../../main/training/location';
import { generateOrder, seededRandom } from '../../../main/training/order-generator';
import { startSandbox } from '../../../main/training/sandbox';
import { TRAINING_MENU } from '../../../main/training/training-menu';
import { collectMenu, memoryLog, saleOrder } from '../../support/loyverse/fixtures';

const ORDERS = process.env.TILLSIDE_LONG ? 1_000 : 50;

describe('practice', () => {
  it('has a till that is in order, and that books every order of its website at the website’s total', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const { url: sandboxUrl, storeId } = sandbox;
    const location = trainingLocation({
      sandboxUrl,
      storeId,
      pollUrl: 'http://127.0.0.1/orders',
      statusUrl: 'http://127.0.0.1/status',
    });
    const [till] = location.tills;
    if (till === undefined) throw new Error('The training location has no till.');
    const log = memoryLog();
    const provider = createLoyverseProvider({
      till,
      location,
      secret: async () => sandbox.token,
      log,
      now: Date.now,
    });
    expect(await provider.check()).toMatchObject({
      status: 'ok',
      account: 'Training Sushi',
      store: 'Ariapita',
    });

    const index = indexMenu((await collectMenu(provider.readMenu())).menu);
    const random = seededRandom(11);
    for (let number = 1; number <= ORDERS; number += 1) {
      const input = generateOrder(random, TRAINING_MENU, { now: Date.now(), number });
      const parsed = parseOnlineOrder(input, {
        currency: location.currency,
        tables: location.orderingTables,
      });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const sale = await provider.createSale(saleOrder(parsed.order, { reference: input.id }), index);
      expect(sale.total, JSON.stringify(input)).toBe(input.total);
    }
    expect(sandbox.receipts()).toHaveLength(ORDERS);
    expect(log.lines).toEqual([]);
  });
});
