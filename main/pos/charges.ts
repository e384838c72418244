import type { Till } from '../core/location';
import { type FoundVariant, type Menu, plainName } from '../core/menu';
import { formatMoney, type Minor } from '../core/money';
import type { OnlineOrder } from '../core/online-order';
import type { Trouble } from '../core/order';

/** What a website may put on an order beside its dishes. A till knows only what is in its catalogue. */
export type Charge = keyof Till['charges'];

/** An item that stands for a fee. */
export type FeeCharge = Exclude<Charge, 'discount'>;

/** What each is called in a till unless somebody says otherwise; the first one is also how it is created. */
export const CHARGE_NAMES: Readonly<Record<Charge, readonly [string, ...string[]]>> = {
  discount: ['Online discount'],
  delivery: ['Delivery', 'Delivery fee', 'Delivery charge'],
  tip: ['Tip', 'Tips', 'Gratuity'],
};

/** How much of each an order has. */
export function chargesOf(order: OnlineOrder): Readonly<Record<Charge, Minor>> {
  return { discount: order.discount, delivery: order.delivery?.fee ?? 0, tip: order.tip };
}

/**
 * The variant that stands for a fee: the configured one, by id, SKU or name, else the one with the usual name whose
 * price is typed at the till. The price is sent with each sale.
 */
export function chooseFee(
  { charges }: Pick<Till, 'charges'>,
  menu: Menu,
  fee: FeeCharge,
): FoundVariant | undefined {
  const wanted = charges[fee];
  const all = menu.items.flatMap((item) => item.variants.map((variant) => ({ item, variant })));
  if (wanted === null) {
    // A price is typed at the till, or is none: Odoo has no open prices.
    const open = all.filter(({ variant }) => variant.price === null || variant.price === 0);
    const names = CHARGE_NAMES[fee];
    // In the order of the names: an account may have a Delivery and a Delivery charge of a former system.
    return names.flatMap((name) => open.find(({ item }) => isNamed([name])(item)) ?? [])[0];
  }
  return (
    all.find(({ variant, item }) => variant.id === wanted || item.id === wanted) ??
    all.find(({ variant }) => variant.sku === wanted) ??
    all.find(({ item }) => isNamed([wanted])(item))
  );
}

const MISSING: Readonly<Record<Charge, string>> = {
  discount: 'no discount for the website’s discount',
  delivery: 'no item for the delivery fee',
  tip: 'no item for the tip',
};

/** An order that cannot be booked whole for want of these. */
export function missingCharges(missing: readonly Charge[], order: OnlineOrder): Trouble {
  const amounts = chargesOf(order);
  const parts = missing.map(
    (charge) => `${MISSING[charge]} (${formatMoney(amounts[charge], order.currency)})`,
  );
  return {
    code: 'charge_not_set',
    words:
      `The till has ${parts.join(' and ')}. A manager picks one in Settings → This restaurant → Set up this store; ` +
      'or enter this order in the till by hand.',
  };
}

/** By any of these names, as people type them. */
export function isNamed(names: readonly string[]): (row: { readonly name: string }) => boolean {
  const plain = names.map(plainName);
  return ({ name }) => plain.includes(plainName(name));
}
