import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Account } from '../../../main/training/account';
import type { AccountRows, Discount, Tax } from '../../../main/training/account-rows';
import type { Receipt } from '../../../main/training/receipt';
import { ReceiptBook } from '../../../main/training/receipt-book';
import { parseReceiptRequest } from '../../../main/training/receipt-request';
import { trainingAccount } from '../../../main/training/training-account';
import { TRAINING_MENU } from '../../../main/training/training-menu';

const NOW = Date.parse('2026-11-22T16:00:00Z');
const RUNS = { seed: 47, numRuns: process.env.TILLSIDE_LONG ? 1_000 : 50 };
const TERMS = { strict: true, autoTax: false, moneyAmountMismatch: 'ignore' } as const;
const TYPES = ['FIXED_PERCENT', 'FIXED_AMOUNT', 'VARIABLE_PERCENT', 'VARIABLE_AMOUNT'] as const;

const training = trainingAccount({ menu: TRAINING_MENU, now: NOW });
const stores = training.stores.map(({ id }) => id);
const dishes = training.items.flatMap(({ variants }) => variants);
const stamps = { created_at: '', updated_at: '', deleted_at: null };

function bookOf(rows: Partial<AccountRows>): ReceiptBook {
  return new ReceiptBook(new Account({ ...training, ...rows }, () => NOW), () => NOW);
}

const cents = (major: number) => Math.round(major * 100);
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

interface Sale {
  readonly lines: readonly {
    readonly quantity: number;
    readonly price: number;
    readonly discounts: readonly number[];
  }[];
  readonly discounts: readonly {
    readonly type: (typeof TYPES)[number];
    readonly value: number;
    readonly receipt: boolean;
  }[];
  readonly taxes: readonly { readonly type: Tax['type']; readonly rate: number }[];
}

/** Books a made-up sale of any discounts and taxes. */
function sell(sale: Sale): { readonly book: ReceiptBook; readonly receipt: Receipt } {
  const discounts = sale.discounts.map(({ type, value }, index): Discount => {
    const fixed = type === 'FIXED_PERCENT' ? { discount_percent: value % 100 } : { discount_amount: value };
    const row = { id: `d${index}`, type, name: `Discount ${index}`, stores, restricted_access: false };
    return { ...row, ...(type.startsWith('FIXED') ? fixed : {}), ...stamps };
  });
  const taxes = sale.taxes.map((tax, index) => ({ ...tax, id: `t${index}`, name: 'Tax', stores, ...stamps }));
  const book = bookOf({ discounts, taxes });
  const request = {
    store_id: stores[0],
    line_items: sale.lines.map((line, index) => ({
      variant_id: dishes[index]?.variant_id,
      quantity: line.quantity,
      price: line.price / 100,
      line_taxes: taxes.map(({ id }) => ({ id })),
      line_discounts: line.discounts.flatMap((index_) =>
        sale.discounts[index_]?.receipt === false ? [{ id: `d${index_}` }] : [],
      ),
    })),
    total_discounts: sale.discounts.map(({ type, value, receipt }, index) => ({
      id: `d${index}`,
      scope: receipt ? 'RECEIPT' : 'LINE_ITEM',
      ...(type === 'VARIABLE_PERCENT' ? { percentage: value % 100 } : {}),
      ...(type === 'VARIABLE_AMOUNT' ? { money_amount: value } : {}),
    })),
    payments: [{ payment_type_id: training.paymentTypes[0]?.id }],
  };
  return { book, receipt: book.add(parseReceiptRequest(JSON.stringify(request), true), TERMS) };
}

const anySale: fc.Arbitrary<Sale> = fc.record({
  lines: fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 20 }),
      price: fc.integer({ min: 0, max: 30_000 }),
      discounts: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  discounts: fc.array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      value: fc.integer({ min: 0, max: 12_000 }).map((value) => value / 100),
      receipt: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  taxes: fc.array(
    fc.record({
      type: fc.constantFrom('INCLUDED' as const, 'ADDED' as const),
      rate: fc.integer({ min: 0, max: 120 }).map((quarters) => quarters / 4),
    }),
    { maxLength: 3 },
  ),
});

/** What one line of 100.00 with an included VAT of 12.5 % comes to. */
function discounted(discount: Sale['discounts'][number]) {
  const line = { quantity: 2, price: 5_000, discounts: [0] };
  const { receipt } = sell({
    lines: [line],
    discounts: [discount],
    taxes: [{ type: 'INCLUDED', rate: 12.5 }],
  });
  const { total_money, total_discount, total_tax } = receipt;
  return { total_money, total_discount, total_tax, discounts: receipt.total_discounts };
}

describe('a discount', () => {
  const row = { id: 'd0', name: 'Discount 0' };

  it.each([true, false])('of each kind leaves what is taxed (of the receipt: %s)', (receipt) => {
    const ten = { total_money: 90, total_discount: 10, total_tax: 10 };
    expect(discounted({ type: 'FIXED_PERCENT', value: 10, receipt })).toEqual({
      ...ten,
      discounts: [{ ...row, type: 'FIXED_PERCENT', percentage: 10, money_amount: 10 }],
    });
    expect(discounted({ type: 'VARIABLE_PERCENT', value: 10, receipt })).toMatchObject(ten);
    expect(discounted({ type: 'FIXED_AMOUNT', value: 10, receipt })).toMatchObject(ten);
    expect(discounted({ type: 'VARIABLE_AMOUNT', value: 10, receipt })).toEqual({
      ...ten,
      discounts: [{ ...row, type: 'VARIABLE_AMOUNT', money_amount: 10 }],
    });
  });

  it('is taken off before an added tax is put on', () => {
    const lines = [{ quantity: 2, price: 2_500, discounts: [] }];
    const discounts = [{ type: 'VARIABLE_AMOUNT', value: 10, receipt: true }] as const;
    const { receipt } = sell({ lines, discounts, taxes: [{ type: 'ADDED', rate: 16 }] });
    expect(receipt).toMatchObject({ total_money: 46.4, total_discount: 10, total_tax: 6.4 });
    expect(receipt.line_items).toMatchObject([
      { gross_total_money: 50, total_money: 46.4, total_discount: 10 },
    ]);
  });

  it('of a line touches no other line', () => {
    const lines = [
      { quantity: 1, price: 1_000, discounts: [] },
      { quantity: 1, price: 1_000, discounts: [0] },
    ];
    const { receipt } = sell({
      lines,
      discounts: [{ type: 'FIXED_AMOUNT', value: 4, receipt: false }],
      taxes: [],
    });
    expect(receipt.line_items.map(({ total_money }) => total_money)).toEqual([10, 6]);
  });
});

describe('the sums of any sale', () => {
  it('are those of its lines, to the cent', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const { receipt } = sell(sale);
        const lines = receipt.line_items;
        lines.forEach((line, index) => {
          const { quantity, price } = sale.lines[index] ?? { quantity: 0, price: 0 };
          const added = line.line_taxes.filter(({ type }) => type === 'ADDED');
          expect(cents(line.gross_total_money)).toBe(quantity * price);
          expect(cents(line.total_discount)).toBe(
            sum(line.line_discounts.map((one) => cents(one.money_amount))),
          );
          expect(cents(line.total_money)).toBe(
            quantity * price - cents(line.total_discount) + sum(added.map((one) => cents(one.money_amount))),
          );
          expect(line.total_money).toBeGreaterThanOrEqual(0);
        });
        const total = (of: (line: Receipt['line_items'][number]) => number) =>
          sum(lines.map((line) => cents(of(line))));
        expect(cents(receipt.total_money)).toBe(total((line) => line.total_money));
        expect(cents(receipt.total_discount)).toBe(total((line) => line.total_discount));
        expect(cents(receipt.total_discount)).toBe(
          sum(receipt.total_discounts.map((one) => cents(one.money_amount))),
        );
        expect(cents(receipt.total_tax)).toBe(sum(receipt.total_taxes.map((one) => cents(one.money_amount))));
        expect(receipt.payments[0].money_amount).toBe(receipt.total_money);
      }),
      RUNS,
    );
  });

  it('come back to the cent, however a sale is given back', () => {
    fc.assert(
      fc.property(anySale, fc.infiniteStream(fc.boolean()), (sale, coins) => {
        const { book, receipt } = sell(sale);
        // One of a line at a time, or all that is left of it.
        const left = receipt.line_items.map(({ quantity }) => quantity);
        const refunds: Receipt[] = [];
        while (sum(left) > 0) {
          const place = left.findIndex((quantity) => quantity > 0);
          const quantity = coins.next().value ? (left[place] ?? 0) : 1;
          left[place] = (left[place] ?? 0) - quantity;
          const id = receipt.line_items[place]?.id ?? '';
          refunds.push(book.refund(receipt.receipt_number, { line_items: [{ id, quantity }] }));
        }
        const back = (of: (refund: Receipt) => number) => sum(refunds.map((refund) => cents(of(refund))));
        expect(back(({ total_money }) => total_money)).toBe(cents(receipt.total_money));
        expect(back(({ total_tax }) => total_tax)).toBe(cents(receipt.total_tax));
        expect(back(({ total_discount }) => total_discount)).toBe(cents(receipt.total_discount));
        expect(() => book.refundAtTill(receipt.receipt_number)).toThrow('Nothing is left');
      }),
      RUNS,
    );
  });
});
