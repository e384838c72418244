import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { MenuCursor } from '../../core/menu';
import type { Ms } from '../../core/order';
import type { LinkCaller } from './link';
import { odooTime } from './odoo-time';

/**
 * What a row shows may be dated when its transaction began, and be there only once that has ended (contract section 3):
 * so much is looked at again each time.
 */
export const OVERLAP_MS: Ms = 300_000;
/** Dates come without fractions of a second, and clocks are read to the second. */
const SECOND: Ms = 1_000;

const cursorSchema = z.object({
  version: z.literal(1),
  /** When the last read began, by the server's clock. */
  readAt: z.number(),
  /** Dishes that had changed within the overlap before it: they are known already. */
  seen: z.array(z.number()),
  /** What stands for the register's price lists and what it sells. */
  terms: z.string(),
  /** When prices change by themselves; `null` for never. */
  nextPrices: z.number().nullable(),
});
export type MenuPosition = Omit<z.output<typeof cursorSchema>, 'version'>;

/** `undefined` for one that another version wrote: the menu is read anew. */
export function readCursor(cursor: MenuCursor | undefined): MenuPosition | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parsed = cursorSchema.safeParse(JSON.parse(cursor));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Not ours: no JSON.
    return undefined;
  }
}

export function writeCursor(position: MenuPosition): MenuCursor {
  return JSON.stringify({ version: 1, ...position }) as MenuCursor;
}

/** Stands for a value as long as the value is the same. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
}

const PATHS = [
  'write_date',
  // Archived or restored, or with another reference: its template does not show it.
  'product_variant_ids.write_date',
  'attribute_line_ids.write_date',
  'attribute_line_ids.product_template_value_ids.write_date',
  'attribute_line_ids.attribute_id.write_date',
  'combo_ids.write_date',
  'combo_ids.combo_item_ids.write_date',
  'pos_categ_ids.write_date',
  'taxes_id.write_date',
] as const;

/**
 * The dishes on which anything has changed since, with what hangs on them: prices of choices and of combos, categories
 * and taxes move no date of the dish itself (contract section 3), so that they are asked for through it. One request.
 * Archived ones are among them.
 * @throws {PosUnreachable}
 */
export async function changedTemplates(link: LinkCaller, since: Ms): Promise<number[]> {
  const fields = await link.fields('product.template');
  const paths = PATHS.filter((path) => fields.has(path.split('.')[0] ?? ''));
  const dated = paths.map((path) => [path, '>=', odooTime(since)]);
  const domain = [...dated.slice(1).map(() => '|'), ...dated];
  return link.call(
    {
      model: 'product.template',
      method: 'search',
      leading: { domain },
      named: { context: { active_test: false }, order: 'id' },
      timeoutMs: link.timeouts.menuMs,
    },
    z.array(z.number()),
  );
}

/** Both looks at once: what is new for certain, and what may have come late. */
export async function changesSince(
  link: LinkCaller,
  { readAt, seen }: Pick<MenuPosition, 'readAt' | 'seen'>,
): Promise<{ readonly changed: readonly number[]; readonly window: readonly number[] }> {
  const [fresh, window] = await Promise.all([
    changedTemplates(link, readAt - SECOND),
    changedTemplates(link, readAt - OVERLAP_MS),
  ]);
  const known = new Set(seen);
  return { changed: [...new Set([...fresh, ...window.filter((id) => !known.has(id))])], window };
}
