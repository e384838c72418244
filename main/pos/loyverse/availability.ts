import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Ms, Trouble } from '../../core/order';
import {
  type AvailabilityChange,
  type AvailabilityReach,
  PosOutcomeUnknown,
  PosRefused,
  PosUnreachable,
} from '../provider';
import type { LoyverseClient } from './client';
import { parseRows, readList } from './lists';
import { storeSchema } from './schemas';

export interface AvailabilityOptions {
  readonly client: LoyverseClient;
  readonly storeId: string;
  /** A new value may not be readable for more than half a second (contract, section 4). */
  readonly readableAfterMs?: Ms;
}

/** Whatever else stands in an entry goes back as it came. */
const entrySchema = z.looseObject({ store_id: z.string(), available_for_sale: z.boolean().nullish() });
const variantSchema = z.looseObject({
  variant_id: z.string(),
  default_pricing_type: z.string().nullish(),
  default_price: z.number().nullish(),
  deleted_at: z.string().nullish(),
  stores: z.array(entrySchema).nullish(),
});
type Variant = z.output<typeof variantSchema>;

const itemSchema = z.object({
  id: z.string(),
  deleted_at: z.string().nullish(),
  variants: z.array(variantSchema),
});

/**
 * Takes variants of an item off sale in this store, or puts them back. What is written is what was read a moment
 * before, with one flag changed: the smallest thing that Loyverse takes is a variant with all its stores, and whether it
 * would keep entries that are left out is not known. What is so already is not written.
 * @throws {PosRefused} when the item is gone, or Loyverse does not take it
 * @throws {PosUnreachable} when it could not be done, or does not show; it may be tried again
 */
export async function setAvailability(
  options: AvailabilityOptions,
  change: AvailabilityChange,
): Promise<AvailabilityReach> {
  const { readableAfterMs = 1_000 } = options;
  const written = new Set<string>();
  for (;;) {
    // Read anew before each: the owner may be at work on the same item.
    const open = differing(await readVariants(options, change), options, change);
    if (open.length === 0) return TILL;
    const next = open.find(({ variant_id }) => !written.has(variant_id));
    if (next === undefined) break;
    await write(options, change, next);
    written.add(next.variant_id);
  }
  await pause(readableAfterMs);
  if (differing(await readVariants(options, change), options, change).length === 0) return TILL;
  throw new PosUnreachable(NOT_SHOWN);
}

async function write(
  { client, storeId, ...options }: AvailabilityOptions,
  { itemId, available }: AvailabilityChange,
  variant: Variant,
): Promise<void> {
  const entries = variant.stores ?? [];
  const known = entries.length > 0 ? entries : await impliedEntries(client, variant);
  const body = {
    variant_id: variant.variant_id,
    item_id: itemId,
    stores: known.map((entry) =>
      entry.store_id === storeId ? { ...entry, available_for_sale: available } : entry,
    ),
  };
  try {
    const answer = await client.post('/variants', body, z.object({}), 'availability');
    if (answer.kind === 'done') return;
    const detail = `POST /variants: HTTP ${answer.status} ${answer.error.code ?? ''}`.trimEnd();
    throw new PosRefused(answer.status === 404 ? GONE : REFUSED, { cause: new Error(detail) });
  } catch (error) {
    // It may have been taken or not: whether it was is read afterwards, and to write the same again does no harm.
    if (!(error instanceof PosOutcomeUnknown)) throw error;
    const [still] = differing(
      await readVariants({ client, storeId, ...options }, { itemId, variantIds: [variant.variant_id] }),
      { storeId },
      { variantIds: [variant.variant_id], available },
    );
    if (still !== undefined) throw new PosUnreachable(NOT_TAKEN, { cause: error });
  }
}

/** Those that are not as wanted. Not for sale here at all is as good as sold out. */
function differing(
  variants: readonly Variant[],
  { storeId }: Pick<AvailabilityOptions, 'storeId'>,
  { variantIds, available }: Pick<AvailabilityChange, 'variantIds' | 'available'>,
): readonly Variant[] {
  return variants.filter((variant) => {
    if (!variantIds.includes(variant.variant_id)) return false;
    const entries = variant.stores ?? [];
    const here = entries.find((entry) => entry.store_id === storeId);
    // No entries at all: everything is for sale everywhere. Entries of other stores only: not sold here.
    if (here === undefined) return entries.length === 0 && !available;
    return (here.available_for_sale !== false) !== available;
  });
}

async function readVariants(
  { client }: AvailabilityOptions,
  { itemId, variantIds }: Pick<AvailabilityChange, 'itemId' | 'variantIds'>,
): Promise<readonly Variant[]> {
  const path = `/items/${encodeURIComponent(itemId)}`;
  let item: z.output<typeof itemSchema>;
  try {
    item = (await client.get({ path, use: 'availability' }, itemSchema)).value;
  } catch (error) {
    const isGone = error instanceof PosUnreachable && error.trouble.code === 'http_404';
    throw isGone ? new PosRefused(GONE, { cause: error }) : error;
  }
  const live = item.variants.filter(({ deleted_at }) => !deleted_at);
  const wanted = live.filter(({ variant_id }) => variantIds.includes(variant_id));
  if (item.deleted_at || wanted.length < variantIds.length) throw new PosRefused(GONE);
  return wanted;
}

/**
 * What no entries at all mean: every store sells it at the usual price. Written out for all of them, since an entry for
 * one alone might take it off the others.
 */
async function impliedEntries(
  client: LoyverseClient,
  variant: Variant,
): Promise<z.output<typeof entrySchema>[]> {
  const { rows } = await readList(client, { path: '/stores', use: 'availability' }, 'stores');
  const open = parseRows(rows, storeSchema).parsed.filter(({ deleted_at }) => !deleted_at);
  const isVariable = variant.default_pricing_type === 'VARIABLE';
  return open.map(({ id }) => ({
    store_id: id,
    pricing_type: isVariable ? 'VARIABLE' : 'FIXED',
    price: isVariable ? null : (variant.default_price ?? null),
    available_for_sale: true,
    optimal_stock: null,
    low_stock: null,
  }));
}

/** Its item list has the flag, and every screen of the till shows it. */
const TILL: AvailabilityReach = { kind: 'till' };

const GONE: Trouble = {
  code: 'not_found',
  words: 'This is no longer on the till’s menu. Update the menu.',
};
const REFUSED: Trouble = {
  code: 'availability_refused',
  words: 'The till did not take this change. Change it in the till’s own item list.',
};
const NOT_TAKEN: Trouble = {
  code: 'not_taken',
  words: 'The till did not take this change over. Tap again in a moment.',
};
const NOT_SHOWN: Trouble = {
  code: 'not_shown',
  words: 'The till took the change but does not show it yet. Update the menu in a minute.',
};
