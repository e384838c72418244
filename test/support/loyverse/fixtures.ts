import type { Till } from '../../../main/core/location';
import type { Log, LogFields } from '../../../main/core/log';
import { indexMenu, type Menu, type MenuChange, type MenuIndex } from '../../../main/core/menu';
import { computedTotal, type OnlineOrder, type OrderLine } from '../../../main/core/online-order';
import { MenuDraft } from '../../../main/menu/menu-draft';
import { mapItem, mapModifiers, mapTaxes } from '../../../main/pos/loyverse/menu-mapping';
import {
  type ItemRow,
  itemSchema,
  modifierSchema,
  paymentTypeSchema,
  receiptSchema,
  taxSchema,
} from '../../../main/pos/loyverse/schemas';
import type { SaleOrder } from '../../../main/pos/provider';
import { sampleOrder } from '../orders';
import categories from './categories.json';
import items from './items.json';
import modifiers from './modifiers.json';
import paymentTypes from './payment-types.json';
import receipts from './receipts.json';
import taxes from './taxes.json';

/** The recorded account has two stores; the second one has its own price for a roll and no soup. */
export const ARIAPITA = '00000021-6b1e-4c52-9d3a-0f5e7a1c2d40';
export const MUCURAPO = '00000022-6b1e-4c52-9d3a-0f5e7a1c2d40';

export const paymentTypeRows = paymentTypes.payment_types.map((row) => paymentTypeSchema.parse(row));
export const receiptRows = receipts.receipts.map((row) => receiptSchema.parse(row));
export const itemRows = items.items.map((row) => itemSchema.parse(row));
export const taxRows = taxes.taxes.map((row) => taxSchema.parse(row));
export const modifierRows = modifiers.modifiers.map((row) => modifierSchema.parse(row));

export function viewOf(storeId: string) {
  const names = categories.categories.map((row) => [row.id, row.name] as const);
  return { storeId, decimals: 2, categories: new Map(names) };
}

/** The recorded menu as one store sells it, optionally with other items. */
export function recordedMenu(storeId: string, rows: readonly ItemRow[] = itemRows): MenuIndex {
  const view = viewOf(storeId);
  return indexMenu({
    items: rows.flatMap((row) => mapItem(row, view) ?? []),
    modifiers: mapModifiers(modifierRows, view),
    taxes: mapTaxes(taxRows, storeId),
  });
}

export function tillAt(apiUrl: string, changes: Partial<Till> = {}): Till {
  return {
    key: 'loyverse',
    provider: 'loyverse',
    enabled: true,
    priority: 0,
    share: null,
    apiUrl,
    storeId: ARIAPITA,
    accessToken: { account: 'LOYVERSE_ACCESS_TOKEN_ARIAPITA' },
    webhookSecret: null,
    paymentTypes: { paid: null, cash: null, card: null },
    employee: null,
    charges: { discount: null, delivery: null, tip: null },
    bookUnpaid: 'accept',
    orderSources: [],
    syncMenu: true,
    autoProcessOrders: false,
    fallbackToWhatsapp: true,
    fallbackAfterMs: 45_000,
    ...changes,
  };
}

export function line(changes: Partial<OrderLine>): OrderLine {
  const empty = {
    variant_id: null,
    sku: null,
    name: 'Dish',
    quantity: 1,
    unit_price: 0,
    modifiers: [],
    note: '',
  };
  return { ...empty, ...changes };
}

/** A miso soup with tofu, as the recorded menu has it. */
export const SOUP = line({
  sku: '10003',
  name: 'Miso soup',
  unit_price: 3000,
  modifiers: [{ name: 'Tofu', price: 500, quantity: 1 }],
});

/** An order of these lines with the right total. */
export function orderOf(lines: readonly OrderLine[], changes: Partial<OnlineOrder> = {}): OnlineOrder {
  const order = { ...sampleOrder(), ...changes, lines: [...lines] };
  return { ...order, total: computedTotal(order) };
}

export function saleOrder(document = sampleOrder(), changes: Partial<SaleOrder> = {}): SaleOrder {
  return {
    key: { location: 'ARIAPITA', channel: 'website', id: document.id },
    reference: `W-${document.id}`,
    document,
    promisedFor: null,
    dueAt: null,
    paidBy: null,
    receivedAt: 0,
    firstAttemptAt: 0,
    ...changes,
  };
}

/** A log that remembers each line as text. */
export function memoryLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const line = (event: string, fields: LogFields = {}) =>
    void lines.push(JSON.stringify({ event, ...fields }));
  return { lines, debug: line, info: line, warn: line, error: line, milestone: line };
}

/** Everything that a menu read gives, put together. */
export async function collectMenu(changes: AsyncIterable<MenuChange>): Promise<{
  readonly menu: Menu;
  readonly removed: readonly string[];
  readonly cursor: string;
}> {
  const draft = new MenuDraft();
  const removed: string[] = [];
  for await (const change of changes) {
    if (change.kind === 'end') return { menu: draft.finish(), removed, cursor: change.cursor };
    if (change.kind === 'removed') removed.push(...change.itemIds);
    draft.apply(change);
  }
  throw new Error('The menu has no end.');
}
