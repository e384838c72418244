import type { Menu } from './menu';
import type { OrderKey } from './order';

/** Ids that begin so are the set-up's own orders. A website that used it would only keep itself out of the figures. */
const TEST_ID = 'tillside-test-';

/** Sent by the set-up to try the whole way: it rings and goes into the till like any other, and counts in no figures. */
export function isTestOrder({ id }: Pick<OrderKey, 'id'>): boolean {
  return id.startsWith(TEST_ID);
}

export interface TestOrderFacts {
  /** What tells this one from the others. */
  readonly mark: string;
  /** ISO 8601. */
  readonly placedAt: string;
  readonly currency: string;
}

/**
 * An Online Order document for one piece of the cheapest dish, paid at the counter: whatever the till makes of it, it
 * is cheap to refund.
 * @returns `undefined` while the menu has nothing with a price.
 */
export function testOrderDocument(menu: Menu, facts: TestOrderFacts): Record<string, unknown> | undefined {
  const dishes = menu.items.flatMap((item) =>
    item.variants.flatMap(({ id, price, available, label }) =>
      available && price !== null && price > 0
        ? [{ id, price, name: label === '' ? item.name : `${item.name} ${label}` }]
        : [],
    ),
  );
  const cheapest = dishes.sort((a, b) => a.price - b.price)[0];
  if (cheapest === undefined) return undefined;
  return {
    id: `${TEST_ID}${facts.mark}`,
    number: `T${facts.mark.slice(-4).toUpperCase()}`,
    placed_at: facts.placedAt,
    currency: facts.currency,
    service: 'pickup',
    customer: { name: 'Tillside test', note: 'A test of the set-up. Do not cook it.' },
    lines: [{ variant_id: cheapest.id, name: cheapest.name, quantity: 1, unit_price: cheapest.price }],
    total: cheapest.price,
    payment: { status: 'unpaid', method: 'cash' },
  };
}
