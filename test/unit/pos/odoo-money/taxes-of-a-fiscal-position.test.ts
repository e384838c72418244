import { describe, expect, it } from 'vitest';
import { mapTaxes } from '../../../../main/pos/odoo/money/fiscal-position';

describe('a fiscal position', () => {
  it('puts other taxes in place of some, takes some away, and leaves the rest', () => {
    const position = new Map([
      [1, [3]],
      [2, []],
      [4, [5, 6]],
    ]);
    expect(mapTaxes([1, 2, 4, 7], position)).toEqual([3, 5, 6, 7]);
  });

  it('charges a tax once that stands for two', () => {
    const position = new Map([
      [1, [3]],
      [2, [3]],
    ]);
    expect(mapTaxes([1, 2, 3], position)).toEqual([3]);
  });

  it('leaves all taxes where there is none', () => {
    expect(mapTaxes([1, 2], null)).toEqual([1, 2]);
    expect(mapTaxes([1, 2], new Map())).toEqual([1, 2]);
  });
});
