import type { Minor } from '../../core/money';
import type { Trouble } from '../../core/order';
import type { MappedLine } from '../mapped-lines';
import { COMBO, COMBO_ITEM, type Combo, type ComboChoice } from './combo-book';

/** What becomes one line of an order in Odoo, before its price is worked out. */
export interface WantedLine {
  /** `product.product`. */
  readonly productId: number;
  readonly name: string;
  readonly note: string;
  readonly quantity: number;
  /** Of all pieces together, before any discount. */
  readonly gross: Minor;
  /** The product's own taxes, of all companies. */
  readonly taxIds: readonly number[];
  /** `product.template.attribute.value`: what was chosen. */
  readonly attributeValueIds: readonly number[];
  /** What the choices cost for one piece. */
  readonly priceExtra: Minor;
  readonly comboItemId: number | null;
  /** The place of the combo's own line among the lines; `null` for what is no part of one. */
  readonly parent: number | null;
}

export type WantedLines =
  | { readonly ok: true; readonly lines: readonly WantedLine[] }
  | { readonly ok: false; readonly trouble: Trouble };

type Option = MappedLine['options'][number];

/** The combos that lines are made of. */
export function combosIn(lines: readonly Pick<MappedLine, 'item'>[]): number[] {
  return [...new Set(lines.flatMap(({ item }) => comboIds(item.modifierIds)))];
}

/**
 * An order's lines as Odoo has them (contract section 6): one for each dish, and for a combo one without a price and one
 * for each thing chosen, over which the combo's price is spread.
 */
export function wantedLines(
  mapped: readonly MappedLine[],
  combos: ReadonlyMap<number, Combo>,
  templateOf: ReadonlyMap<number, number>,
): WantedLines {
  const lines: WantedLine[] = [];
  const troubles: string[] = [];
  for (const line of mapped) {
    const wanted = comboIds(line.item.modifierIds);
    if (wanted.length === 0) {
      lines.push(plainLine(line));
      continue;
    }
    const chosen = chosenIn(
      line,
      wanted.flatMap((id) => combos.get(id) ?? []),
    );
    if (!chosen.ok) troubles.push(chosen.words);
    else lines.push(...comboLines(line, chosen.choices, templateOf, lines.length));
  }
  if (troubles.length === 0) return { ok: true, lines };
  const words = `${troubles.join(' ')} Enter this order in the till by hand.`;
  return { ok: false, trouble: { code: 'combo_incomplete', words } };
}

function comboIds(modifierIds: readonly string[]): number[] {
  return modifierIds.filter((id) => id.startsWith(COMBO)).map((id) => Number(id.slice(COMBO.length)));
}

function plainLine({ line, item, variantId, options }: MappedLine): WantedLine {
  const priceExtra = sum(options.map(({ price }) => price));
  return {
    productId: Number(variantId),
    name: fullName(item, variantId, line.modifiers),
    note: line.note,
    quantity: line.quantity,
    gross: line.quantity * (line.unit_price + priceExtra),
    taxIds: item.taxIds.map(Number),
    attributeValueIds: attributeValues(options),
    priceExtra,
    comboItemId: null,
    parent: null,
  };
}

type Chosen =
  | { readonly ok: true; readonly choices: readonly { choice: ComboChoice; extra: Minor }[] }
  | { readonly ok: false; readonly words: string };

/** One entry for each piece that was chosen. What leaves no choice need not be named. */
function chosenIn({ line, options }: MappedLine, combos: readonly Combo[]): Chosen {
  const choices: { choice: ComboChoice; extra: Minor }[] = [];
  for (const { name, choices: possible } of combos) {
    const named = options.flatMap(({ id, price }) => {
      const choice = possible.find(({ itemId }) => id === `${COMBO_ITEM}${itemId}`);
      return choice === undefined ? [] : [{ choice, extra: price }];
    });
    const [only, another] = possible;
    if (named.length > 0) choices.push(...named);
    else if (only !== undefined && another === undefined) choices.push({ choice: only, extra: 0 });
    else return { ok: false, words: `“${line.name}” does not say what was chosen for “${name}”.` };
  }
  return { ok: true, choices };
}

/** @param templateOf the product template that each chosen attribute value belongs to */
function comboLines(
  { line, item, variantId, options }: MappedLine,
  chosen: readonly { readonly choice: ComboChoice; readonly extra: Minor }[],
  templateOf: ReadonlyMap<number, number>,
  place: number,
): WantedLine[] {
  const parent: WantedLine = {
    productId: Number(variantId),
    name: item.name,
    note: line.note,
    quantity: line.quantity,
    gross: 0,
    taxIds: [],
    attributeValueIds: [],
    priceExtra: 0,
    comboItemId: null,
    parent: null,
  };
  const parts = baseParts(
    line.unit_price,
    chosen.map(({ choice }) => choice.basePrice),
  );
  const attributes = options.filter(({ id }) => !id.startsWith(COMBO_ITEM));
  const taken = new Set<Option>();
  const children = chosen.map(({ choice, extra }, index): WantedLine => {
    // What was chosen of a dish goes with that dish, and with the first where it might go with several.
    const own = attributes.filter(
      (option) => !taken.has(option) && templateOf.get(Number(option.id)) === choice.templateId,
    );
    for (const option of own) taken.add(option);
    const priceExtra = sum(own.map(({ price }) => price));
    return {
      productId: choice.productId,
      name: choice.name,
      note: '',
      quantity: line.quantity,
      gross: line.quantity * ((parts[index] ?? 0) + extra + priceExtra),
      taxIds: choice.taxIds,
      attributeValueIds: attributeValues(own),
      priceExtra,
      comboItemId: choice.itemId,
      parent: place,
    };
  });
  // An extra of a dish that was not chosen: the customer pays for it, so that some line must carry it.
  const lost = sum(attributes.filter((option) => !taken.has(option)).map(({ price }) => price));
  return [parent, ...children.map((child, index) => (index === 0 ? withMore(child, lost) : child))];
}

function withMore(child: WantedLine, each: Minor): WantedLine {
  return { ...child, gross: child.gross + child.quantity * each };
}

/** A combo's price over what was chosen, by base price; the last one takes what rounding left over. */
export function baseParts(price: Minor, bases: readonly number[]): Minor[] {
  const all = sum(bases);
  const parts = bases.map((base) => Math.round(all === 0 ? price / bases.length : (price * base) / all));
  const last = parts.length - 1;
  return parts.map((part, index) => (index === last ? price - sum(parts.slice(0, last)) : part));
}

function attributeValues(options: readonly Option[]): number[] {
  return [...new Set(options.map(({ id }) => Number(id)))].filter(Number.isInteger);
}

/** As the till writes it: `Bacon Burger (Belgian fries)`. */
function fullName(
  { name, variants }: MappedLine['item'],
  variantId: string,
  modifiers: readonly { readonly name: string }[],
): string {
  const label = variants.find(({ id }) => id === variantId)?.label ?? '';
  const chosen = [...(label === '' ? [] : [label]), ...modifiers.map((modifier) => modifier.name)];
  return chosen.length === 0 ? name : `${name} (${chosen.join(', ')})`;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}
