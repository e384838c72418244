import type { Minor } from '../../core/money';
import type { OrderLine } from '../../core/online-order';
import { shorten } from '../printable-text';
import type { SelfOrderLine, SelfOrderNames } from './self-order-rows';

/** One thing to cook: a line, or a combo with all that was chosen in it. */
export interface Dish {
  readonly name: string;
  readonly modifiers: OrderLine['modifiers'];
  readonly note: string;
  /** The product's id, as our menu has it. */
  readonly variantId: string | null;
  readonly quantity: number;
  /** All of it, in minor units: without its taxes, and with them. */
  readonly net: Minor;
  readonly gross: Minor;
}

type Cents = (amount: number) => Minor;

const MOST_QUANTITY = 9_999;
const MOST_OPTIONS = 100;
const MOST_OF_AN_OPTION = 999;

/** An order's lines as dishes: what was chosen in a combo stands in lines of its own, with its share of the price. */
export function dishesOf(lines: readonly SelfOrderLine[], names: SelfOrderNames, cents: Cents): Dish[] {
  const here = new Set(lines.map(({ id }) => id));
  const isChosen = (line: SelfOrderLine): boolean =>
    line.combo_parent_id !== null && line.combo_parent_id !== line.id && here.has(line.combo_parent_id);
  return lines
    .filter((line) => line.qty !== 0 && !isChosen(line))
    .map((line) => {
      const chosen = lines.filter((other) => isChosen(other) && other.combo_parent_id === line.id);
      return dishOf(line, chosen, names, cents);
    });
}

function dishOf(
  line: SelfOrderLine,
  chosen: readonly SelfOrderLine[],
  names: SelfOrderNames,
  cents: Cents,
): Dish {
  const { name, options } = nameOf(line, names);
  const all = [line, ...chosen];
  const modifiers = [
    ...options.map((option) => ({ name: shorten(option, 200), price: 0, quantity: 1 })),
    ...chosen.map((choice) => choiceOf(choice, line.qty, names)),
  ];
  return {
    name,
    modifiers: modifiers.slice(0, MOST_OPTIONS),
    note: shorten([...new Set(all.flatMap(notesOf))].join(' | '), 5_000),
    variantId: line.product_id === null ? null : String(line.product_id.id),
    quantity: line.qty,
    net: all.reduce((sum, { price_subtotal: net }) => sum + cents(net), 0),
    gross: all.reduce((sum, { price_subtotal_incl: gross }) => sum + cents(gross), 0),
  };
}

/** What was chosen in a combo, with its own options behind its name. */
function choiceOf(
  line: SelfOrderLine,
  combos: number,
  names: SelfOrderNames,
): OrderLine['modifiers'][number] {
  const { name, options } = nameOf(line, names);
  const full = options.length === 0 ? name : `${name} (${options.join(', ')})`;
  const each = line.qty / combos;
  return Number.isInteger(each) && each >= 1 && each <= MOST_OF_AN_OPTION
    ? { name: shorten(full, 200), price: 0, quantity: each }
    : { name: shorten(`${times(line.qty)}${full}`, 200), price: 0, quantity: 1 };
}

/**
 * A line's name ends in the options that were chosen, in brackets: those become options of the dish. Odoo leaves the
 * name out of some lines (18: what was chosen in a combo); the product's own name may begin with its reference.
 */
function nameOf(line: SelfOrderLine, { values }: SelfOrderNames): { name: string; options: string[] } {
  const options = line.attribute_value_ids.flatMap((id) => values.get(id) ?? []);
  const product = line.product_id?.name.replace(/^\[[^\]]*\]\s*/, '').trim();
  const full = line.full_product_name?.trim() || product || 'Dish';
  const listed = options.join(', ');
  if (listed === '') return { name: full, options };
  if (full.endsWith(` (${listed})`)) return { name: full.slice(0, -listed.length - 3), options };
  if (full.endsWith(`, ${listed})`)) return { name: `${full.slice(0, -listed.length - 3)})`, options };
  return { name: full, options: options.filter((option) => !full.includes(option)) };
}

/** The guest's own words, and what staff added for the kitchen. */
function notesOf({ customer_note: guest, note }: SelfOrderLine): string[] {
  return [guest?.trim() ?? '', ...kitchenNotes(note ?? '')].filter((part) => part !== '');
}

/** Since 19 a list of `{text, colorIndex}` as JSON, plain before (contract, section 6). */
function kitchenNotes(note: string): string[] {
  if (!note.trim().startsWith('[')) return [note.trim()];
  try {
    const parts: unknown = JSON.parse(note);
    if (!Array.isArray(parts)) return [note.trim()];
    return parts.map((part: unknown) =>
      typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string'
        ? part.text.trim()
        : '',
    );
  } catch {
    // Somebody's own words that begin with a bracket.
    return [note.trim()];
  }
}

/** Whether the dish can be written as so many at one price each. */
export function isEven({ quantity }: Dish, money: Minor): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= MOST_QUANTITY && money % quantity === 0;
}

/** @param money what all of it costs, in minor units, not negative */
export function orderLine(dish: Dish, money: Minor): OrderLine {
  const { name, modifiers, note, variantId, quantity } = dish;
  const known = { variant_id: variantId, sku: null, modifiers, note };
  if (isEven(dish, money)) {
    return { ...known, name: shorten(name, 300), quantity, unit_price: money / quantity };
  }
  // Sold by weight, or with a price that was rounded for the whole line: one line with the line's own money.
  return { ...known, name: shorten(`${times(quantity)}${name}`, 300), quantity: 1, unit_price: money };
}

function times(quantity: number): string {
  return quantity === 1 ? '' : `${Number(quantity.toFixed(3))} × `;
}
