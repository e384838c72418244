import type { z } from 'zod';
import { computedTotal, type documentSchema, type OrderLine, type Service } from '../core/online-order';
import type { Ms } from '../core/order';
import type { TrainingItem, TrainingMenu } from './training-menu';

/** An Online Order document as a website writes it: what has a default may be left out. */
export type OrderInput = z.input<typeof documentSchema>;

export interface OrderOptions {
  readonly now: Ms;
  /** What people call the order. No two orders may have the same. */
  readonly number: number;
  /** The channel's name, with which the order's id begins. */
  readonly via?: 'web';
  /** What customers choose from; by default pick-up, delivery (without a fee) and dine-in. */
  readonly services?: readonly Service[];
  /** Tables that can order; by default the training location's. Without any nobody dines in. */
  readonly tables?: readonly string[];
}

export const TRAINING_TABLES = ['Table 1', 'Table 2', 'Table 3', 'Table 4', 'Patio 1', 'Patio 2'];

const NAMES = [
  'Anil',
  'Keisha',
  'Kwame',
  'Shivani',
  'Marlon',
  'Aaliyah',
  'Rajesh',
  'Giselle',
  'Jabari',
  'Priya',
  'Darnell',
  'Nadia',
  'Ravi',
  'Camille',
  'Akeem',
  'Sunita',
  'Kerwin',
  'Anjali',
  'Machel',
  'Renuka',
  'Dexter',
  'Ayanna',
];
const STREETS = [
  'Tragarete Road, Woodbrook',
  'Long Circular Road, St James',
  'Western Main Road, Carenage',
  'Saddle Road, Maraval',
  'Eastern Main Road, Curepe',
  'Cipero Street, San Fernando',
];
const CUSTOMER_NOTES = [
  'I am on my way',
  'Call when it is ready, please',
  'Two sets of chopsticks',
  'A birthday!',
];
const ALLERGIES = ['ALLERGY: shellfish', 'ALLERGY: sesame', 'ALLERGY: peanuts. Please use a clean board'];
const LINE_NOTES = ['no sesame', 'no spring onion', 'not too spicy', 'sauce on the side', 'extra crispy'];
const INITIALS = [...'ABCDFGHJKLMNPRSTW'];
const MIX: readonly Service[] = ['pickup', 'pickup', 'delivery', 'dine_in'];
const MINUTE: Ms = 60_000;
/** The whole year round. */
const TRINIDAD_OFFSET: Ms = -4 * 60 * MINUTE;

/**
 * Random numbers between 0 and 1 that are the same for the same seed: mulberry32, by Tommy Ettinger. Six lines
 * with 32 bits of state are all that made-up orders need, and a failed test can be run again with its seed.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Makes up an order whose total adds up and whose dishes the training till knows, with everything that staff have
 * to look out for now and then: an allergy, a modifier, a table, a time, a customer who has paid.
 *
 * A delivery costs nothing extra, for the till has no place for a fee yet; nobody tips and nothing is discounted
 * for the same reason. The same numbers from `random` make the same order.
 */
export function generateOrder(random: () => number, menu: TrainingMenu, options: OrderOptions): OrderInput {
  const { now, number, via = 'web', tables = TRAINING_TABLES, services = MIX } = options;
  const luck = luckOf(random);
  const service = luck.pick(services.filter((wanted) => wanted !== 'dine_in' || tables.length > 0));
  const lines = Array.from({ length: luck.between(1, 4) }, () => orderLine(luck, menu));
  const delivery = service === 'delivery' ? address(luck) : null;
  const money = { lines, discount: 0, tip: 0, tax: 0, tax_included: true, delivery };
  return {
    id: `${via}-${number}`,
    number: String(number),
    placed_at: clockTime(now),
    currency: menu.currency,
    service,
    requested_for: luck.chance(1 / 6) ? clockTime(nextFiveMinutes(now + 40 * MINUTE)) : null,
    table: service === 'dine_in' ? luck.pick(tables) : null,
    customer: {
      name: `${luck.pick(NAMES)} ${luck.pick(INITIALS)}.`,
      // The numbers that telephone companies keep free for stories.
      phone: `+1868555${String(luck.between(100, 199)).padStart(4, '0')}`,
      note: customerNote(luck),
    },
    ...money,
    total: computedTotal(money),
    payment: payment(luck, number),
  };
}

interface Luck {
  readonly chance: (probability: number) => boolean;
  /** A whole number, both ends included. */
  readonly between: (least: number, most: number) => number;
  readonly pick: <T>(choices: readonly T[]) => T;
}

function luckOf(random: () => number): Luck {
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  return {
    chance: (probability) => random() < probability,
    between,
    pick: (choices) => {
      const choice = choices[between(0, choices.length - 1)];
      if (choice === undefined) throw new Error('There is nothing to choose from.');
      return choice;
    },
  };
}

function orderLine(luck: Luck, menu: TrainingMenu): OrderLine {
  const items = menu.categories.flatMap((category) => category.items);
  const item = luck.pick(items.filter(isOnSale));
  const variant = luck.pick(item.variants);
  return {
    variant_id: null,
    sku: variant.sku,
    name: variant.label === undefined ? item.name : `${item.name} (${variant.label})`,
    quantity: luck.chance(0.7) ? 1 : luck.between(2, 4),
    unit_price: variant.price ?? 0,
    modifiers: lineModifiers(luck, menu, item),
    note: luck.chance(0.2) ? luck.pick(LINE_NOTES) : '',
  };
}

/** Not sold out, and with prices that a website can know. */
function isOnSale(item: TrainingItem): boolean {
  return !item.sold_out && item.variants.every(({ price }) => price !== null);
}

function lineModifiers(luck: Luck, menu: TrainingMenu, item: TrainingItem): OrderLine['modifiers'] {
  const offered = menu.modifiers.filter(({ name }) => item.modifiers.includes(name) && luck.chance(0.25));
  return offered.map(({ options }) => {
    const { name, price } = luck.pick(options);
    return { name, price, quantity: luck.chance(0.1) ? 2 : 1 };
  });
}

function address(luck: Luck) {
  return {
    address: `${luck.between(1, 180)} ${luck.pick(STREETS)}`,
    latlon: null,
    fee: 0,
    instructions: luck.chance(0.3) ? 'Blow the horn at the gate' : '',
  };
}

function customerNote(luck: Luck): string {
  if (luck.chance(1 / 8)) return luck.pick(ALLERGIES);
  return luck.chance(1 / 4) ? luck.pick(CUSTOMER_NOTES) : '';
}

function payment(luck: Luck, number: number): OrderInput['payment'] {
  if (luck.chance(0.5)) return { status: 'paid', method: 'card', reference: `PAY-${number}` };
  return { status: 'unpaid', method: luck.chance(0.7) ? 'cash' : 'linx', reference: null };
}

/** With the island's offset, as its websites write it. */
function clockTime(time: Ms): string {
  return new Date(time + TRINIDAD_OFFSET).toISOString().replace(/\.\d{3}Z$/, '-04:00');
}

function nextFiveMinutes(time: Ms): Ms {
  return Math.ceil(time / (5 * MINUTE)) * 5 * MINUTE;
}
