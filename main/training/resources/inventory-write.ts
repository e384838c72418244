import { z } from 'zod';
import type { Account } from '../account';
import type { InventoryLevel } from '../account-rows';
import { invalidValue, notFound } from '../refusal';
import { parseBody } from '../request-body';

const schema = z.object({
  inventory_levels: z
    .array(z.object({ variant_id: z.string(), store_id: z.string(), stock_after: z.number() }))
    .min(1),
});

/**
 * `POST /inventory` sets how much there is, whatever there was: it may be repeated.
 * @throws {Refusal} with nothing written
 */
export function writeInventory(account: Account, json: string, strict: boolean): readonly InventoryLevel[] {
  const { inventory_levels: levels } = parseBody(schema, json, strict);
  levels.forEach(({ variant_id, store_id }, index) => {
    const field = `object.inventory_levels[${index}]`;
    const found = account.variant(variant_id);
    if (found === undefined) throw notFound(variant_id, `${field}.variant_id`);
    if (account.stores.get(store_id) === undefined) throw notFound(store_id, `${field}.store_id`);
    if (!found.item.track_stock) {
      throw invalidValue('The item does not track stock', `${field}.variant_id`);
    }
  });
  return levels.map(({ variant_id, store_id, stock_after }) =>
    account.setStock(variant_id, store_id, stock_after),
  );
}
