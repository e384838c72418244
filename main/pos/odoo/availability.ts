import { z } from 'zod';
import type { Till } from '../../core/location';
import type { Trouble } from '../../core/order';
import {
  type AvailabilityChange,
  type AvailabilityReach,
  PosOutcomeUnknown,
  PosRefused,
  PosUnreachable,
} from '../provider';
import { readCompetitors, readMayWrite } from './availability-reach';
import { writeError } from './failure-errors';
import type { OdooResult } from './failures';
import type { OdooLink } from './link';
import { bareLink, fieldsOf, ids } from './schemas';
import { idOf } from './survey-words';

export interface AvailabilityOptions {
  readonly link: OdooLink;
  readonly till: Pick<Till, 'storeId'>;
}

const dishSchema = z.object({
  id: z.number(),
  available_in_pos: z.boolean(),
  /** Of the module for self-orders. */
  self_order_available: z.boolean().default(false),
  /** Those that are not archived. */
  product_variant_ids: ids,
  company_id: bareLink,
});
export type Dish = z.output<typeof dishSchema>;

/** The note of a dish that guests could order by themselves. */
const SELF_ORDER = 'self-order';

/**
 * Odoo's community edition knows no "sold out" (contract section 4). What it has is `available_in_pos`, which takes a
 * dish with all its sizes off every register of the database: it is used where that means the same. Everywhere else
 * the app and the website hide the dish, and the words say why the till does not.
 * @throws {PosRefused} when the dish is gone, or was taken off by somebody else
 * @throws {PosUnreachable} when it could not be done; it may be tried again
 * @throws {PosOutcomeUnknown} when it may have been done
 */
export async function setAvailability(
  options: AvailabilityOptions,
  change: AvailabilityChange,
): Promise<AvailabilityReach> {
  const dish = await readDish(options, change);
  if (change.available) return putBack(options, change, dish);
  if (!dish.available_in_pos) return alreadyOff(change);
  const why = await whyNotInTill(options, change, dish);
  return why === null ? takeOff(options, dish) : { kind: 'website', words: why };
}

/** The reason why the till must go on selling the dish, in words; `null` when there is none. */
async function whyNotInTill(
  { link, till }: AvailabilityOptions,
  change: AvailabilityChange,
  dish: Dish,
): Promise<string | null> {
  if (!isWhole(dish, change)) return ALL_OR_NONE;
  const [mayWrite, competitors] = await Promise.all([
    readMayWrite(link),
    readCompetitors(link, dish, idOf(till.storeId) ?? 0),
  ]);
  if (!mayWrite) return NO_RIGHT;
  return competitors === 0 ? null : sharedWords(competitors + 1);
}

async function takeOff(options: AvailabilityOptions, dish: Dish): Promise<AvailabilityReach> {
  // Odoo takes it off the self-orders with it, but does not put it back there: that is what the note is for.
  const done: AvailabilityReach = { kind: 'till', note: dish.self_order_available ? SELF_ORDER : '' };
  const result = await options.link.ask(writeCall(dish, { available_in_pos: false }), z.unknown());
  if (!result.ok && result.failure.kind === 'access') return { kind: 'website', words: NO_RIGHT };
  if (await isSold(options, dish, result, false)) {
    if (!result.ok && result.failure.kind === 'refused') return { kind: 'website', words: NEEDED };
    throw new PosUnreachable(NOT_TAKEN);
  }
  return done;
}

async function putBack(
  options: AvailabilityOptions,
  change: AvailabilityChange,
  dish: Dish,
): Promise<AvailabilityReach> {
  if (dish.available_in_pos) return { kind: 'till' };
  if (change.takenOff === null) throw new PosRefused(GONE);
  const vals = {
    available_in_pos: true,
    ...(change.takenOff === SELF_ORDER && { self_order_available: true }),
  };
  const result = await options.link.ask(writeCall(dish, vals), z.unknown());
  if (!(await isSold(options, dish, result, true))) {
    const isRefused = !result.ok && (result.failure.kind === 'refused' || result.failure.kind === 'access');
    throw isRefused ? new PosRefused(REFUSED) : new PosUnreachable(NOT_TAKEN);
  }
  return isWhole(dish, change) ? { kind: 'till' } : { kind: 'website', words: ALL_OR_NONE };
}

/**
 * Whether the register sells it after a write. The answer may have been lost, or somebody may have changed it back at
 * once: what counts is what is there.
 * @throws {PosUnreachable} when the write did not get through
 * @throws {PosOutcomeUnknown} when nobody says what became of it
 */
async function isSold(
  options: AvailabilityOptions,
  { id }: Dish,
  result: OdooResult<unknown>,
  wanted: boolean,
): Promise<boolean> {
  const error = result.ok ? null : writeError(result.failure);
  if (error instanceof PosUnreachable && !isAnswer(result)) throw error;
  try {
    const dish = await read(options, id);
    if (dish === undefined) throw new PosRefused(GONE);
    return dish.available_in_pos;
  } catch (failure) {
    if (!(failure instanceof PosUnreachable)) throw failure;
    // Odoo said that it did it; that it cannot be reached a moment later does not undo it.
    if (result.ok) return wanted;
    throw new PosOutcomeUnknown(NOT_SURE, { cause: failure });
  }
}

/** A right that is missing is an answer about this write, too. */
function isAnswer(result: OdooResult<unknown>): boolean {
  return !result.ok && result.failure.kind === 'access';
}

/** Whoever took it off wanted it so; only what was taken off from here can be put back from here. */
function alreadyOff({ takenOff }: AvailabilityChange): AvailabilityReach {
  if (takenOff === null) throw new PosRefused(GONE);
  return { kind: 'till', note: takenOff ?? '' };
}

async function readDish(options: AvailabilityOptions, change: AvailabilityChange): Promise<Dish> {
  const id = idOf(change.itemId);
  const dish = id === null ? undefined : await read(options, id);
  const known = new Set(dish?.product_variant_ids.map(String));
  if (dish === undefined || !change.variantIds.some((variant) => known.has(variant))) {
    throw new PosRefused(GONE);
  }
  return dish;
}

async function read({ link }: AvailabilityOptions, id: number): Promise<Dish | undefined> {
  const fields = await link.known('product.template', fieldsOf(dishSchema));
  const [dish] = await link.searchRead('product.template', { domain: [['id', '=', id]], fields }, dishSchema);
  return dish;
}

function isWhole({ product_variant_ids: all }: Dish, { variantIds }: AvailabilityChange): boolean {
  return all.every((id) => variantIds.includes(String(id)));
}

function writeCall({ id }: Dish, vals: object) {
  return { model: 'product.template', method: 'write', ids: [id], leading: { vals }, writes: true };
}

function sharedWords(registers: number): string {
  return `Odoo shares its menu between ${registers} registers, so this hides it on the website only. Tell the kitchen.`;
}

const NO_RIGHT =
  'The key’s user may not change products in Odoo, so this hides it on the website only. Tell the kitchen.';
const ALL_OR_NONE =
  'Odoo sells all sizes of a dish or none, so this hides it on the website only. Tell the kitchen.';
const NEEDED =
  'Odoo keeps it on the till: a set meal may need it. This hides it on the website only. Tell the kitchen.';
const GONE: Trouble = {
  code: 'not_found',
  words: 'The till does not sell this any more. Update the menu.',
};
const REFUSED: Trouble = {
  code: 'availability_refused',
  words: 'Odoo did not put this back on sale. Change it in Odoo’s own product list.',
};
const NOT_TAKEN: Trouble = {
  code: 'not_taken',
  words: 'Odoo did not take this change over. Tap again in a moment.',
};
const NOT_SURE: Trouble = {
  code: 'outcome_unknown',
  words: 'Odoo did not say whether it took this change. Update the menu, then look whether it is out.',
};
