import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { computedTotal, type OnlineOrder } from '../../../main/core/online-order';
import { receiptTotal } from '../../../main/pos/loyverse/totals';
import type { SaleOrder } from '../../../main/pos/provider';
import { startSandbox } from '../../../main/training/sandbox';
import { connect } from '../../support/loyverse/account';
import { orderOf, saleOrder, tillAt } from '../../support/loyverse/fixtures';
import { orderFrom, readIndex } from '../../support/loyverse/sandbox-account';

const RUNS = process.env.TILLSIDE_LONG ? 2_000 : 100;

/** An account whose taxes are of both kinds, several on a dish, some dishes untaxed. */
async function openTaxed() {
  const sandbox = await startSandbox({ extras: true });
  onTestFinished(() => sandbox.close());
  const { taxes, items } = sandbox.account;
  const [vat] = taxes.all();
  if (vat === undefined) throw new Error('The training account charges VAT.');
  const service = { ...vat, id: 'service', name: 'Service', type: 'ADDED' as const, rate: 10 };
  const levy = { ...vat, id: 'levy', name: 'Levy', type: 'ADDED' as const, rate: 0.75 };
  for (const tax of [service, levy]) taxes.put(tax);
  const mixes = [[vat.id], [vat.id, 'service'], ['service', 'levy'], []];
  for (const [place, item] of items.all().entries()) {
    items.put({ ...item, tax_ids: mixes[place % mixes.length] ?? [] });
  }
  const till = tillAt(sandbox.url, { storeId: sandbox.storeId });
  const connected = connect(sandbox.url, { till, secret: async () => sandbox.token });
  return { sandbox, connected, ...connected, menu: await readIndex(connected) };
}

/** With everything that a website may put on it. */
function withCharges(order: OnlineOrder, discount: number, fee: number, tip: number): OnlineOrder {
  const delivery = { address: '5 Example Street', latlon: null, fee, instructions: '' };
  const lines = computedTotal({ ...order, discount: 0, tip: 0, delivery: null });
  const changed = {
    ...order,
    service: 'delivery' as const,
    delivery,
    tip,
    discount: Math.min(discount, lines),
  };
  return orderOf(order.lines, changed);
}

describe('what we compute that the till will make of an order', () => {
  it.each([
    ['as it most likely is', {}],
    ['with taxes applied by itself', { autoTax: true }],
    ['with amounts of payment checked', { moneyAmountMismatch: 'refuse' }],
    [
      'with taxes applied by itself and amounts of payment checked',
      { autoTax: true, moneyAmountMismatch: 'refuse' },
    ],
  ] as const)('is what it makes of it, to the cent: %s', { timeout: 120_000 }, async (_, switches) => {
    const { sandbox, provider, menu, log } = await openTaxed();
    Object.assign(sandbox.switches, switches);
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        orderFrom(menu.menu),
        fc.nat(60_000),
        fc.nat(9_999),
        fc.nat(9_999),
        async (plain, discount, fee, tip) => {
          number += 1;
          const document = withCharges(plain, discount, fee, tip);
          const order: SaleOrder = saleOrder(document, { reference: `T-${number}`, receivedAt: Date.now() });
          const sale = await provider.createSale(order, menu);
          // Where the till's own taxes come on top, the sale says what we expected; else it is the order's total.
          expect(sale.expected ?? document.total).toBe(sale.total);
          expect(sandbox.receipts().at(-1)).toMatchObject({
            total_discount: document.discount / 100,
            payments: [{ money_amount: sale.total / 100 }],
          });
        },
      ),
      { seed: 5, numRuns: RUNS },
    );
    expect(number).toBe(RUNS);
    const differences = log.lines.filter((line) => line.includes('sale_total_differs'));
    // The orders' websites counted no added tax, so that many differ; the test would prove little otherwise.
    expect(differences.length).toBeGreaterThan(RUNS / 4);
  });

  it('is the order’s own total wherever the till adds no taxes', async () => {
    const { sandbox, connected, provider, menu } = await openTaxed();
    const { taxes } = sandbox.account;
    for (const { id } of taxes.all().filter(({ type }) => type === 'ADDED')) taxes.remove(id);
    const untaxed = await readIndex(connected);
    expect(untaxed.menu.taxes.map(({ kind }) => kind)).toEqual(['included']);
    let number = 0;
    await fc.assert(
      fc.asyncProperty(orderFrom(menu.menu), fc.nat(60_000), async (plain, discount) => {
        number += 1;
        const document = withCharges(plain, discount, 1_500, 500);
        const order = saleOrder(document, { reference: `U-${number}`, receivedAt: Date.now() });
        expect(await provider.createSale(order, untaxed)).toMatchObject({ total: document.total });
      }),
      { seed: 6, numRuns: RUNS / 2 },
    );
  });

  it('shares a discount out without losing or finding a coin, and takes off no more than there is', () => {
    const lines = fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 9 }),
        each: fc.nat(9_999),
        addedRates: fc.constant([]),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(lines, fc.nat(100_000), (priced, discount) => {
        const gross = receiptTotal(priced, 0);
        expect(receiptTotal(priced, discount)).toBe(Math.max(0, gross - discount));
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
