import type { FoundVariant, Menu, MenuIndex, MenuItem } from './menu';
import type { Ms } from './order';

/** A variant that staff said is sold out, as far as the till does not tell so by itself. */
export interface SoldOut {
  readonly itemId: string;
  readonly variantId: string;
  /**
   * Why the till goes on selling it, so that only this app and the website know, in words for staff; `null` when it
   * does not.
   */
  readonly stillInTill: string | null;
  /** The till's own note of when it was asked to take it off; `null` when it was not. */
  readonly takenOff: string | null;
  /** When that was said. */
  readonly at: Ms;
}

/** Some variants of one item. */
export interface SoldOutDish {
  readonly itemId: string;
  readonly variantIds: readonly string[];
}

/**
 * How long an entry stays, whatever the till's menu says: a read that began before it was made ends long before that,
 * also one that went on after an interruption.
 */
const READS_END_WITHIN_MS: Ms = 900_000;

/** The till is about to be asked. Written down first, so that what it takes off is known to be ours whatever happens. */
export function askedToTakeOff(
  list: readonly SoldOut[],
  { itemId, variantIds }: SoldOutDish,
  at: Ms,
): readonly SoldOut[] {
  const asked = variantIds.map((variantId): SoldOut => {
    const known = entryOf(list, variantId);
    const { stillInTill = null, takenOff = null } = known ?? {};
    return { itemId, variantId, stillInTill, takenOff: takenOff ?? '', at };
  });
  return [...without(list, variantIds), ...asked];
}

/** It is sold out. @param told what is known of the till now */
export function takenOffSale(
  list: readonly SoldOut[],
  { itemId, variantIds }: SoldOutDish,
  told: Pick<SoldOut, 'stillInTill' | 'takenOff'>,
  at: Ms,
): readonly SoldOut[] {
  const { stillInTill, takenOff } = told;
  return [
    ...without(list, variantIds),
    ...variantIds.map((variantId) => ({ itemId, variantId, stillInTill, takenOff, at })),
  ];
}

/** The till was not told after all: what was known before of these variants counts. */
export function asBefore(
  list: readonly SoldOut[],
  before: readonly SoldOut[],
  { variantIds }: SoldOutDish,
): readonly SoldOut[] {
  const known = before.filter(({ variantId }) => variantIds.includes(variantId));
  return [...without(list, variantIds), ...known];
}

/** It is on sale again. @param stillInTill why the till sells the rest of the item again, too; `null` if it does not */
export function backOnSale(
  list: readonly SoldOut[],
  { itemId, variantIds }: SoldOutDish,
  stillInTill: string | null,
): readonly SoldOut[] {
  const rest = without(list, variantIds);
  if (stillInTill === null) return rest;
  return rest.map((entry) => (entry.itemId === itemId ? { ...entry, stillInTill, takenOff: null } : entry));
}

/**
 * What is left of the list once the till's menu was read: what is not on it any more is nobody's question, and what the
 * till itself put back is on sale. The same list when nothing of it is void.
 */
export function stillSoldOut(list: readonly SoldOut[], menu: Menu, now: Ms): readonly SoldOut[] {
  const items = new Map(list.length === 0 ? [] : menu.items.map((item) => [item.id, item]));
  const left = list.filter(({ itemId, variantId, stillInTill, at }) => {
    // A clock that was set back leaves nothing to rely on.
    if (at <= now && now - at < READS_END_WITHIN_MS) return true;
    const variant = items.get(itemId)?.variants.find(({ id }) => id === variantId);
    return variant !== undefined && (stillInTill !== null || !variant.available);
  });
  return left.length === list.length ? list : left;
}

/** Items that the till took off at our request, and may show to nobody any more. */
export function takenOffItems(list: readonly SoldOut[]): readonly string[] {
  return [...new Set(list.flatMap(({ itemId, takenOff }) => (takenOff === null ? [] : [itemId])))];
}

/** The menu without what is sold out although the till still sells it; the same one when nothing is. */
export function withSoldOut(index: MenuIndex, list: readonly SoldOut[]): MenuIndex {
  const out = new Set(
    list.flatMap(({ variantId, stillInTill }) => (stillInTill === null ? [] : [variantId])),
  );
  if (out.size === 0) return index;
  const dishes = new Set(list.map(({ itemId }) => itemId));
  const changed = new Map<string, MenuItem>();
  const items = index.menu.items.map((item) => {
    if (!dishes.has(item.id)) return item;
    const variants = item.variants.map((one) => (out.has(one.id) ? { ...one, available: false } : one));
    const next = { ...item, variants };
    changed.set(item.id, next);
    return next;
  });
  const menu: Menu = { ...index.menu, items };
  const asItIs = (found: FoundVariant): FoundVariant => {
    const item = changed.get(found.item.id);
    const variant = item?.variants.find(({ id }) => id === found.variant.id);
    return item === undefined || variant === undefined ? found : { item, variant };
  };
  return {
    ...index,
    menu,
    variant: (line) => {
      const first = index.variant(line);
      if (first === undefined) return undefined;
      const found = asItIs(first);
      if (found.variant.available || found.variant.id === line.variant_id) return found;
      // An order by SKU gets what is on sale, where more than one dish has it.
      const isDoubled = line.sku !== null && index.doubledSkus.includes(line.sku);
      return (isDoubled ? bySku(menu, line.sku) : undefined) ?? found;
    },
  };
}

/** The first one on sale, else the first. */
function bySku({ items }: Menu, sku: string | null): FoundVariant | undefined {
  const found = items.flatMap((item) =>
    item.variants.flatMap((variant) => (variant.sku === sku ? [{ item, variant }] : [])),
  );
  return found.find(({ variant }) => variant.available) ?? found[0];
}

function without(list: readonly SoldOut[], variantIds: readonly string[]): readonly SoldOut[] {
  return list.filter(({ variantId }) => !variantIds.includes(variantId));
}

/** What the list says of a variant. */
export function entryOf(list: readonly SoldOut[], variantId: string): SoldOut | undefined {
  return list.find((entry) => entry.variantId === variantId);
}
