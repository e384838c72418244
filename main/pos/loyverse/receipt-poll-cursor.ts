import { z } from 'zod';
import type { Ms } from '../../core/order';
import type { OrderCursor } from '../provider';

/** Where a poll of the receipts goes on. */
export interface PollPlace {
  /** When the last poll began, by Loyverse's clock; every receipt that had changed by then has been looked at. */
  readonly at: Ms;
  /** `number@updated_at` of those that were given out, as far back as the next poll looks. */
  readonly seen: readonly string[];
}

const placeSchema = z.object({ at: z.number(), seen: z.array(z.string()) });

export function writePlace(place: PollPlace): OrderCursor {
  return JSON.stringify(place) as OrderCursor;
}

/** `null` for a cursor of another form: then the poll begins anew, which repeats orders and loses none. */
export function readPlace(cursor: OrderCursor | undefined): PollPlace | null {
  if (cursor === undefined) return null;
  try {
    return placeSchema.parse(JSON.parse(cursor));
  } catch {
    // Written by another connector or another version.
    return null;
  }
}
