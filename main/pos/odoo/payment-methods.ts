import type { PaymentMethodRow } from './schemas';

/**
 * The payment method under which an order that was paid online is booked: the configured one, by id or by name, else
 * the one called Online, else the register's only one that is neither cash, nor on account, nor a card terminal. Never
 * Cash by itself: that would say the drawer holds the money.
 * @param methods those of the register
 */
export function choosePaymentMethod(
  wanted: string | null,
  methods: readonly PaymentMethodRow[],
): PaymentMethodRow | undefined {
  if (wanted !== null) {
    return (
      methods.find(({ id }) => String(id) === wanted) ?? methods.find(({ name }) => sameName(name, wanted))
    );
  }
  const possible = bankMethods(methods);
  const online = possible.find(({ name }) => sameName(name, 'Online'));
  return online ?? (possible.length === 1 ? possible[0] : undefined);
}

/** Those that may stand for money that came in elsewhere. */
export function bankMethods(methods: readonly PaymentMethodRow[]): PaymentMethodRow[] {
  return methods.filter((method) => method.type === 'bank' && method.use_payment_terminal === null);
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
