import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../account';
import type { Item, Variant } from '../account-rows';
import { handleOf } from '../item-row';
import { invalidValue, notFound, Refusal } from '../refusal';
import { parseBody } from '../request-body';
import {
  type AccountWrite,
  changed,
  id,
  needed,
  refuseUnknown,
  required,
  stamps,
  text,
  type WriteContext,
} from './account-write';
import { type VariantBody, variantRow, variantSchema } from './variant-body';

const flag = z.boolean().nullish();
const ids = z.array(z.string()).nullish();

const itemSchema = z.object({
  id,
  item_name: required(64),
  handle: text(128),
  description: text(32_768),
  reference_id: text(128),
  category_id: z.string().nullish(),
  track_stock: flag,
  sold_by_weight: flag,
  is_composite: flag,
  use_production: flag,
  components: z.array(z.object({ variant_id: z.string(), quantity: z.number().positive() })).nullish(),
  primary_supplier_id: z.string().nullish(),
  tax_ids: ids,
  modifier_ids: ids,
  form: z.enum(['SQUARE', 'CIRCLE', 'SUN', 'OCTAGON']).nullish(),
  color: z.enum(['GREY', 'RED', 'PINK', 'ORANGE', 'YELLOW', 'GREEN', 'BLUE', 'PURPLE']).nullish(),
  option1_name: text(40),
  option2_name: text(40),
  option3_name: text(40),
  variants: z.array(variantSchema).nullish(),
});

type ItemBody = z.output<typeof itemSchema>;

/** `POST /items` restates all variants: one that is left out is deleted (assumed), and without any it fails. */
export const ITEM_WRITE: AccountWrite = {
  name: 'items',
  write: (account, json, context) => {
    const body = parseBody(itemSchema, json, context.strict);
    const base = body.id ? account.items.get(body.id) : undefined;
    if (body.id && base?.deleted_at !== null) throw notFound(body.id, 'object.id');
    if (!body.variants?.length) throw new Refusal(400, 'INVALID_VALUE', 'Could not update variants to []');
    refuseReferences(body, account);
    const itemId = base?.id ?? randomUUID();
    refuseOptions(base, body, itemId);
    const variants = variantRows(base, body.variants, itemId, account, context);
    const item = account.putItem({ ...itemFields(base, body, account), id: itemId, variants });
    for (const gone of base?.variants ?? []) {
      if (variants.some(({ variant_id }) => variant_id === gone.variant_id)) continue;
      account.deletedVariants.put({ ...gone, updated_at: item.updated_at, deleted_at: item.updated_at });
    }
    countStock(account, item, base);
    return item;
  },
  remove: (account, itemId) => {
    const base = account.items.get(itemId);
    if (base === undefined || base.deleted_at !== null) return false;
    const deleted_at = account.stamp();
    account.putItem({
      ...base,
      deleted_at,
      variants: base.variants.map((variant) => ({ ...variant, deleted_at })),
    });
    return true;
  },
};

function itemFields(base: Item | undefined, body: ItemBody, account: Account): Omit<Item, 'id' | 'variants'> {
  const item_name = needed(base?.item_name, body.item_name, 'object.item_name');
  return {
    handle: changed(base?.handle, body.handle, handleOf(item_name)),
    reference_id: changed(base?.reference_id, body.reference_id, null),
    item_name,
    description: changed(base?.description, body.description, null),
    track_stock: changed(base?.track_stock, body.track_stock, false),
    sold_by_weight: changed(base?.sold_by_weight, body.sold_by_weight, false),
    is_composite: changed(base?.is_composite, body.is_composite, false),
    use_production: changed(base?.use_production, body.use_production, false),
    category_id: changed(base?.category_id, body.category_id, null),
    components: changed(base?.components, body.components, []),
    primary_supplier_id: changed(base?.primary_supplier_id, body.primary_supplier_id, null),
    tax_ids: changed(base?.tax_ids, body.tax_ids, []),
    modifier_ids: changed(base?.modifier_ids, body.modifier_ids, []),
    form: changed(base?.form, body.form, 'SQUARE'),
    color: changed(base?.color, body.color, 'GREY'),
    image_url: base?.image_url ?? null,
    option1_name: changed(base?.option1_name, body.option1_name, null),
    option2_name: changed(base?.option2_name, body.option2_name, null),
    option3_name: changed(base?.option3_name, body.option3_name, null),
    ...stamps(base, account),
    deleted_at: null,
  };
}

function refuseReferences(body: ItemBody, account: Account): void {
  if (body.category_id && account.categories.get(body.category_id)?.deleted_at !== null) {
    throw notFound(body.category_id, 'object.category_id');
  }
  refuseUnknown(body.tax_ids ?? [], account.taxes, 'object.tax_ids');
  refuseUnknown(body.modifier_ids ?? [], account.modifiers, 'object.modifier_ids');
  (body.components ?? []).forEach(({ variant_id }, index) => {
    if (account.variant(variant_id) === undefined) {
      throw notFound(variant_id, `object.components[${index}].variant_id`);
    }
  });
}

const OPTIONS = ['1', '2', '3'] as const;

/** Options come with the item and stay; variants beside the first need them. Texts as recorded. */
function refuseOptions(base: Item | undefined, body: ItemBody, itemId: string): void {
  const nameOf = (n: (typeof OPTIONS)[number]) =>
    changed(base?.[`option${n}_name`], body[`option${n}_name`], null);
  const moved = OPTIONS.some((n) => base && (base[`option${n}_name`] === null) !== (nameOf(n) === null));
  if (moved) throw invalidValue(OPTIONS_STAY, 'object.option1_name');
  const fresh = (body.variants ?? []).filter(({ variant_id }) => !variant_id);
  const alone = base === undefined && fresh.length === 1;
  if (fresh.length === 0 || alone) return;
  if (nameOf('1') === null) throw noOptions(itemId);
  if (fresh.some(({ option1_value }) => !option1_value)) throw invalidValue(OPTIONS_STAY, 'object.variants');
}

export const OPTIONS_STAY = 'You cannot add or delete options for an existing item with variants.';

export function noOptions(itemId: string): Refusal {
  const details = `Could not add variant to item with id '${itemId}' because it has no options.`;
  return new Refusal(400, 'INVALID_VALUE', details);
}

function variantRows(
  base: Item | undefined,
  sent: readonly VariantBody[],
  itemId: string,
  account: Account,
  { storesPartial }: WriteContext,
): Variant[] {
  const rows: Variant[] = [];
  sent.forEach((body, index) => {
    const field = `object.variants[${index}]`;
    const before = base?.variants.find(({ variant_id }) => variant_id === body.variant_id);
    if (body.variant_id && !before) throw notFound(body.variant_id, `${field}.variant_id`);
    const takenSkus = rows.map(({ sku }) => sku);
    rows.push(variantRow(before, body, { account, itemId, field, storesPartial, takenSkus }));
  });
  return rows;
}

/** Counting begins at nothing; when it ends, nothing is left. */
function countStock(account: Account, item: Item, base: Item | undefined): void {
  if (item.track_stock === (base?.track_stock ?? false)) return;
  for (const { variant_id } of item.variants) {
    for (const storeId of account.storeIds) account.setStock(variant_id, storeId, 0);
  }
}
