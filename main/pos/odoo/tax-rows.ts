import type { Trouble } from '../../core/order';
import type { OdooTax } from './money/taxes';
import type { TaxRow } from './register-rows';

const KINDS = ['percent', 'fixed', 'division', 'group'] as const;

/** The taxes of a company that can be computed here, in the terms of those computations. */
export function taxesOf(rows: ReadonlyMap<number, TaxRow>): ReadonlyMap<number, OdooTax> {
  const taxes = new Map<number, OdooTax>();
  for (const row of rows.values()) {
    const amountType = KINDS.find((kind) => kind === row.amount_type);
    if (amountType === undefined) continue;
    taxes.set(row.id, {
      id: row.id,
      name: row.name,
      amount: row.amount,
      amountType,
      priceInclude: row.price_include,
      includeBaseAmount: row.include_base_amount,
      isBaseAffected: row.is_base_affected,
      sequence: row.sequence,
      children: row.children_tax_ids,
    });
  }
  return taxes;
}

/** A tax among these that Odoo computes by a program of its own: nobody else can. `null` when there is none. */
export function codeTax(ids: readonly number[], rows: ReadonlyMap<number, TaxRow>): Trouble | null {
  const known = taxesOf(rows);
  const all = ids.flatMap((id) => [id, ...(rows.get(id)?.children_tax_ids ?? [])]);
  const [tax] = all.flatMap((id) => (known.has(id) ? [] : (rows.get(id) ?? [])));
  if (tax === undefined) return null;
  const words = `Odoo computes the tax “${tax.name}” by a program of its own. Enter this order in the till by hand.`;
  return { code: 'not_bookable', words };
}
