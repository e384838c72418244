import { describe, expect, it } from 'vitest';
import { indexMenu } from '../../../main/core/menu';
import type { OnlineOrder } from '../../../main/core/online-order';
import { receiptBody, type SaleTerms, unbookableTax } from '../../../main/pos/loyverse/receipt';
import { itemSchema } from '../../../main/pos/loyverse/schemas';
import { type MappedLine, mapLines } from '../../../main/pos/mapped-lines';
import { ARIAPITA, itemRows, line, orderOf, recordedMenu, SOUP } from '../../support/loyverse/fixtures';
import sale from '../../support/loyverse/sale.json';

const menu = recordedMenu(ARIAPITA);

const terms: SaleTerms = {
  storeId: ARIAPITA,
  reference: 'W-10482',
  note: sale.request.note,
  paymentTypeId: '00000033-6b1e-4c52-9d3a-0f5e7a1c2d40',
  discount: null,
  employeeId: null,
  taxIds: new Set(menu.menu.taxes.map((tax) => tax.id)),
  soldAt: Date.parse('2026-06-18T18:40:55.000Z'),
  decimals: 2,
};

function mapped(order: OnlineOrder, index = menu): readonly MappedLine[] {
  const result = mapLines(order, index);
  if (!result.ok) throw new Error(result.trouble.words);
  return result.lines;
}

function wordsOf(order: OnlineOrder): string {
  const result = mapLines(order, menu);
  return result.ok ? 'mapped' : result.trouble.words;
}

describe('the receipt of an order', () => {
  it('is the recorded request', () => {
    const order = orderOf([
      line({ variant_id: '00000091-6b1e-4c52-9d3a-0f5e7a1c2d40', quantity: 2, unit_price: 5500 }),
      { ...SOUP, note: 'no spring onion' },
      line({ sku: '10004', name: 'Delivery', unit_price: 2000 }),
    ]);
    const body = receiptBody(mapped(order), terms);
    const lines = sale.request.line_items.map((item) => ({ line_taxes: [], line_modifiers: [], ...item }));
    expect(body).toEqual({ ...sale.request, line_items: lines });
  });

  it('never has a total, a name or an amount of payment of its own', () => {
    const text = JSON.stringify(receiptBody(mapped(orderOf([SOUP])), terms));
    expect(text).not.toMatch(/money_amount|total|item_name|"name"|dining_option/);
  });

  it('prefers the variant’s id, and takes the SKU when the id is not known', () => {
    const byBoth = line({ variant_id: '00000092-6b1e-4c52-9d3a-0f5e7a1c2d40', sku: '10003' });
    const bySku = line({ variant_id: 'from-another-shop', sku: '10003' });
    expect(mapped(orderOf([byBoth, bySku])).map((found) => found.variantId)).toEqual([
      '00000092-6b1e-4c52-9d3a-0f5e7a1c2d40',
      '00000093-6b1e-4c52-9d3a-0f5e7a1c2d40',
    ]);
  });

  it('has a modifier as often as it was ordered, at the order’s price', () => {
    const twice = { ...SOUP, modifiers: [{ name: ' tofu ', price: 450, quantity: 2 }] };
    const [item] = receiptBody(mapped(orderOf([twice])), terms).line_items;
    const option = { modifier_option_id: '00000062-6b1e-4c52-9d3a-0f5e7a1c2d40', price: 4.5 };
    expect(item?.line_modifiers).toEqual([option, option]);
  });

  it('takes dishes that are sold out', () => {
    const soldOut = itemRows.map((row) => ({
      ...row,
      variants: row.variants?.map((variant) => ({
        ...variant,
        stores: variant.stores?.map((store) => ({ ...store, available_for_sale: false })),
      })),
    }));
    expect(mapped(orderOf([SOUP]), recordedMenu(ARIAPITA, soldOut))).toHaveLength(1);
  });

  it('charges the taxes of the item that the store has, and no others', () => {
    const [soup] = receiptBody(mapped(orderOf([SOUP])), { ...terms, taxIds: new Set() }).line_items;
    expect(soup?.line_taxes).toEqual([]);
    const [taxed] = receiptBody(mapped(orderOf([SOUP])), terms).line_items;
    expect(taxed?.line_taxes).toEqual([{ id: '00000051-6b1e-4c52-9d3a-0f5e7a1c2d40' }]);
  });

  it('names the employee only when one is set', () => {
    expect(receiptBody([], terms)).not.toHaveProperty('employee_id');
    expect(receiptBody([], { ...terms, employeeId: 'e-1' }).employee_id).toBe('e-1');
  });

  it('keeps texts within 500 characters', () => {
    const order = orderOf([{ ...SOUP, note: 'x'.repeat(5000) }]);
    const body = receiptBody(mapped(order), { ...terms, note: '🍣'.repeat(400) });
    expect(body.line_items[0]?.line_note).toHaveLength(500);
    expect(body.note.length).toBeLessThanOrEqual(500);
    expect(body.note).toMatch(/^(🍣)+…$/u);
  });
});

describe('an order that does not fit the menu', () => {
  it('is refused as a whole, with every dish and modifier at fault by name', () => {
    const order = orderOf([
      SOUP,
      line({ sku: 'NO-SUCH', name: 'Dragon roll' }),
      line({ name: 'Chef’s surprise' }),
      { ...SOUP, modifiers: [{ name: 'Extra wasabi', price: 0, quantity: 3 }] },
    ]);
    expect(wordsOf(order)).toBe(
      'Not in the till’s menu: Dragon roll, Chef’s surprise, Extra wasabi (Miso soup).',
    );
  });

  it('does not borrow a modifier from another dish', () => {
    const roll = line({ sku: '10001', name: 'Salmon roll', modifiers: SOUP.modifiers });
    expect(wordsOf(orderOf([roll]))).toBe('Not in the till’s menu: Tofu (Salmon roll).');
  });

  it('takes, of two options with one name, the one that costs the same', () => {
    const option = (id: string, price: number) => ({ id, name: 'Large', price });
    const [first] = menu.menu.modifiers;
    const modifiers = [
      { id: first?.id ?? '', name: 'Size', options: [option('cheap', 100), option('dear', 900)] },
    ];
    const index = indexMenu({ ...menu.menu, modifiers });
    const of = (price: number) =>
      mapped(orderOf([{ ...SOUP, modifiers: [{ name: 'Large', price, quantity: 1 }] }]), index)[0]?.options;
    expect(of(900)).toEqual([{ id: 'dear', price: 900 }]);
    expect(of(500)).toEqual([{ id: 'cheap', price: 500 }]);
  });
});

describe('a tax that the website put on top', () => {
  const trouble = (changes: Partial<OnlineOrder>, index = menu) => {
    const order = orderOf([SOUP], changes);
    return unbookableTax(order, mapped(order, index), index);
  };

  it('is refused when the till adds none, with its amount', () => {
    const onTop = { tax: 350, tax_included: false };
    expect(trouble(onTop)?.words).toContain('the tax (TT$3.50)');
    const taxes = menu.menu.taxes.map((tax) => ({ ...tax, kind: 'added' as const }));
    expect(trouble(onTop, { ...menu, menu: { ...menu.menu, taxes } })).toBeNull();
    expect(trouble({ tax: 350 })).toBeNull();
  });
});

it('an item without variants cannot be ordered', () => {
  const bare = itemSchema.parse({ id: 'i', item_name: 'Roll' });
  expect(recordedMenu(ARIAPITA, [bare]).menu.items).toEqual([]);
});
