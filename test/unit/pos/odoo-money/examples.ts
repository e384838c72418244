import fc from 'fast-check';
import type { TaxedLine } from '../../../../main/pos/odoo/money/order-amounts';
import type { PriceRule } from '../../../../main/pos/odoo/money/price-list';
import type { OdooTax } from '../../../../main/pos/odoo/money/taxes';

export const RUNS = 50 * (process.env.TILLSIDE_LONG === undefined ? 1 : 20);

export const CENTS = { rounding: 0.01 };

export function tax(id: number, amount: number, more: Partial<OdooTax> = {}): OdooTax {
  return {
    id,
    name: `${amount}%`,
    amount,
    amountType: 'percent',
    priceInclude: false,
    includeBaseAmount: false,
    isBaseAffected: true,
    sequence: id,
    children: [],
    ...more,
  };
}

export function byId(...taxes: readonly OdooTax[]): ReadonlyMap<number, OdooTax> {
  return new Map(taxes.map((one) => [one.id, one]));
}

export function line(
  priceUnit: number,
  quantity: number,
  taxIds: readonly number[],
  discount = 0,
): TaxedLine {
  return { taxIds, priceUnit, quantity, discount };
}

export function rule(id: number, price: PriceRule['price'], more: Partial<PriceRule> = {}): PriceRule {
  return {
    id,
    appliesTo: { kind: 'all' },
    minQuantity: 0,
    from: null,
    until: null,
    price,
    base: 'list_price',
    ...more,
  };
}

/** Taxes as a company may have them: of all kinds but groups. */
export function anyTax(id: number): fc.Arbitrary<OdooTax> {
  return fc
    .record({
      amount: fc.constantFrom(0, 0.5, 1, 3, 5, 7, 8.25, 10, 12.5, 15, 21),
      amountType: fc.constantFrom('percent', 'percent', 'fixed', 'division'),
      priceInclude: fc.boolean(),
      includeBaseAmount: fc.boolean(),
      isBaseAffected: fc.boolean(),
      sequence: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ amount, ...more }) => tax(id, amount, more));
}

export const someTaxes = fc
  .tuple(anyTax(1), anyTax(2), anyTax(3))
  .map((taxes): ReadonlyMap<number, OdooTax> => byId(...taxes));

/** Prices on the grid of cents, as people set them. */
export const aPrice = fc.integer({ min: 0, max: 50_000 }).map((cents) => cents / 100);

export const someLines = fc.array(
  fc.record({
    taxIds: fc.subarray([1, 2, 3]),
    priceUnit: aPrice,
    quantity: fc.constantFrom(1, 2, 3, 12, 0.5),
    discount: fc.constantFrom(0, 10, 33.33, 100),
  }),
  { minLength: 1, maxLength: 6 },
);
