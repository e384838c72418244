import { describe, expect, it } from 'vitest';
import { TRAINING_MENU } from '../../../main/training/training-menu';

const items = TRAINING_MENU.categories.flatMap((category) => category.items);
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
      const labels = item.variants.flatMap(({ label }) => label ?? []);
      expect(new Set(labels).size, item.name).toBe(item.variants.length === 1 ? 0 : item.variants.length);
      expect(item.option === undefined, item.name).toBe(item.variants.length === 1);
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
