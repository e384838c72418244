import type { Till } from '../../core/location';
import type { OnlineOrder } from '../../core/online-order';
import type { CounterPayment, Trouble } from '../../core/order';
import { isHere } from './menu-mapping';
import type { PaymentTypeRow } from './schemas';

export type PaymentKind = keyof Till['paymentTypes'];

export const PAYMENT_KINDS: readonly PaymentKind[] = ['paid', 'cash', 'card'];

/** What websites call a card; Linx is Trinidad's debit card. */
const CARD = /card|linx|debit|credit/i;

/** An order paid online, what it was paid with at the counter, or else how the customer means to pay there. */
export function paymentKind(
  { status, method }: OnlineOrder['payment'],
  paidBy: CounterPayment | null,
): PaymentKind {
  if (status === 'paid') return 'paid';
  if (paidBy !== null) return paidBy;
  return CARD.test(method) ? 'card' : 'cash';
}

export type PaymentChoice =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly trouble: Trouble };

/**
 * The payment type under which a sale is booked: the configured one, by id or by name, else the store's OTHER
 * type called Online, else its only OTHER type. Never Cash by itself: that would say the drawer holds the money.
 */
export function choosePaymentType(
  till: Pick<Till, 'paymentTypes' | 'storeId'>,
  types: readonly PaymentTypeRow[],
  kind: PaymentKind,
): PaymentChoice {
  const here = types.filter((type) => isHere(type, till.storeId));
  const wanted = till.paymentTypes[kind];
  if (wanted !== null) {
    const found = here.find((type) => type.id === wanted) ?? here.find((type) => sameName(type.name, wanted));
    return found ? { ok: true, id: found.id } : noSuchType(wanted);
  }
  const others = here.filter((type) => type.type === 'OTHER');
  const online = others.find((type) => sameName(type.name, 'Online'));
  const chosen = online ?? (others.length === 1 ? others[0] : undefined);
  return chosen ? { ok: true, id: chosen.id } : noSuchType('Online');
}

function noSuchType(name: string): PaymentChoice {
  const words = `The till has no payment type “${name}” for this store. Add it in Back Office → Payment types.`;
  return { ok: false, trouble: { code: 'payment_type', words } };
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
