import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../account';
import { type Category, DISCOUNT_TYPES, type Discount, type Modifier, type Tax } from '../account-rows';
import { missing, notFound } from '../refusal';
import {
  type AccountWrite,
  accountWrite,
  changed,
  id,
  money,
  needed,
  type Own,
  percent,
  required,
  stamps,
  storesOf,
} from './account-write';

const stores = z.array(z.string()).nullish();

const categorySchema = z.object({ id, name: required(64), color: z.string().nullish() });

const taxSchema = z.object({
  id,
  name: required(40),
  type: z.enum(['INCLUDED', 'ADDED']).optional(),
  rate: percent.optional(),
  stores,
});

const discountSchema = z.object({
  id,
  name: required(40),
  type: z.enum(DISCOUNT_TYPES).optional(),
  discount_percent: percent.nullish(),
  discount_amount: money.nullish(),
  stores,
  restricted_access: z.boolean().nullish(),
});

const modifierSchema = z.object({
  id,
  name: required(40),
  position: z.int().min(0).nullish(),
  stores,
  modifier_options: z
    .array(
      z.object({
        id,
        name: z.string().min(1).max(40),
        price: money.nullish(),
        position: z.int().min(0).nullish(),
      }),
    )
    .min(1)
    .optional(),
});

/** Categories, taxes, discounts and modifiers. */
export const MENU_WRITES: readonly AccountWrite[] = [
  accountWrite<Category, z.output<typeof categorySchema>>('categories', {
    collection: ({ categories }) => categories,
    schema: categorySchema,
    // A category has no `updated_at`: nobody can tell that it was renamed.
    row: (base, body, account, own) => ({
      ...own,
      name: needed(base?.name, body.name, 'object.name'),
      color: changed(base?.color, body.color, 'GREY'),
      created_at: stamps(base, account).created_at,
    }),
  }),
  accountWrite<Tax, z.output<typeof taxSchema>>('taxes', {
    collection: ({ taxes }) => taxes,
    schema: taxSchema,
    row: (base, body, account, own) => ({
      ...own,
      name: needed(base?.name, body.name, 'object.name'),
      type: needed(base?.type, body.type, 'object.type'),
      rate: needed(base?.rate, body.rate, 'object.rate'),
      stores: storesOf(base?.stores, body.stores, account),
      ...stamps(base, account),
    }),
  }),
  accountWrite<Discount, z.output<typeof discountSchema>>('discounts', {
    collection: ({ discounts }) => discounts,
    schema: discountSchema,
    row: discountRow,
  }),
  accountWrite<Modifier, z.output<typeof modifierSchema>>('modifiers', {
    collection: ({ modifiers }) => modifiers,
    schema: modifierSchema,
    row: (base, body, account, own) => ({
      ...own,
      name: needed(base?.name, body.name, 'object.name'),
      position: changed(base?.position, body.position, account.modifiers.all().length),
      stores: storesOf(base?.stores, body.stores, account),
      modifier_options: modifierOptions(base, body.modifier_options, account),
      ...stamps(base, account),
    }),
  }),
];

function discountRow(
  base: Discount | undefined,
  body: z.output<typeof discountSchema>,
  account: Account,
  own: Own,
): Discount {
  const type = needed(base?.type, body.type, 'object.type');
  const value = {
    percent: body.discount_percent ?? base?.discount_percent,
    amount: body.discount_amount ?? base?.discount_amount,
  };
  if (type === 'FIXED_PERCENT' && value.percent === undefined) throw missing('object.discount_percent');
  if (type === 'FIXED_AMOUNT' && value.amount === undefined) throw missing('object.discount_amount');
  return {
    ...own,
    type,
    name: needed(base?.name, body.name, 'object.name'),
    ...(type === 'FIXED_PERCENT' && value.percent !== undefined ? { discount_percent: value.percent } : {}),
    ...(type === 'FIXED_AMOUNT' && value.amount !== undefined ? { discount_amount: value.amount } : {}),
    stores: storesOf(base?.stores, body.stores, account),
    restricted_access: changed(base?.restricted_access, body.restricted_access, false),
    ...stamps(base, account),
  };
}

/** A list of options takes the place of the one before; options with an id keep it. */
function modifierOptions(
  base: Modifier | undefined,
  sent: z.output<typeof modifierSchema>['modifier_options'],
  account: Account,
): Modifier['modifier_options'] {
  if (sent === undefined) return needed(base?.modifier_options, undefined, 'object.modifier_options');
  return sent.map((option, index) => {
    const before = base?.modifier_options.find((one) => one.id === option.id);
    if (option.id && !before) throw notFound(option.id, `object.modifier_options[${index}].id`);
    return {
      id: before?.id ?? randomUUID(),
      name: option.name,
      price: changed(before?.price, option.price, 0),
      position: changed(before?.position, option.position, index),
      ...stamps(before, account),
      deleted_at: null,
    };
  });
}
