import { isDeepStrictEqual } from 'node:util';
import type { Till } from '../core/location';

/** Whether a connector made for the one serves the other: they differ in switches at most. */
export function isSameConnection(one: Till, other: Till): boolean {
  return isDeepStrictEqual(connection(one), connection(other));
}

export function isSameStore(one: Till, other: Till): boolean {
  return sourceOf(one) === sourceOf(other);
}

/** Names the store that a menu is read from. */
export function sourceOf({ provider, apiUrl, storeId, odoo }: Till): string {
  return JSON.stringify([provider, apiUrl, storeId, odoo?.database ?? null]);
}

function connection({ key, provider, apiUrl, storeId, accessToken, ...till }: Till): unknown {
  const { paymentTypes, employee, charges, bookUnpaid, orderSources, odoo } = till;
  return {
    key,
    provider,
    apiUrl,
    storeId,
    accessToken,
    paymentTypes,
    employee,
    charges,
    bookUnpaid,
    orderSources,
    odoo,
  };
}
