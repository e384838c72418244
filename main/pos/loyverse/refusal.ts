import type { Trouble } from '../../core/order';
import { shorten } from '../printable-text';
import { PosRefused } from '../provider';
import type { LoyverseError } from './schemas';

/**
 * What Loyverse does not like about a receipt, in words that name the dish or the fee.
 * @param names of the receipt's lines, in their order
 */
export function refusalOf(status: number, error: LoyverseError, names: readonly string[]): PosRefused {
  const detail = `POST /receipts: HTTP ${status} ${error.code ?? ''} ${fieldPath(error)}`.trimEnd();
  return new PosRefused(refusalTrouble(status, error, names), { cause: new Error(detail) });
}

/** The path without the position that Loyverse may put behind it: `object.payments (line: 1, column: 162)`. */
function fieldPath(error: LoyverseError): string {
  return (error.field ?? '').replace(/\s*\(.*$/, '');
}

function refusalTrouble(status: number, error: LoyverseError, names: readonly string[]): Trouble {
  const code = (error.code ?? `http_${status}`).toLowerCase();
  const field = fieldPath(error);
  const dish = names[Number(/line_items\[(\d+)\]/.exec(field)?.[1])];
  if (dish !== undefined) {
    const part = PARTS.find(({ path }) => field.includes(path));
    if (part !== undefined) {
      const words = `The till does not take ${part.what} of “${dish}”. Update the menu and try again.`;
      return { code, words };
    }
    return status === 404
      ? { code, words: `The till does not know “${dish}” any more. Update the menu and try again.` }
      : { code, words: `The till does not take “${dish}” as it was ordered.` };
  }
  if (field.includes('total_discounts')) {
    const words = 'The till does not take the discount that is set for website discounts. Pick it again.';
    return { code, words };
  }
  if (field.includes('payment'))
    return { code, words: 'The till does not take the payment type that is set.' };
  if (field.includes('employee')) return { code, words: 'The till does not know the employee that is set.' };
  if (field.includes('store'))
    return { code, words: 'The till does not know this store. Check the store ID.' };
  const said = shorten(error.details ?? '', 200);
  return {
    code,
    words: said === '' ? 'The till refused this order.' : `The till refused this order: ${said}`,
  };
}

/** What of a line may be at fault rather than the dish itself. */
const PARTS = [
  { path: 'line_modifiers', what: 'an option' },
  { path: 'line_taxes', what: 'a tax' },
] as const;
