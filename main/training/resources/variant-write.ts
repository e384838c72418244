import { z } from 'zod';
import type { Item, Variant } from '../account-rows';
import { invalidValue, missing, notFound, Refusal } from '../refusal';
import { parseBody } from '../request-body';
import type { AccountWrite } from './account-write';
import { noOptions, OPTIONS_STAY } from './item-write';
import { variantRow, variantSchema } from './variant-body';

const schema = variantSchema.extend({ item_id: z.string().nullish() });

/** `POST /variants`: the smallest write there is. It stamps the whole item. */
export const VARIANT_WRITE: AccountWrite = {
  name: 'variants',
  write: (account, json, { strict, storesPartial }) => {
    const body = parseBody(schema, json, strict);
    if (!body.item_id) throw missing('object.item_id');
    const item = account.items.get(body.item_id);
    if (item === undefined || item.deleted_at !== null) throw notFound(body.item_id, 'object.item_id');
    const base = item.variants.find(({ variant_id }) => variant_id === body.variant_id);
    if (body.variant_id && !base) throw notFound(body.variant_id, 'object.variant_id');
    if (base === undefined) {
      if (item.option1_name === null) throw noOptions(item.id);
      if (!body.option1_value) throw invalidValue(OPTIONS_STAY, 'object.option1_value');
    }
    const place = { account, itemId: item.id, field: 'object', storesPartial, takenSkus: [] };
    const written = variantRow(base, body, place);
    const variants =
      base === undefined
        ? [...item.variants, written]
        : item.variants.map((one) => (one === base ? written : one));
    const { variant_id } = written;
    return found(account.putItem({ ...item, variants }), variant_id);
  },
  remove: (account, id) => {
    const there = account.variant(id);
    if (there === undefined) return false;
    const { item, variant } = there;
    const variants = item.variants.filter((one) => one !== variant);
    if (variants.length === 0) throw new Refusal(400, 'INVALID_VALUE', 'Could not update variants to []');
    const { updated_at } = account.putItem({ ...item, variants });
    account.deletedVariants.put({ ...variant, updated_at, deleted_at: updated_at });
    return true;
  },
};

function found(item: Item, id: string): Variant {
  const variant = item.variants.find(({ variant_id }) => variant_id === id);
  if (variant === undefined) throw notFound(id);
  return variant;
}
