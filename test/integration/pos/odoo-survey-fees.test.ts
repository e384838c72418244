import { expect, it, onTestFinished } from 'vitest';
import type { Till } from '../../../main/core/location';
import { surveyOdoo } from '../../../main/pos/odoo/survey';
import { odooTillAt } from '../../contract/odoo-till';
import { memoryLog } from '../../support/loyverse/fixtures';
import { startOdooModel } from '../../support/odoo/odoo-model';

async function survey(charges: Partial<Till['charges']>, products: readonly string[]) {
  const odoo = await startOdooModel({ version: '19' });
  onTestFinished(() => odoo.close());
  for (const name of products) odoo.create('product.template', { name, list_price: 0 });
  const till = odooTillAt({ ...odoo, currency: 'USD' });
  const found = await surveyOdoo({
    till: { ...till, charges: { discount: null, delivery: null, tip: null, ...charges } },
    location: { currency: 'USD', timezone: 'UTC' },
    secret: async () => odoo.key,
    log: memoryLog(),
    now: Date.now,
  });
  const choice = (field: string) => found.choices.find((one) => one.field === field);
  const label = (field: string) =>
    choice(field)?.options.find(({ id }) => id === choice(field)?.chosen)?.label ?? null;
  return { found, choice, label };
}

it('products without a price are offered for fees, the usual names chosen', async () => {
  const { found, choice, label } = await survey({}, ['Bag', 'Delivery', 'Tips']);
  expect([label('delivery_item'), label('tip_item')]).toEqual(['Delivery', 'Tips']);
  const names = choice('delivery_item')?.options.map((option) => option.label);
  expect(names).toEqual(expect.arrayContaining(['Bag', 'Delivery', 'Tips']));
  expect(names).not.toContain('Funghi');
  expect(found.checks.map(({ words }) => words).join(' ')).toContain('“Delivery” takes the money');
});

it('what somebody chose counts, and what is not there is nothing', async () => {
  const { label } = await survey({ delivery: 'bag', tip: 'Gone' }, ['Bag', 'Delivery', 'Tip']);
  expect([label('delivery_item'), label('tip_item')]).toEqual(['Bag', null]);
});
