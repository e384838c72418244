import { toMajor } from '../core/money';
import type { Ms } from '../core/order';
import type { AccountRows, Category, Discount, InventoryLevel, Modifier, Store, Tax } from './account-rows';
import { itemRow } from './item-row';
import { stableId } from './stable-id';
import { timestamp } from './timestamp';
import type { TrainingItem, TrainingMenu } from './training-menu';

const DAY: Ms = 86_400_000;
const DECIMALS = 2;
const STORES = [
  { name: 'Ariapita', address: '12 Example Avenue', city: 'Port of Spain' },
  { name: 'San Fernando', address: '3 Sample Road', city: 'San Fernando' },
];

export interface TrainingAccountOptions {
  readonly menu: TrainingMenu;
  readonly now: Ms;
  /** The menu is repeated, under numbered names, until it has so many items. */
  readonly items?: number;
  /** With the menu's dishes for practice, beside the others. */
  readonly extras?: boolean;
}

interface Stamps {
  readonly created_at: string;
  readonly updated_at: string;
  readonly deleted_at: null;
}

/** "Training Sushi": two stores in Trinidad with one menu, three ways to pay, and VAT in the prices. */
export function trainingAccount({ menu, now, items, extras = false }: TrainingAccountOptions): AccountRows {
  // A month old, so that nothing of it counts as a change of today.
  const created = timestamp(now - 30 * DAY);
  const stamps = { created_at: created, updated_at: created, deleted_at: null };
  const stores = STORES.map((store): Store => {
    const place = { region: 'Trinidad', postal_code: null, country_code: 'TT' };
    const contact = { phone_number: '+18685550100', description: null };
    return { id: stableId(`store ${store.name}`), ...store, ...place, ...contact, ...stamps };
  });
  const storeIds = stores.map(({ id }) => id);
  const taxes = trainingTaxes(menu, storeIds, stamps, extras);
  const more = extras ? menu.extras.category.items : [];
  const rows = [
    ...repeated(menu, items),
    ...more.map((item) => ({ item, category: menu.extras.category.name })),
  ];
  return {
    merchant: {
      id: stableId('merchant'),
      business_name: 'Training Sushi',
      email: 'owner@example.com',
      country: 'TT',
      currency: { code: menu.currency, decimal_places: DECIMALS },
      created_at: created,
    },
    stores,
    employees: [
      {
        id: stableId('employee'),
        name: 'Training cashier',
        email: null,
        phone_number: null,
        stores: storeIds,
        is_owner: false,
        ...stamps,
      },
    ],
    paymentTypes: [
      { id: stableId('payment Cash'), name: 'Cash', type: 'CASH', stores: storeIds, ...stamps },
      { id: stableId('payment Card'), name: 'Card', type: 'NONINTEGRATEDCARD', stores: storeIds, ...stamps },
      { id: stableId('payment Online'), name: 'Online', type: 'OTHER', stores: storeIds, ...stamps },
    ],
    posDevices: stores.map(({ id, name }) => ({
      id: stableId(`till ${name}`),
      name: `${name} till`,
      store_id: id,
      activated: true,
      deleted_at: null,
    })),
    taxes,
    discounts: [onlineDiscount(storeIds, stamps)],
    categories: [...menu.categories, ...(extras ? [menu.extras.category] : [])].map(
      ({ name, color }): Category => ({
        id: stableId(`category ${name}`),
        name,
        color,
        created_at: created,
        deleted_at: null,
      }),
    ),
    modifiers: trainingModifiers(menu, storeIds, stamps),
    items: rows.map(({ item, category }) =>
      itemRow(item, { decimals: DECIMALS, category, created, storeIds, taxes }),
    ),
    deletedVariants: [],
    inventory: more.flatMap((item) => firstStock(item, storeIds, created)),
    customers: [],
    suppliers: [],
    shifts: [],
  };
}

function trainingTaxes(
  menu: TrainingMenu,
  stores: readonly string[],
  stamps: Stamps,
  extras: boolean,
): Tax[] {
  const vat = {
    id: stableId('tax VAT'),
    name: 'VAT',
    type: 'INCLUDED',
    rate: 12.5,
    stores,
    ...stamps,
  } as const;
  const { name, rate } = menu.extras.added_tax;
  const added = { id: stableId(`tax ${name}`), name, type: 'ADDED', rate, stores, ...stamps } as const;
  return extras ? [vat, added] : [vat];
}

/** What a website takes off has another amount each time. */
function onlineDiscount(stores: readonly string[], stamps: Stamps): Discount {
  return {
    id: stableId('discount Online discount'),
    type: 'VARIABLE_AMOUNT',
    name: 'Online discount',
    stores,
    restricted_access: false,
    ...stamps,
  };
}

function trainingModifiers(menu: TrainingMenu, stores: readonly string[], stamps: Stamps): Modifier[] {
  return menu.modifiers.map((modifier, position) => ({
    id: stableId(`modifier ${modifier.name}`),
    name: modifier.name,
    position,
    stores,
    modifier_options: modifier.options.map((option, place) => ({
      id: stableId(`option ${modifier.name} ${option.name}`),
      name: option.name,
      price: toMajor(option.price, DECIMALS),
      position: place,
      ...stamps,
    })),
    ...stamps,
  }));
}

function firstStock(item: TrainingItem, stores: readonly string[], updated_at: string): InventoryLevel[] {
  if (!item.track_stock) return [];
  return item.variants.flatMap(({ sku }) =>
    stores.map((store_id) => ({
      variant_id: stableId(`variant ${sku}`),
      store_id,
      in_stock: item.stock ?? 0,
      updated_at,
    })),
  );
}

function repeated(menu: TrainingMenu, count: number | undefined) {
  const originals = menu.categories.flatMap(({ name, items }) =>
    items.map((item) => ({ item, category: name })),
  );
  return Array.from({ length: count ?? originals.length }, (_, index) => {
    const original = originals[index % originals.length] as (typeof originals)[number];
    const round = Math.floor(index / originals.length) + 1;
    if (round === 1) return original;
    const variants = original.item.variants.map((variant) => ({
      ...variant,
      sku: `${variant.sku}-N${round}`,
    }));
    return { ...original, item: { ...original.item, name: `${original.item.name} no. ${round}`, variants } };
  });
}
