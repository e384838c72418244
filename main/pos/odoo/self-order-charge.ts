import { orderAmounts } from './money/order-amounts';
import type { Register } from './register';
import type { SelfOrderLine, SelfOrderRow } from './self-order-rows';
import { taxesOf } from './tax-rows';

/** Money in major units, as Odoo has it. */
export interface Charge {
  readonly lines: readonly SelfOrderLine[];
  /** What the till charges, where that is not the order's own total. */
  readonly other: { readonly total: number; readonly tax: number } | null;
}

/**
 * What the till charges for an open order. Before 19 Odoo keeps the guest's own sums beside prices that do not make
 * them, and its till computes the order anew from the prices (contract, section 7). Rounding may be a coin a line.
 */
export function chargeOf(row: SelfOrderRow, lines: readonly SelfOrderLine[], register: Register): Charge {
  const asStored: Charge = { lines, other: null };
  // Once it is paid, what was paid counts. One that is called off keeps what it was until then.
  if (row.state !== 'draft' && row.state !== 'cancel') return asStored;
  const taxes = taxesOf(register.taxes);
  const taxed = lines.map((line) => ({
    taxIds: register.lineFields.has('tax_ids_after_fiscal_position')
      ? line.tax_ids_after_fiscal_position
      : line.tax_ids,
    priceUnit: line.price_unit,
    quantity: line.qty,
    discount: line.discount,
  }));
  // A tax of a kind that only Odoo can compute.
  if (taxed.some(({ taxIds }) => taxIds.some((id) => !taxes.has(id)))) return asStored;
  const { currency, company } = register;
  const globally = company.tax_calculation_rounding_method === 'round_globally';
  const method = globally ? 'round_globally' : 'round_per_line';
  const computed = orderAmounts(taxed, taxes, currency, method, register.version.major);
  const most = currency.rounding * lines.length + currency.rounding / 2;
  if (Math.abs(computed.total - row.amount_total) <= most) return asStored;
  return {
    lines: lines.map((line, index) => {
      const amounts = computed.lines[index];
      if (amounts === undefined) return line;
      return { ...line, price_subtotal: amounts.subtotal, price_subtotal_incl: amounts.subtotalIncl };
    }),
    other: { total: computed.total, tax: computed.tax },
  };
}
