import type { OnlineOrder } from '../../core/online-order';
import type { Trouble } from '../../core/order';
import { PosRefused } from '../provider';
import { shorten } from './receipt-note';
import type { LoyverseError } from './schemas';

/** What Loyverse does not like about a receipt, in words that name the dish. */
export function refusalOf(status: number, error: LoyverseError, order: OnlineOrder): PosRefused {
  const detail = `POST /receipts: HTTP ${status} ${error.code ?? ''} ${fieldPath(error)}`.trimEnd();
  return new PosRefused(refusalTrouble(status, error, order), { cause: new Error(detail) });
}

/** The path without the position that Loyverse may put behind it: `object.payments (line: 1, column: 162)`. */
function fieldPath(error: LoyverseError): string {
  return (error.field ?? '').replace(/\s*\(.*$/, '');
}

function refusalTrouble(status: number, error: LoyverseError, order: OnlineOrder): Trouble {
  const code = (error.code ?? `http_${status}`).toLowerCase();
  const field = fieldPath(error);
  const dish = order.lines[Number(/line_items\[(\d+)\]/.exec(field)?.[1])]?.name;
  if (dish !== undefined) {
    return status === 404
      ? { code, words: `The till does not know “${dish}” any more. Update the menu and try again.` }
      : { code, words: `The till does not take “${dish}” as it was ordered.` };
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
