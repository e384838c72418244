import type { FoundVariant, MenuIndex, MenuItem } from '../core/menu';
import type { Minor } from '../core/money';
import type { OnlineOrder, OrderLine } from '../core/online-order';
import type { Trouble } from '../core/order';

/** An order's lines, each found in the till's menu. */
export interface MappedLine {
  readonly line: OrderLine;
  readonly item: MenuItem;
  readonly variantId: string;
  /** One entry per piece: a modifier taken twice is there twice. */
  readonly options: readonly { readonly id: string; readonly price: number }[];
}

export type MappedLines =
  | { readonly ok: true; readonly lines: readonly MappedLine[] }
  | { readonly ok: false; readonly trouble: Trouble };

/**
 * Finds every line and every modifier in the menu. All or nothing: a sale without one of its lines would be too
 * small and nobody would notice. What is sold out goes through, for the kitchen may have found another.
 */
export function mapLines(order: OnlineOrder, menu: MenuIndex): MappedLines {
  const missing: string[] = [];
  const lines = order.lines.flatMap((line): MappedLine[] => {
    const found = menu.variant(line);
    if (found === undefined) {
      missing.push(line.name);
      return [];
    }
    const options = line.modifiers.flatMap((wanted) => {
      const option = menu.option(found.item, wanted);
      if (option === undefined) missing.push(`${wanted.name} (${line.name})`);
      return option === undefined ? [] : Array(wanted.quantity).fill({ id: option.id, price: wanted.price });
    });
    return [{ line, item: found.item, variantId: found.variant.id, options }];
  });
  if (missing.length === 0) return { ok: true, lines };
  const names = [...new Set(missing)].join(', ');
  return { ok: false, trouble: { code: 'not_in_menu', words: `Not in the till’s menu: ${names}.` } };
}

/** A fee as a line: tills have no other place for one. Its price is the order's. */
export function feeLine({ item, variant }: FoundVariant, amount: Minor): MappedLine {
  const line = {
    variant_id: variant.id,
    sku: null,
    name: item.name,
    quantity: 1,
    unit_price: amount,
    modifiers: [],
    note: '',
  };
  return { line, item, variantId: variant.id, options: [] };
}
