import { v5 } from 'uuid';

/** Never changes: orders that were sent long ago are found by what it makes. */
const NAMESPACE = '0d3f0a36-6a43-4c5e-9b0f-5f3f2e6c1d58';

/** What an order's uuids are made from: the same after a crash, on another computer, and in a second process. */
export interface UuidSeed {
  readonly locationId: string;
  /** The order's reference, which is journalled when the order is received. */
  readonly reference: string;
}

/**
 * The `uuid` of an order in Odoo. Made from what is on disk before the first try, so that no try can have another one;
 * a real UUID, as the contract's section 6 advises.
 */
export function orderUuid(seed: UuidSeed): string {
  return made(seed, 'order');
}

/** @param place of the line in what is sent, from 0; a combo's parts have places of their own. */
export function lineUuid(seed: UuidSeed, place: number): string {
  return made(seed, `line/${place}`);
}

export function paymentUuid(seed: UuidSeed): string {
  return made(seed, 'payment');
}

/** The order that gives the sale back, and its parts. */
export function refundUuid(seed: UuidSeed): string {
  return made(seed, 'refund');
}

/** @param line Odoo's id of the line that is given back. */
export function refundLineUuid(seed: UuidSeed, line: number): string {
  return made(seed, `refund/line/${line}`);
}

/** @param payment Odoo's id of the payment that is given back. */
export function refundPaymentUuid(seed: UuidSeed, payment: number): string {
  return made(seed, `refund/payment/${payment}`);
}

function made({ locationId, reference }: UuidSeed, what: string): string {
  return v5(`${locationId}/${reference}/${what}`, NAMESPACE);
}
