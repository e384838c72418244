import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMajor, toMinor } from '../../../main/core/money';
import { computedTotal } from '../../../main/core/online-order';
import { mapTaxes } from '../../../main/pos/odoo/money/fiscal-position';
import { orderAmounts } from '../../../main/pos/odoo/money/order-amounts';
import { roundTo } from '../../../main/pos/odoo/money/rounding';
import type { OdooTax, RoundingMethod } from '../../../main/pos/odoo/money/taxes';
import { priceOrder } from '../../../main/pos/odoo/sale-amounts';
import type { WantedLine } from '../../../main/pos/odoo/sale-lines';
import { line, orderOf } from '../../support/loyverse/fixtures';
import computed from '../../support/odoo-money/computed.json';

const RUNS = process.env.TILLSIDE_LONG ? 2_000 : 100;
const CENT = { rounding: 0.01 };
const METHODS = ['round_per_line', 'round_globally'] as const satisfies readonly RoundingMethod[];

const recorded = new Map<number, OdooTax>(
  computed.taxes.map((tax) => [
    tax.id,
    { ...tax, name: `Tax ${tax.id}`, amountType: kindOf(tax.amountType) },
  ]),
);

function kindOf(text: string): OdooTax['amountType'] {
  const kind = (['percent', 'fixed', 'division', 'group'] as const).find((one) => one === text);
  return kind ?? expect.fail(`no such kind of tax: ${text}`);
}

function tax(id: number, changes: Partial<OdooTax>): OdooTax {
  return {
    id,
    name: `Tax ${id}`,
    amount: 10,
    amountType: 'percent',
    priceInclude: false,
    includeBaseAmount: false,
    isBaseAffected: true,
    sequence: id,
    children: [],
    ...changes,
  };
}

describe('a line’s amounts', () => {
  // Rounded over a whole order, a till's line is not what the accounting of one line alone would be.
  it.each(
    computed.cases
      .filter(({ method }) => method === 'round_per_line')
      .map((one, index) => [index, one] as const),
  )('are those that Odoo computed (%i)', (_, one) => {
    const [method] = METHODS.filter((name) => name === one.method);
    const wanted = { taxIds: one.taxes, priceUnit: one.price, quantity: one.quantity, discount: 0 };
    const { lines } = orderAmounts([wanted], recorded, CENT, method ?? expect.fail(one.method));
    expect(lines[0]?.subtotal).toBeCloseTo(one.excluded, 6);
    expect(lines[0]?.subtotalIncl).toBeCloseTo(one.included, 6);
  });

  it('are those of the recorded orders', () => {
    const taxes = new Map([
      [1, tax(1, { amount: 15 })],
      [5, tax(5, { amount: 12.5, priceInclude: true })],
    ]);
    const on = (priceUnit: number, quantity: number, taxIds: number[]) =>
      orderAmounts([{ taxIds, priceUnit, quantity, discount: 0 }], taxes, CENT, 'round_globally').lines[0];
    // sync-draft-create, sync-draft-combo, sync-draft-tax-included of the contract's record.
    expect(on(7, 2, [1])).toEqual({ subtotal: 14, subtotalIncl: 16.1 });
    expect(on(8.55, 1, [1])).toEqual({ subtotal: 8.55, subtotalIncl: 9.83 });
    expect(on(1.45, 1, [1])).toEqual({ subtotal: 1.45, subtotalIncl: 1.67 });
    expect(on(45, 2, [5])).toEqual({ subtotal: 80, subtotalIncl: 90 });
  });
});

it('a total rounded over the whole order may be a coin off the sum of its lines', () => {
  const taxes = new Map([[1, tax(1, { amount: 15 })]]);
  const lines = Array.from({ length: 3 }, () => ({ taxIds: [1], priceUnit: 1.11, quantity: 1, discount: 0 }));
  // 15 % of 1.11 is 0.1665.
  expect(orderAmounts(lines, taxes, CENT, 'round_per_line').total).toBe(3.84);
  expect(orderAmounts(lines, taxes, CENT, 'round_globally').total).toBe(3.83);
});

it('rounds halves away from zero, also those that binary fractions hide', () => {
  expect(roundTo(1.005, 0.01)).toBe(1.01);
  expect(roundTo(-1.005, 0.01)).toBe(-1.01);
  expect(roundTo(2.675, 0.01)).toBe(2.68);
  expect(roundTo(12.34, 0.05)).toBe(12.35);
});

it('a fiscal position puts other taxes in the place of some, and drops others', () => {
  const position = new Map([
    [1, [3]],
    [2, []],
  ]);
  expect(mapTaxes([1, 2, 9], position)).toEqual([3, 9]);
  expect(mapTaxes([1, 2, 9], null)).toEqual([1, 2, 9]);
});

describe('an order’s prices', () => {
  const wanted = (gross: number, quantity: number): WantedLine => ({
    productId: 1,
    name: 'Roll',
    note: '',
    quantity,
    gross,
    taxIds: [],
    attributeValueIds: [],
    priceExtra: 0,
    comboItemId: null,
    parent: null,
  });

  it('come to what the customer was told, or a coin off it with several taxes, whatever the taxes, the rounding and the discount', () => {
    const anyTax = fc.record({
      amount: fc.integer({ min: 1, max: 400 }).map((rate) => rate / 100),
      amountType: fc.constantFrom('percent', 'division', 'fixed'),
      priceInclude: fc.boolean(),
      includeBaseAmount: fc.boolean(),
      isBaseAffected: fc.boolean(),
      sequence: fc.integer({ min: 0, max: 3 }),
    });
    const anyLine = fc.record({
      // A dish dearer than its fixed taxes together.
      each: fc.integer({ min: 1_300, max: 20_000 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      taxes: fc.subarray([1, 2, 3]),
    });
    fc.assert(
      fc.property(
        fc.tuple(anyTax, anyTax, anyTax),
        fc.array(anyLine, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...METHODS),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.constantFrom(18, 19),
        (rates, lines, method, off, major) => {
          const taxes = new Map(rates.map((rate, index) => [index + 1, tax(index + 1, rate)]));
          const gross = lines.reduce((sum, { each, quantity }) => sum + each * quantity, 0);
          const document = orderOf(
            lines.map(({ each, quantity }) =>
              line({ sku: 'ROLL', name: 'Roll', quantity, unit_price: each }),
            ),
            { discount: Math.round(gross * off) },
          );
          const order = { ...document, total: computedTotal(document) };
          const priced = priceOrder(
            order,
            lines.map(({ each, quantity, taxes: taxIds }) => ({
              wanted: wanted(each * quantity, quantity),
              taxIds,
            })),
            { taxes, currency: CENT, method, decimals: 2, major, priceDecimals: major === 19 ? null : 2 },
          );
          if (!priced.ok) expect.fail(priced.trouble.words);
          const missed = Math.abs(toMinor(priced.order.total, 2) - order.total);
          // Of several taxes each is rounded: some totals lie between two prices.
          expect(missed).toBeLessThanOrEqual(lines.some(({ taxes: ids }) => ids.length > 1) ? 1 : 0);
          // The till's screen computes it anew from what it was sent.
          const again = orderAmounts(
            priced.order.lines.map(({ priceUnit, discount, wanted: { quantity } }, index) => ({
              taxIds: lines[index]?.taxes ?? [],
              // As the till's screen does before 19.
              priceUnit: major === 19 ? priceUnit : roundTo(priceUnit, 0.01),
              quantity,
              discount,
            })),
            taxes,
            CENT,
            method,
            major,
          );
          expect(again.total).toBe(priced.order.total);
          for (const { subtotal, subtotalIncl } of priced.order.lines) {
            expect(subtotal).toBe(toMajor(toMinor(subtotal, 2), 2));
            expect(subtotalIncl).toBe(toMajor(toMinor(subtotalIncl, 2), 2));
          }
        },
      ),
      { seed: 6, numRuns: RUNS },
    );
  });

  it('are before tax where the website adds it, and refuse what comes to something else', () => {
    const taxes = new Map([[1, tax(1, { amount: 15 })]]);
    const counting = {
      taxes,
      currency: CENT,
      method: 'round_per_line',
      decimals: 2,
      major: 19,
      priceDecimals: null,
    } as const;
    const order = {
      ...orderOf([line({ sku: 'R', name: 'Roll', quantity: 2, unit_price: 700 })]),
      tax_included: false,
    };
    const lines = [{ wanted: wanted(1_400, 2), taxIds: [1] }];
    const priced = priceOrder({ ...order, tax: 210, total: 1_610 }, lines, counting);
    expect(priced).toMatchObject({ ok: true, order: { total: 16.1, tax: 2.1, lines: [{ priceUnit: 7 }] } });
    const other = priceOrder({ ...order, tax: 100, total: 1_500 }, lines, counting);
    expect(other).toMatchObject({ ok: false, trouble: { code: 'tax_differs' } });
  });
});
