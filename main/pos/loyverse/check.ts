import { decimalPlaces } from '../../core/money';
import type { Ms, Trouble } from '../../core/order';
import type { PosHealth } from '../provider';
import { budgetWords, clockWords, MONTH_OF_HISTORY, NO_KITCHEN, reachWords } from './account-words';
import type { LoyverseClient } from './client';
import { watchHistory } from './history';
import { parseRows, readList } from './lists';
import { readMerchant } from './merchant';
import { choosePaymentType, PAYMENT_KINDS } from './payment-types';
import { type PaymentTypeRow, storeSchema } from './schemas';
import { type Asked, askLoyverse } from './survey-words';

export interface CheckOptions {
  readonly client: LoyverseClient;
  readonly till: Parameters<typeof choosePaymentType>[0];
  readonly location: { readonly currency: string; readonly timezone: string };
  readonly now: () => Ms;
  readonly paymentTypes: {
    readonly read: () => Promise<readonly PaymentTypeRow[]>;
    /** As they were last read; `null` before. */
    readonly known: () => readonly PaymentTypeRow[] | null;
  };
}

/**
 * Asks what an order needs before there is one: the token, the store, the currency, the payment types. Three requests,
 * never more: what hardly ever changes takes the place of the last one, once an hour.
 * `latencyMs` is that of the first request, the shortest there is.
 */
export function createLoyverseCheck(options: CheckOptions): () => Promise<PosHealth> {
  const { client, till, location, now, paymentTypes } = options;
  const history = watchHistory(client, now);

  const readTypes = async (): Promise<readonly PaymentTypeRow[]> => {
    const known = paymentTypes.known();
    if (known === null || !history.isDue()) return paymentTypes.read();
    await history.ask();
    return known;
  };

  const facts = (account: string, stores: number): readonly string[] => {
    const plan = history.last();
    return [
      ...(plan === null || plan.ok ? [reachWords(account, stores)] : []),
      ...(plan?.ok && plan.value === 'month' ? [MONTH_OF_HISTORY] : []),
      NO_KITCHEN,
      ...budgetWords(client.budget.state(), now(), location.timezone),
      ...clockWords(client.clock).facts,
    ];
  };

  return async () => {
    const began = now();
    const merchant = await askLoyverse(() => readMerchant(client));
    const reached = { account: null, store: null, latencyMs: now() - began };
    if (!merchant.ok) return { ...reached, ...failedHealth(merchant, 'the account') };
    const account = merchant.value.business_name ?? merchant.value.id;
    const known = { ...reached, account };

    const currency = currencyTrouble(merchant.value.currency, location.currency);
    if (currency !== null) return { ...known, status: 'down', trouble: currency };

    const [stores, types] = await Promise.all([
      askLoyverse(async () => ({ value: (await readList(client, { path: '/stores' }, 'stores')).rows })),
      askLoyverse(async () => ({ value: await readTypes() })),
    ]);
    if (!stores.ok) return { ...known, ...failedHealth(stores, 'the stores') };
    if (!types.ok) return { ...known, ...failedHealth(types, 'the payment types') };
    const open = parseRows(stores.value, storeSchema).parsed.filter((store) => !store.deleted_at);
    const store = open.find(({ id }) => id === till.storeId);
    if (store === undefined) return { ...known, status: 'down', trouble: storeTrouble(account, open) };
    const health = { ...known, store: store.name ?? store.id, facts: facts(account, open.length) };
    const payments = paymentHealth(till, types.value);
    if (payments.trouble !== null) return { ...health, ...payments };
    const plan = history.last();
    const trouble =
      plan?.ok === false ? namedTrouble(plan.trouble, 'the receipts') : clockWords(client.clock).trouble;
    return { ...health, status: trouble === null ? 'ok' : 'degraded', trouble };
  };
}

/** A till that asks us to slow down is there and works. */
function failedHealth(
  { trouble }: Extract<Asked<unknown>, { ok: false }>,
  what: string,
): Pick<PosHealth, 'status' | 'trouble'> {
  return {
    status: trouble.code === 'rate_limited' ? 'degraded' : 'down',
    trouble: namedTrouble(trouble, what),
  };
}

/** Which right is missing tells a manager more than that one is. */
function namedTrouble({ code, words }: Trouble, what: string): Trouble {
  if (code !== 'permission') return { code, words };
  return {
    code,
    words: `This token may not read ${what}. Make a new one in Back Office → Integrations → Access tokens.`,
  };
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
