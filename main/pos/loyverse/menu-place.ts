import { z } from 'zod';
import type { MenuCursor, MenuPlace } from '../../core/menu';
import type { Ms } from '../../core/order';

/** Where a read of the items broke off. */
export interface ReadPlace {
  /** Of the next page. */
  readonly page: string;
  /** What the whole read asked for; a page's cursor is good for no other question. */
  readonly since: string | null;
  /** The server's clock when the read began; `null` when it does not tell. */
  readonly began: Ms | null;
  /** The newest change among the items so far; `null` when none had a time. */
  readonly newest: Ms | null;
}

const placeSchema = z.object({
  page: z.string().min(1),
  since: z.string().nullable(),
  began: z.number().nullable(),
  newest: z.number().nullable(),
});

export function writePlace(place: ReadPlace): MenuPlace {
  return JSON.stringify(place) as MenuPlace;
}

/** `null` when it is not ours, or belongs to another question. */
export function readPlace(place: MenuPlace, since: MenuCursor | undefined): ReadPlace | null {
  try {
    const parsed = placeSchema.safeParse(JSON.parse(place)).data;
    return parsed !== undefined && parsed.since === (since ?? null) ? parsed : null;
  } catch {
    // Not JSON: an older version of the app, or a damaged file.
    return null;
  }
}
