import { BrokenCircuitError } from 'cockatiel';
import type { Trouble } from '../core/order';
import { PosOutcomeUnknown, PosRefused, PosUnreachable } from '../pos/provider';

/** What a request to a till that failed means for the cashier. @param unexpected for what nobody foresaw */
export function troubleOf(error: unknown, unexpected: Trouble = UNEXPECTED): Trouble {
  if (error instanceof PosRefused || error instanceof PosUnreachable || error instanceof PosOutcomeUnknown) {
    return error.trouble;
  }
  return error instanceof BrokenCircuitError ? AWAY : unexpected;
}

export const INTERRUPTED: Trouble = {
  code: 'interrupted',
  words:
    'Tillside was interrupted while this order went to the till. We are asking the till whether it has it.',
};
export const AWAY: Trouble = { code: 'till_away', words: 'The till does not answer. We keep trying.' };
export const NO_MENU: Trouble = {
  code: 'menu_unknown',
  words: 'The menu has not been read from the till yet. We keep trying.',
};
export const NO_TILL: Trouble = {
  code: 'no_till',
  words: 'No till is set up here. Enter this order by hand.',
};
export const GONE: Trouble = {
  code: 'till_removed',
  words: 'The till that this order went to is not set up any more. Look there whether it has the order.',
};
const UNEXPECTED: Trouble = {
  code: 'unexpected',
  words:
    'Something unexpected happened on the way to the till. We are asking the till whether it has this order.',
};
