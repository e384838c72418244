import { z } from 'zod';
import type { Till } from '../../core/location';
import { CHARGE_NAMES, type Charge, chooseFee } from '../charges';
import { PosOutcomeUnknown, PosUnreachable } from '../provider';
import type { LoyverseClient, Posted } from './client';
import { chooseDiscount } from './discounts';
import { readDiscounts, readMenu } from './survey-charges';

/** The id of what stands for the charge now, or one sentence why there is none. */
export type ChargeCreated =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly words: string };

const discountAnswer = z.object({ id: z.string() });
const itemAnswer = z.object({ variants: z.array(z.object({ variant_id: z.string() })).min(1) });

/**
 * Makes the discount or the item that a website's charge is booked as, under its usual name. What is there already is
 * used, so that whoever taps twice, or after an unclear answer, makes no second one: Loyverse creates each time.
 */
export async function createCharge(
  client: LoyverseClient,
  { storeId }: Pick<Till, 'storeId'>,
  charge: Charge,
): Promise<ChargeCreated> {
  try {
    const before = await find(client, storeId, charge);
    if (before !== undefined) return { ok: true, id: before };
    return await create(client, storeId, charge);
  } catch (error) {
    if (error instanceof PosUnreachable) return { ok: false, words: error.trouble.words };
    if (error instanceof PosOutcomeUnknown) return { ok: false, words: UNCLEAR };
    throw error;
  }
}

async function create(client: LoyverseClient, storeId: string, charge: Charge): Promise<ChargeCreated> {
  const [name] = CHARGE_NAMES[charge];
  if (charge === 'discount') {
    const body = { name, type: 'VARIABLE_AMOUNT', stores: [storeId] };
    const posted = await client.post('/discounts', body, discountAnswer, 'check');
    return created(posted, ({ id }) => id);
  }
  const here = { store_id: storeId, pricing_type: 'VARIABLE', available_for_sale: true };
  // Its price is typed at the till, and no tax is put on it: the website's fee is what the customer was told.
  const body = {
    item_name: name,
    track_stock: false,
    tax_ids: [],
    variants: [{ default_pricing_type: 'VARIABLE', stores: [here] }],
  };
  const posted = await client.post('/items', body, itemAnswer, 'check');
  return created(posted, ({ variants }) => variants[0]?.variant_id ?? '');
}

async function find(client: LoyverseClient, storeId: string, charge: Charge): Promise<string | undefined> {
  const usual = { charges: { discount: null, delivery: null, tip: null }, storeId };
  if (charge === 'discount') return chooseDiscount(usual, await readDiscounts(client))?.id;
  // All of the menu, however long: half a look could make a second one.
  return chooseFee(usual, await readMenu(client, storeId, Number.POSITIVE_INFINITY), charge)?.variant.id;
}

function created<T>(posted: Posted<T>, idOf: (value: T) => string): ChargeCreated {
  if (posted.kind === 'done') return { ok: true, id: idOf(posted.value) };
  const said = posted.error.details ? ` It says: ${posted.error.details.slice(0, 200)}` : '';
  return {
    ok: false,
    words: `Loyverse did not create it. Create it in Back Office, then test again.${said}`,
  };
}

const UNCLEAR =
  'Loyverse did not say whether it created it. Test again in a moment: if it is there, it is shown.';
