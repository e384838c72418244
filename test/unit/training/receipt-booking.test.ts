import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Account } from '../../../main/training/account';
import type { AccountRows, Tax } from '../../../main/training/account-rows';
import type { Receipt } from '../../../main/training/receipt';
import { type BookingTerms, bookReceipt } from '../../../main/training/receipt-booking';
import { parseReceiptRequest } from '../../../main/training/receipt-request';
import { trainingAccount } from '../../../main/training/training-account';
import { TRAINING_MENU } from '../../../main/training/training-menu';
import itemList from '../../support/loyverse/items.json';
import modifierList from '../../support/loyverse/modifiers.json';
import paymentTypeList from '../../support/loyverse/payment-types.json';
import recorded from '../../support/loyverse/sale.json';
import taxList from '../../support/loyverse/taxes.json';

const NOW = Date.parse('2026-06-18T18:41:07Z');
const TERMS: BookingTerms = {
  number: '1001',
  createdAt: '2026-06-18T18:41:07.000Z',
  strict: true,
  autoTax: false,
  moneyAmountMismatch: 'refuse',
};
const RUNS = { seed: 23, numRuns: process.env.TILLSIDE_LONG ? 1_000 : 50 };

const training = trainingAccount({ menu: TRAINING_MENU, now: NOW });

/** The account of the recorded sale. Its store's name plays no part. */
function recordedAccount(): Account {
  const pricing = (type: string) => (type === 'FIXED' ? 'FIXED' : 'VARIABLE');
  const [store] = training.stores;
  if (store === undefined) throw new Error('No store');
  const rows: AccountRows = {
    ...training,
    stores: [{ ...store, id: recorded.request.store_id }],
    taxes: taxList.taxes.map((tax) => ({ ...tax, type: tax.type === 'ADDED' ? 'ADDED' : 'INCLUDED' })),
    modifiers: modifierList.modifiers,
    paymentTypes: paymentTypeList.payment_types,
    items: itemList.items.map((item) => ({
      ...item,
      components: [],
      variants: item.variants.map((variant) => ({
        ...variant,
        default_pricing_type: pricing(variant.default_pricing_type),
        stores: variant.stores.map((here) => ({ ...here, pricing_type: pricing(here.pricing_type) })),
      })),
    })),
  };
  return new Account(rows, () => NOW);
}

const TAX: Omit<Tax, 'id' | 'type' | 'rate'> = {
  name: 'Tax',
  stores: training.stores.map(({ id }) => id),
  created_at: TERMS.createdAt,
  updated_at: TERMS.createdAt,
  deleted_at: null,
};

/** One line of the training account, with taxes of these kinds and rates. */
function book(line: Record<string, unknown>, ...taxes: readonly (readonly [Tax['type'], number])[]): Receipt {
  const rows = taxes.map(([type, rate], index) => ({ ...TAX, id: `tax-${index}`, type, rate }));
  const account = new Account({ ...training, taxes: rows }, () => NOW);
  const [roll] = training.items.flatMap(({ variants }) => variants);
  const request = {
    store_id: training.stores[0]?.id,
    line_items: [{ variant_id: roll?.variant_id, line_taxes: rows.map(({ id }) => ({ id })), ...line }],
    payments: [{ payment_type_id: training.paymentTypes[0]?.id }],
  };
  return bookReceipt(parseReceiptRequest(JSON.stringify(request), true), account, TERMS);
}

const sums = ({ total_money, total_tax, line_items: [line] }: Receipt) => ({
  gross: line?.gross_total_money,
  total: total_money,
  tax: total_tax,
});

describe('a receipt', () => {
  it('is the recorded one for the recorded request, but for the ids of its lines', () => {
    const request = parseReceiptRequest(JSON.stringify(recorded.request), true);
    const receipt = bookReceipt(request, recordedAccount(), TERMS);
    const ids = receipt.line_items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    const expected = recorded.answer.line_items.map((line, index) => ({ ...line, id: ids[index] }));
    expect(receipt).toEqual({ ...recorded.answer, line_items: expected });
    expect(Object.keys(receipt).sort()).toEqual(Object.keys(recorded.answer).sort());
  });

  it('holds an included tax within the price', () => {
    expect(sums(book({ quantity: 2, price: 55 }, ['INCLUDED', 12.5]))).toEqual({
      gross: 110,
      total: 110,
      tax: 12.22,
    });
  });

  it('puts an added tax on top of it, as a recorded one did', () => {
    expect(sums(book({ quantity: 2, price: 25 }, ['ADDED', 16]))).toEqual({ gross: 50, total: 58, tax: 8 });
  });

  it('knows two taxes of one line apart', () => {
    const receipt = book({ quantity: 1, price: 120 }, ['INCLUDED', 12.5], ['INCLUDED', 7.5]);
    expect(receipt.total_taxes.map(({ id, money_amount }) => [id, money_amount])).toEqual([
      ['tax-0', 12.5],
      ['tax-1', 7.5],
    ]);
    expect(sums(receipt)).toEqual({ gross: 120, total: 120, tax: 20 });
  });

  it('rounds each line to cents', () => {
    expect(sums(book({ quantity: 0.333, price: 9.99 }))).toEqual({ gross: 3.33, total: 3.33, tax: 0 });
    expect(sums(book({ quantity: 3, price: 1.005 }))).toEqual({ gross: 3.03, total: 3.03, tax: 0 });
  });

  it('adds up to the cent, whatever is sold', () => {
    const cents = fc.integer({ min: 0, max: 1_000_000 });
    const rate = fc.integer({ min: 0, max: 400 }).map((quarters) => quarters / 4);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), cents, rate, rate, (quantity, price, included, added) => {
        const receipt = book({ quantity, price: price / 100 }, ['INCLUDED', included], ['ADDED', added]);
        const [own, onTop] = receipt.total_taxes.map(({ money_amount }) => Math.round(money_amount * 100));
        expect(Math.round(receipt.total_money * 100)).toBe(quantity * price + (onTop ?? 0));
        expect(Math.round(receipt.total_tax * 100)).toBe((own ?? 0) + (onTop ?? 0));
        expect(receipt.payments[0].money_amount).toBe(receipt.total_money);
      }),
      RUNS,
    );
  });

  it('is not taken into a store that does not have the payment type or the tax', () => {
    const request = parseReceiptRequest(JSON.stringify(recorded.request), true);
    const account = recordedAccount();
    const elsewhere = <T extends object>(rows: readonly T[]) =>
      rows.map((row) => ({ ...row, stores: ['elsewhere'] }));
    const without = (rows: Partial<AccountRows>) =>
      bookReceipt(request, new Account({ ...account.rows, ...rows }, () => NOW), TERMS);
    expect(() => without({ paymentTypes: elsewhere(account.rows.paymentTypes) })).toThrow(
      '400 INVALID_VALUE object.payments[0].payment_type_id',
    );
    expect(() => without({ taxes: elsewhere(account.rows.taxes) })).toThrow(
      '400 INVALID_VALUE object.line_items[0].line_taxes[0].id',
    );
  });
});
