import { createHash } from 'node:crypto';
import type { OrderKey } from '../../core/order';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The order's name in the till: its number for people, and eight characters (40 bits) that tell apart what shares it.
 * It follows from the order's identity alone, so that a lost journal, a second computer and a second worker
 * all find the same sale.
 */
export function saleReference(key: OrderKey, number: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([key.location, key.channel, key.id]))
    .digest();
  const tail = [...hash.subarray(0, 8)].map((byte) => ALPHABET[byte % 32]).join('');
  return `${number.replace(/[^\w-]/g, '').slice(0, 40)}-${tail}`;
}
