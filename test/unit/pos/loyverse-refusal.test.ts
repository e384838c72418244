import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../main/pos/loyverse/refusal';
import type { LoyverseError } from '../../../main/pos/loyverse/schemas';

/** Of the receipt's lines: two dishes and a fee. */
const NAMES = ['Miso soup', 'Salmon roll', 'Delivery'];

function words(status: number, error: LoyverseError): string {
  return refusalOf(status, error, NAMES).trouble.words;
}

describe('a refusal in words', () => {
  it('names the dish that the till does not know', () => {
    const field = 'object.line_items[1].variant_id';
    expect(words(404, { code: 'NOT_FOUND', field })).toBe(
      'The till does not know “Salmon roll” any more. Update the menu and try again.',
    );
    expect(words(400, { code: 'INVALID_VALUE', field })).toBe(
      'The till does not take “Salmon roll” as it was ordered.',
    );
  });

  it('names the fee, and tells the dish from its option and its tax', () => {
    expect(words(404, { code: 'NOT_FOUND', field: 'object.line_items[2].variant_id' })).toContain(
      '“Delivery”',
    );
    const option = 'object.line_items[0].line_modifiers[1].modifier_option_id (line: 1, column: 162)';
    expect(words(404, { code: 'NOT_FOUND', field: option })).toBe(
      'The till does not take an option of “Miso soup”. Update the menu and try again.',
    );
    expect(words(400, { field: 'object.line_items[1].line_taxes[0].id' })).toBe(
      'The till does not take a tax of “Salmon roll”. Update the menu and try again.',
    );
    expect(words(404, { code: 'NOT_FOUND', field: 'object.total_discounts[0].id' })).toContain(
      'website discounts',
    );
  });

  it('says what else is wrong, with or without a position behind the field', () => {
    const field = 'object.payments (line: 1, column: 162)';
    expect(words(400, { code: 'MISSING_REQUIRED_PARAMETER', field })).toContain('payment type');
    expect(words(404, { code: 'NOT_FOUND', field: 'object.employee_id' })).toContain('employee');
    expect(words(404, { code: 'NOT_FOUND', field: 'object.store_id' })).toContain('store');
  });

  it('quotes the till when nothing else is known, and says so when even that is missing', () => {
    expect(words(400, { details: 'Field must be set' })).toBe(
      'The till refused this order: Field must be set',
    );
    expect(words(415, {})).toBe('The till refused this order.');
    expect(words(400, { field: 'object.line_items[9].price' })).toBe('The till refused this order.');
  });

  it('keeps Loyverse’s code for the log', () => {
    const { trouble, cause } = refusalOf(404, { code: 'NOT_FOUND', field: 'object.store_id' }, NAMES);
    expect(trouble.code).toBe('not_found');
    expect(String(cause)).toContain('HTTP 404 NOT_FOUND object.store_id');
  });
});
