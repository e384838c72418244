import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../main/training/sandbox';
import { connect } from '../../support/loyverse/account';
import { line, orderOf, saleOrder, tillAt } from '../../support/loyverse/fixtures';
import { readIndex } from '../../support/loyverse/sandbox-account';

/** Two computers with tokens of their own at two stores of one account. */
async function openInstalls() {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const [first, second] = sandbox.account.stores.all();
  const install = (storeId: string | undefined, token: string) =>
    connect(sandbox.url, { till: tillAt(sandbox.url, { storeId }), secret: async () => token });
  const one = install(first?.id, sandbox.token);
  const other = install(second?.id, sandbox.addToken());
  return { sandbox, one, other, menu: await readIndex(one) };
}

function rolls(reference: string) {
  const roll = line({ sku: 'ROLL-DRAGON', name: 'Dragon roll', quantity: 1, unit_price: 8_800 });
  const now = Date.now();
  return saleOrder(orderOf([roll]), { reference, receivedAt: now, firstAttemptAt: now });
}

describe('two installs of one account', () => {
  it.each(['exact', 'prefix', 'ignored'] as const)(
    'find their own sales and nobody else’s, though the till compares texts %s',
    async (orderFilter) => {
      const { sandbox, one, other, menu } = await openInstalls();
      sandbox.switches.orderFilter = orderFilter;
      const order = rolls('10042-AAAAAAAA');
      const sale = await one.provider.createSale(order, menu);
      expect(await one.provider.findSale(order)).toMatchObject({ number: sale.number });
      expect(await other.provider.findSale(order)).toBeUndefined();
      const theirs = await other.provider.createSale(order, menu);
      expect(theirs.number).not.toBe(sale.number);
      expect(await other.provider.findSale(order)).toMatchObject({ number: theirs.number });
      expect((await one.provider.findSale(order))?.doubles ?? []).toEqual([]);
    },
  );

  it('that sold the same order at one store say so, with both receipts', async () => {
    const { one, menu } = await openInstalls();
    const order = rolls('10043-BBBBBBBB');
    const first = await one.provider.createSale(order, menu);
    const second = await one.provider.createSale(order, menu);
    expect(await one.provider.findSale(order)).toMatchObject({
      number: first.number,
      total: first.total,
      doubles: [second.number],
    });
  });
});

it('a sale is one request once the payment types and the clock are known', async () => {
  const { sandbox, one, menu } = await openInstalls();
  await one.provider.createSale(rolls('1-A'), menu);
  const before = sandbox.requests().length;
  for (const reference of ['2-A', '3-A', '4-A']) await one.provider.createSale(rolls(reference), menu);
  const asked = sandbox.requests().slice(before);
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(3).fill('POST /receipts'));
});
