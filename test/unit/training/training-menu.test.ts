import { describe, expect, it } from 'vitest';
import { trainingAccount } from '../../../main/training/training-account';
import { TRAINING_MENU } from '../../../main/training/training-menu';

const items = [...TRAINING_MENU.categories, TRAINING_MENU.extras.category].flatMap(
  (category) => category.items,
);
const variants = items.flatMap((item) => item.variants);

describe('the training menu', () => {
  it('is a restaurant’s: sixty dishes or more in ten categories', () => {
    expect(items.length).toBeGreaterThanOrEqual(60);
    expect(TRAINING_MENU.categories.length).toBeGreaterThanOrEqual(10);
  });

  it('has each dish and each SKU once', () => {
    expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
    expect(new Set(variants.map(({ sku }) => sku)).size).toBe(variants.length);
  });

  it('names variants that have siblings, and what they differ in', () => {
    for (const item of items) {
      const labels = item.variants.flatMap(({ label, label2 = '' }) => (label ? `${label} ${label2}` : []));
      expect(new Set(labels).size, item.name).toBe(item.variants.length === 1 ? 0 : item.variants.length);
      expect(item.option === undefined, item.name).toBe(item.variants.length === 1);
      const both = item.variants.filter(({ label2 }) => label2 !== undefined);
      expect(both, item.name).toHaveLength(item.option2 === undefined ? 0 : item.variants.length);
    }
  });

  it('offers only modifiers that there are, and their options have different names', () => {
    const names = TRAINING_MENU.modifiers.map(({ name }) => name);
    for (const item of items) {
      expect(names).toEqual(expect.arrayContaining(item.modifiers));
      const options = TRAINING_MENU.modifiers
        .filter(({ name }) => item.modifiers.includes(name))
        .flatMap((modifier) => modifier.options.map(({ name }) => name));
      expect(new Set(options).size, item.name).toBe(options.length);
    }
  });

  it('costs what such a place costs: TT$8 to TT$250', () => {
    for (const { sku, price } of variants) {
      if (price === null) continue;
      expect(price, sku).toBeGreaterThanOrEqual(800);
      expect(price, sku).toBeLessThanOrEqual(25_000);
    }
  });

  it('has the dish of the documentation', () => {
    const roll = items.find(({ name }) => name === 'Spicy tuna roll');
    expect(roll?.variants).toEqual([{ sku: 'ROLL-SPICY-TUNA', price: 4_500 }]);
    const extras = TRAINING_MENU.modifiers.filter(({ name }) => roll?.modifiers.includes(name));
    expect(extras.flatMap(({ options }) => options)).toContainEqual({ name: 'Extra wasabi', price: 300 });
  });
});

describe('the account for practice', () => {
  const account = (extras: boolean) =>
    trainingAccount({ menu: TRAINING_MENU, now: Date.parse('2026-11-22T16:00:00Z'), extras });

  it('has what an online order may need: a discount, a fee and a tip of any amount', () => {
    const { discounts, items } = account(false);
    expect(discounts).toMatchObject([{ name: 'Online discount', type: 'VARIABLE_AMOUNT' }]);
    for (const name of ['Delivery', 'Tip']) {
      const item = items.find(({ item_name }) => item_name === name);
      expect(item).toMatchObject({ tax_ids: [], variants: [{ default_pricing_type: 'VARIABLE' }] });
    }
  });

  it('has one dish of each difficult kind beside the others', () => {
    const [plain, { items, taxes, inventory }] = [account(false), account(true)];
    const more = items.slice(plain.items.length);
    expect(items.slice(0, plain.items.length)).toEqual(plain.items);
    const added = taxes.filter(({ type }) => type === 'ADDED').map(({ id }) => id);
    expect(more.filter(({ tax_ids }) => tax_ids.some((id) => added.includes(id)))).toHaveLength(1);
    expect(more.filter(({ option2_name }) => option2_name !== null)).toHaveLength(1);
    expect(more.filter(({ variants: [one] }) => one?.default_price === null)).toHaveLength(1);
    const ids = items.flatMap(({ variants }) => variants.map(({ variant_id }) => variant_id));
    const [combo, ...others] = more.filter(({ is_composite }) => is_composite);
    expect(others).toEqual([]);
    expect(combo?.components).toHaveLength(2);
    expect(ids).toEqual(expect.arrayContaining(combo?.components.map((one) => one.variant_id) ?? []));
    const counted = more.filter(({ track_stock }) => track_stock).flatMap(({ variants }) => variants);
    expect(new Set(inventory.map((level) => level.variant_id))).toEqual(
      new Set(counted.map(({ variant_id }) => variant_id)),
    );
  });
});
