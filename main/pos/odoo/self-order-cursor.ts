import { z } from 'zod';
import type { Ms } from '../../core/order';
import type { OrderCursor } from '../provider';

/** Where a poll of the self-orders goes on. All times but `begunAt` are Odoo's: those of the rows themselves. */
export interface SelfOrderPlace {
  /** Orders that were made before this are not for us, however often Odoo touches them again. */
  readonly since: Ms;
  /** The newest `write_date` that was given out with all before it. */
  readonly at: Ms;
  /** A walk through the pages that is not at its end yet. */
  readonly walk: SelfOrderWalk | null;
}

export interface SelfOrderWalk {
  /** The last order of the last page, by its id. */
  readonly after: number;
  /** The newest `write_date` so far. */
  readonly top: Ms;
  /** When the first page was asked for, by this computer's clock. */
  readonly begunAt: Ms;
}

/**
 * Less than half of what each poll looks back: what changed behind a walk that took no longer is looked at again. One
 * that was broken off for longer begins anew.
 */
const LONGEST_WALK: Ms = 2 * 60_000;

const walkSchema = z.object({ after: z.int(), top: z.int(), begunAt: z.int() });
const placeSchema = z.object({ since: z.int(), at: z.int(), walk: walkSchema.nullable() });

export function writePlace(place: SelfOrderPlace): OrderCursor {
  return JSON.stringify(place) as OrderCursor;
}

/** `null` for a cursor of another form: then the poll begins anew, which repeats orders and loses none of the last hours. */
export function readPlace(cursor: OrderCursor | undefined, now: Ms): SelfOrderPlace | null {
  if (cursor === undefined) return null;
  try {
    const place = placeSchema.parse(JSON.parse(cursor));
    // Made while this computer's clock was ahead: orders of today would be too old for it.
    if (place.since > now) return null;
    return place.walk !== null && isOver(place.walk, now) ? { ...place, walk: null } : place;
  } catch {
    // Written by another connector or another version.
    return null;
  }
}

/** The computer's clock may have been set back meanwhile: then nobody knows. */
function isOver({ begunAt }: SelfOrderWalk, now: Ms): boolean {
  return now - begunAt > LONGEST_WALK || now < begunAt;
}
