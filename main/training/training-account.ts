import { toMajor } from '../core/money';
import type { Ms } from '../core/order';
import type { AccountRows, Category, Modifier, Store } from './account-rows';
import { itemRow } from './item-row';
import { stableId } from './stable-id';
import { timestamp } from './timestamp';
import type { TrainingMenu } from './training-menu';

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
}

/** "Training Sushi": two stores in Trinidad with one menu, three ways to pay, and VAT in the prices. */
export function trainingAccount({ menu, now, items }: TrainingAccountOptions): AccountRows {
  // A month old, so that nothing of it counts as a change of today.
  const created = timestamp(now - 30 * DAY);
  const stamps = { created_at: created, updated_at: created, deleted_at: null };
  const stores = STORES.map(
    (store): Store => ({
      id: stableId(`store ${store.name}`),
      ...store,
      region: 'Trinidad',
      postal_code: null,
      country_code: 'TT',
      phone_number: '+18685550100',
      description: null,
      ...stamps,
    }),
  );
  const storeIds = stores.map(({ id }) => id);
  const vat = {
    id: stableId('tax VAT'),
    name: 'VAT',
    type: 'INCLUDED',
    rate: 12.5,
    stores: storeIds,
    ...stamps,
  } as const;
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
    taxes: [vat],
    categories: menu.categories.map(
      ({ name, color }): Category => ({
        id: stableId(`category ${name}`),
        name,
        color,
        created_at: created,
        deleted_at: null,
      }),
    ),
    modifiers: menu.modifiers.map(
      (modifier, position): Modifier => ({
        id: stableId(`modifier ${modifier.name}`),
        name: modifier.name,
        position,
        stores: storeIds,
        modifier_options: modifier.options.map((option, place) => ({
          id: stableId(`option ${modifier.name} ${option.name}`),
          name: option.name,
          price: toMajor(option.price, DECIMALS),
          position: place,
          ...stamps,
        })),
        ...stamps,
      }),
    ),
    items: repeated(menu, items).map(({ item, category }) =>
      itemRow(item, {
        decimals: DECIMALS,
        category,
        created,
        storeIds,
        taxIds: item.untaxed ? [] : [vat.id],
      }),
    ),
  };
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
