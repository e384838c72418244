import type { Trouble } from '../core/order';

export const REFUND_INTERRUPTED: Trouble = {
  code: 'interrupted',
  words:
    'Tillside was interrupted while it gave the sale back. We are asking the till whether it has done so.',
};
export const REFUND_TILL_GONE: Trouble = {
  code: 'till_removed',
  words: 'The till that has this sale is not set up any more. Refund it there.',
};
export const REFUND_UNEXPECTED: Trouble = {
  code: 'unexpected',
  words: 'Something unexpected happened. We are asking the till whether it has given the sale back.',
};
