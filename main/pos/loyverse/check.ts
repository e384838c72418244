import { decimalPlaces } from '../../core/money';
import type { Ms, Trouble } from '../../core/order';
import { type PosHealth, PosUnreachable } from '../provider';
import type { LoyverseClient } from './client';
import { parseRows, readList } from './lists';
import { choosePaymentType, PAYMENT_KINDS } from './payment-types';
import { merchantSchema, type PaymentTypeRow, storeSchema } from './schemas';

interface CheckOptions {
  readonly client: LoyverseClient;
  readonly till: Parameters<typeof choosePaymentType>[0];
  readonly currency: string;
  readonly now: () => Ms;
  readonly readPaymentTypes: () => Promise<readonly PaymentTypeRow[]>;
}

/**
 * Asks what an order needs before there is one: the token, the store, the currency, the payment types.
 * `latencyMs` is that of the first request, the shortest there is.
 */
export async function checkLoyverse(options: CheckOptions): Promise<PosHealth> {
  const { client, now } = options;
  const began = now();
  const health = { account: null, store: null, trouble: null };
  try {
    const { value: merchant } = await client.get({ path: '/merchant/' }, merchantSchema);
    const latencyMs = now() - began;
    const account = merchant.business_name ?? merchant.id;
    const reached = { ...health, latencyMs, account };

    const currency = currencyTrouble(merchant.currency, options.currency);
    if (currency !== null) return { ...reached, status: 'down', trouble: currency };

    const [stores, types] = await Promise.all([
      readList(client, { path: '/stores' }, 'stores'),
      options.readPaymentTypes(),
    ]);
    const open = parseRows(stores.rows, storeSchema).parsed.filter((store) => !store.deleted_at);
    const store = open.find(({ id }) => id === options.till.storeId);
    if (store === undefined) return { ...reached, status: 'down', trouble: storeTrouble(account, open) };
    return { ...reached, store: store.name ?? store.id, ...paymentHealth(options.till, types) };
  } catch (error) {
    // Only a PosUnreachable is an answer to the question; anything else is a mistake of ours and stays loud.
    if (!(error instanceof PosUnreachable)) throw error;
    return { ...health, status: 'down', latencyMs: now() - began, trouble: error.trouble };
  }
}

/** Booking dollars of another kind would go unnoticed until the end of the month. */
export function currencyTrouble(
  theirs: { readonly code?: string | null; readonly decimal_places?: number | null } | null | undefined,
  ours: string,
): Trouble | null {
  const code = theirs?.code;
  const decimals = theirs?.decimal_places;
  if (code && code.toUpperCase() !== ours) {
    return { code: 'currency', words: `This Loyverse account counts in ${code}, the restaurant in ${ours}.` };
  }
  if (typeof decimals === 'number' && decimals !== decimalPlaces(ours)) {
    const words = `This Loyverse account writes ${ours} with ${decimals} decimals. Amounts would be wrong.`;
    return { code: 'currency', words };
  }
  return null;
}

function storeTrouble(account: string, open: readonly { readonly name?: string | null }[]): Trouble {
  const names = open.flatMap((store) => store.name ?? []).join(', ');
  return {
    code: 'store',
    words: `This store is not in the account “${account}”. It has: ${names || 'none'}.`,
  };
}

function paymentHealth(
  till: CheckOptions['till'],
  types: readonly PaymentTypeRow[],
): Pick<PosHealth, 'status' | 'trouble'> {
  const choices = PAYMENT_KINDS.map((kind) => choosePaymentType(till, types, kind));
  const missing = choices.flatMap((choice) => (choice.ok ? [] : choice.trouble));
  const [trouble] = missing;
  if (trouble === undefined) return { status: 'ok', trouble: null };
  return { status: missing.length === choices.length ? 'down' : 'degraded', trouble };
}
